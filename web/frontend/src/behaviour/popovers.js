// Small explanations and menus are <details>: Escape, or a click elsewhere, closes them.

const OPEN = "details.due[open], details.me[open], details.views[open]";

export function closePopovers(page) {
  page.addEventListener("click", (event) => {
    for (const open of page.querySelectorAll(OPEN)) if (!open.contains(event.target)) open.open = false;
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of page.querySelectorAll(OPEN)) {
      open.open = false;
      if (open.contains(page.activeElement)) open.querySelector("summary").focus();
    }
  });
  // Hovering shows the sentence that a click would open; written twice into fifty lines it would make pages heavy.
  page.addEventListener("mouseover", (event) => {
    const words = event.target.closest?.("details.due > summary:not([title])");
    const sentence = words?.parentElement.querySelector(".explain > p");
    if (sentence) words.title = sentence.textContent;
  });
}
