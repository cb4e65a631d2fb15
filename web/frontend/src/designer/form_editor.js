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
  const read = JSON.parse(file.content);
  await form.importSchema(read);
  const saved = () => inItsVersion(form.saveSchema(), read);
  let waiting = null;
  const show = async () => {
    const schema = JSON.stringify(saved());
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
    content: async () => JSON.stringify(saved(), null, 2),
    undo: () => form.get("commandStack").undo(),
    redo: () => form.get("commandStack").redo(),
    focus() {},
    destroy() { quiet.forEach((stop) => stop()); form.destroy(); },
  };
}

// The library writes its own version of the format into every form. A form keeps the one it came with as long as
// nobody gave it a kind of component that it had not: whoever reads it elsewhere can still do so.
function inItsVersion(schema, read) {
  const known = new Set(kinds(read.components));
  const grown = kinds(schema.components).some((kind) => !known.has(kind));
  return read.schemaVersion && !grown ? { ...schema, schemaVersion: read.schemaVersion } : schema;
}

function kinds(components = []) {
  return components.flatMap((one) => [one.type, ...kinds(one.components)]);
}
