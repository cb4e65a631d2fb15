// Keys: "/" goes to the search, f to the filter, j and k walk through a list, Enter opens, x ticks, c claims, "?" tells them.

const TYPING = "input, textarea, select, [contenteditable]";

export function answerKeys(page) {
  const acts = {
    "/": () => focus(page.querySelector("[data-search]")),
    f: () => focus(page.querySelector("#typed-filter")),
    j: () => walk(page, 1),
    k: () => walk(page, -1),
    x: () => box(page)?.click(),
    c: () => claim(page),
    "?": () => page.querySelector("#keys")?.showModal(),
  };
  page.addEventListener("keydown", (event) => {
    const busy = event.ctrlKey || event.metaKey || event.altKey || page.querySelector("dialog[open]");
    if (busy || !acts[event.key] || (event.target.matches(TYPING) && event.target.type !== "checkbox")) return;
    event.preventDefault();
    acts[event.key]();
  });
}

function focus(field) {
  field?.focus();
  field?.select();
}

function box(page) {
  return page.querySelector("tr.at input[type=checkbox]");
}

// Claims the row that one stands at, and only that one.
function claim(page) {
  const mine = box(page);
  const button = mine?.form?.querySelector("button[name=act][value=claim]");
  if (!button) return;
  for (const other of mine.form.querySelectorAll("tbody input[type=checkbox]")) other.checked = other === mine;
  button.disabled = false;
  button.click();
}

function walk(page, step) {
  const rows = [...page.querySelectorAll("table.list tr[data-task], table.list tr[data-case], table.list tr[data-countersign]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("at"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.classList.remove("at");
  next.classList.add("at");
  next.querySelector("a.title")?.focus();
  next.scrollIntoView({ block: "nearest" });
}
