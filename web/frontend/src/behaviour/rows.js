// Lists in a form: rows are added from a pattern and taken away; names carry the row's number and stay gapless.

export function growLists(page) {
  page.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    const drop = event.target.closest("[data-drop-row]");
    if (add) { event.preventDefault(); grow(add.closest("[data-list]")); }
    if (drop) { event.preventDefault(); shrink(drop.closest("[data-list]"), drop.closest("[data-row]")); }
  });
}

function grow(list) {
  const row = list.querySelector("template").content.firstElementChild.cloneNode(true);
  list.querySelector("[data-rows]").append(row);
  renumber(list);
  row.querySelector("input, textarea, select")?.focus();
}

function shrink(list, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  renumber(list);
  (next?.querySelector("input, textarea, select") ?? list.querySelector("[data-add-row]"))?.focus();
}

function renumber(list) {
  const key = list.dataset.list;
  const pattern = new RegExp(`^(f-)?${key}\\.(?:\\d+|#)\\.`);
  list.querySelectorAll("[data-row]").forEach((row, index) => {
    for (const part of row.querySelectorAll("*")) {
      for (const name of ["name", "id", "for", "aria-describedby", "data-part"]) {
        const value = part.getAttribute(name);
        if (value) part.setAttribute(name, value.replace(pattern, (_, mark) => `${mark ?? ""}${key}.${index}.`));
      }
    }
  });
  list.dispatchEvent(new Event("rows-changed", { bubbles: true }));
}
