// Acts on several rows: the count of what is ticked, and one box that ticks the page.

export function countSelection(page) {
  page.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-selection]");
    if (!form) return;
    const boxes = [...form.querySelectorAll("tbody input[type=checkbox]")];
    if (event.target.matches("[data-all]")) for (const box of boxes) box.checked = event.target.checked;
    const count = boxes.filter((box) => box.checked).length;
    for (const place of form.querySelectorAll("[data-count]")) place.textContent = place.dataset.count.replace("0", String(count));
    for (const act of form.querySelectorAll("[data-act]")) act.disabled = count === 0;
  });
}
