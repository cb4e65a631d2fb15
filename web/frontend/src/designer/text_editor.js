// Scenarios and settings are texts that an office person can read: an ordinary text field, with a tab that indents.

export async function edit(studio, file) {
  const field = document.createElement("textarea");
  field.className = "plain-text";
  field.value = file.content;
  field.spellcheck = false;
  field.readOnly = studio.readOnly;
  field.setAttribute("aria-label", file.title);
  field.addEventListener("input", () => studio.saving.changed());
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || event.shiftKey || !event.altKey) return;
    event.preventDefault();
    field.setRangeText("  ", field.selectionStart, field.selectionEnd, "end");
    studio.saving.changed();
  });
  studio.canvas.append(field);
  const help = studio.place.querySelector(`template[data-help="${file.kind}"]`);
  if (help) studio.panel.append(help.content.cloneNode(true));
  return { content: async () => field.value, undo: () => document.execCommand("undo"), redo: () => document.execCommand("redo"), focus() {}, destroy() {} };
}
