// Files of a form are sent as soon as they are chosen, so that a draft names them and nothing is sent twice.

export function sendFiles(page) {
  page.documentElement.dataset.script = "";
  for (const form of page.querySelectorAll("form[data-files]")) {
    form.addEventListener("change", async (event) => {
      const field = event.target.closest("[data-files-of]");
      if (!field || event.target.type !== "file") return;
      event.stopPropagation();
      for (const file of [...event.target.files]) await send(form, field, file);
      event.target.value = "";
      form.dispatchEvent(new Event("rows-changed", { bubbles: true }));
    });
  }
}

async function send(form, field, file) {
  const said = field.querySelector("[data-said]");
  const body = new FormData();
  body.append("csrf_token", form.elements.csrf_token.value);
  body.append("file", file);
  said.textContent = `${file.name} …`;
  try {
    const answer = await fetch(form.dataset.files, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.refused);
    field.querySelector("[data-chosen]").append(line(field, told));
    said.textContent = told.name;
  } catch (failure) {
    said.textContent = failure instanceof SyntaxError || failure instanceof TypeError ? form.dataset.unsaved : failure.message;
  }
}

function line(field, told) {
  const label = document.createElement("label");
  label.className = "opt";
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: field.dataset.filesOf, value: told.id, checked: true });
  const link = Object.assign(document.createElement("a"), { href: `/files/${told.id}`, textContent: told.name });
  const size = Object.assign(document.createElement("small"), { textContent: told.size });
  const words = document.createElement("span");
  words.append(link, size);
  label.append(box, words);
  return label;
}
