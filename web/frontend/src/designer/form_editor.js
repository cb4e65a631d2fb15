// The form-js editor with the components that staff pages can show, and a preview that the server makes as staff see it.
import "@bpmn-io/form-js/dist/assets/form-js-base.css";
import "@bpmn-io/form-js/dist/assets/form-js-editor-base.css";
import "@bpmn-io/form-js/dist/assets/form-js.css";
import "@bpmn-io/form-js/dist/assets/form-js-editor.css";
import "@bpmn-io/form-js/dist/assets/properties-panel.css";
import { FormEditor } from "@bpmn-io/form-js-editor";
import { translator } from "./chinese.js";
import { sayIn } from "./dom_words.js";

const PAUSE = 500;
// Words that mean something else in a form than in a decision table.
const OWN = { Input: "Fields to fill in" };

export async function edit(studio, file) {
  const general = await translator(studio);
  const translate = (text, values) => general(OWN[text] ?? text, values);
  const quiet = [sayIn(studio.canvas, translate), sayIn(studio.panel, translate)];
  const preview = document.createElement("div");
  preview.className = "preview";
  preview.setAttribute("aria-live", "polite");
  const place = document.createElement("div");
  place.className = "form-place";
  studio.canvas.append(place, preview);
  const form = new FormEditor({
    container: place,
    propertiesPanel: { parent: studio.panel },
    additionalModules: [{ translate: ["value", translate] }],
  });
  await form.importSchema(JSON.parse(file.content));
  let waiting = null;
  const show = async () => {
    const schema = JSON.stringify(form.saveSchema());
    const answer = await studio.server.post("/preview", { content: schema }).catch((problem) => ({ fault: problem.message }));
    preview.innerHTML = answer.html ?? "";
    if (answer.fault) preview.textContent = answer.fault;
  };
  form.on("changed", () => {
    studio.saving.changed();
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  show();
  return {
    content: async () => JSON.stringify(form.saveSchema(), null, 2),
    undo: () => form.get("commandStack").undo(),
    redo: () => form.get("commandStack").redo(),
    focus() {},
    destroy() { quiet.forEach((stop) => stop()); form.destroy(); },
  };
}
