// Keys: "/" goes to the search, j and k walk through a list, Enter opens, x selects.

export function answerKeys(page) {
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) return;
    if (event.key === "/") {
      const field = page.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); field.select(); }
    }
    if (event.key === "j" || event.key === "k") walk(page, event.key === "j" ? 1 : -1);
    if (event.key === "x") page.querySelector("tr.at input[type=checkbox]")?.click();
  });
}

function walk(page, step) {
  const rows = [...page.querySelectorAll("table.list tr[data-task], table.list tr[data-case]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("at"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.classList.remove("at");
  next.classList.add("at");
  next.querySelector("a.title")?.focus();
}
