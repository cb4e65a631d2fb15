// Values typed beside a table, and at once the row that they meet.

export function tryOut(studio, content) {
  const panel = studio.panel;
  let values = {};
  let waiting = null;
  let decision = "";

  async function ask() {
    const answer = await studio.server.post("/decide", { name: studio.file.name, content: await content(), decision, values })
      .catch((problem) => ({ html: `<p class="failed" role="alert"></p>`, fault: problem.message }));
    const focused = document.activeElement?.name;
    panel.innerHTML = answer.html;
    if (answer.fault) panel.querySelector("[role=alert]").textContent = answer.fault;
    show(answer.rows ?? []);
    decision = panel.querySelector("[data-decision]")?.value ?? decision;
    const again = focused && panel.querySelector(`[name="${CSS.escape(focused)}"]`);
    if (again) { again.focus(); again.setSelectionRange?.(again.value.length, again.value.length); }
  }

  function show(rows) {
    for (const row of studio.canvas.querySelectorAll("tr.row-used")) row.classList.remove("row-used");
    const drawn = [...studio.canvas.querySelectorAll(".dmn-decision-table-container tbody tr")];
    for (const number of rows) drawn[number - 1]?.classList.add("row-used");
  }

  panel.addEventListener("input", (event) => {
    if (!event.target.name) return;
    if (event.target.name === "decision") { decision = event.target.value; values = {}; }
    else values[event.target.name] = event.target.value;
    clearTimeout(waiting);
    waiting = setTimeout(ask, 350);
  });
  ask();
  return { again() { clearTimeout(waiting); waiting = setTimeout(ask, 600); } };
}
