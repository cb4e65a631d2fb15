// Small things of the designer's pages beside the studio: a chosen file is sent at once.

export function playSteps(page) {
  for (const input of page.querySelectorAll("input[type=file][data-send]")) {
    input.addEventListener("change", () => { if (input.files.length) input.form.requestSubmit(); });
  }
}
