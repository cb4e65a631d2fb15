// Acts on several rows: the count of what is ticked, and one box that ticks the page. A list that refreshes itself keeps
// the ticks, and leaves a person alone who is typing a filter or reading why a date is what it is.

export function countSelection(page) {
  page.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-selection]");
    if (!form) return;
    if (event.target.matches("[data-all]")) for (const box of boxes(form)) box.checked = event.target.checked;
    count(form);
  });
  let kept = new Set();
  page.addEventListener("htmx:beforeSwap", (event) => {
    const list = event.detail.target;
    if (busy(page, list)) { event.detail.shouldSwap = false; return; }
    kept = new Set(boxes(list).filter((box) => box.checked).map((box) => box.value));
  });
  page.addEventListener("htmx:afterSwap", (event) => {
    for (const box of boxes(event.detail.target)) box.checked = kept.has(box.value);
    for (const form of event.detail.target.querySelectorAll("form[data-selection]")) count(form);
  });
}

function boxes(place) {
  return [...place.querySelectorAll("tbody input[type=checkbox]")];
}

function busy(page, list) {
  return page.activeElement?.matches("#typed-filter, select") || list.querySelector("details[open]") !== null;
}

function count(form) {
  const ticked = boxes(form).filter((box) => box.checked).length;
  for (const place of form.querySelectorAll("[data-count]")) place.textContent = place.dataset.count.replace("0", String(ticked));
  for (const act of form.querySelectorAll("[data-act]")) act.disabled = ticked === 0;
}
