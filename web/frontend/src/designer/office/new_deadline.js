// The small dialog in which a named deadline of the draft is made.

export function askDeadline(studio, name) {
  const dialog = studio.place.querySelector("[data-deadline]");
  const form = dialog.querySelector("form");
  const fault = form.querySelector("[data-fault]");
  form.reset();
  fault.textContent = "";
  form.elements.name.value = name;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "made" ? form.elements.name.value.trim() : "");
    form.onsubmit = async (event) => {
      event.preventDefault();
      if (event.submitter?.value === "leave") { dialog.close("left"); return; }
      const { name: called, amount, unit, counts_from: from, source } = form.elements;
      try {
        const answer = await studio.server.post("/deadline", {
          name: called.value, amount: amount.value, unit: unit.value, counts_from: from.value, source: source.value,
        });
        studio.choices = await studio.server.get("/choices");
        studio.findings.take(answer);
        dialog.close("made");
      } catch (problem) {
        fault.textContent = problem.message;
      }
    };
  });
}
