// dmn-js for decision tables, with a try-out beside it that shows the row used.
import "dmn-js/dist/assets/diagram-js.css";
import "dmn-js/dist/assets/dmn-font/css/dmn.css";
import "dmn-js/dist/assets/dmn-js-shared.css";
import "dmn-js/dist/assets/dmn-js-drd.css";
import "dmn-js/dist/assets/dmn-js-decision-table.css";
import "dmn-js/dist/assets/dmn-js-decision-table-controls.css";
import "dmn-js/dist/assets/dmn-js-literal-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression.css";
import "dmn-js/dist/assets/dmn-js-boxed-expression-controls.css";
import Modeler from "dmn-js/lib/Modeler";
import { translator } from "./chinese.js";
import { sayIn } from "./dom_words.js";
import { tryOut } from "./try_out.js";

export async function edit(studio, file) {
  const translate = await translator(studio);
  const quiet = [sayIn(studio.canvas, translate), sayIn(studio.panel, translate)];
  const words = { translate: ["value", translate] };
  const table = new Modeler({
    container: studio.canvas,
    common: { additionalModules: [words] },
    drd: { additionalModules: [words] },
    decisionTable: { additionalModules: [words] },
    literalExpression: { additionalModules: [words] },
    boxedExpression: { additionalModules: [words] },
  });
  await table.importXML(file.content);
  const view = table.getViews().find((one) => one.type === "decisionTable");
  if (view) await table.open(view);
  let attempt = null;
  const listen = () => {
    const viewer = table.getActiveViewer();
    viewer?.on?.("commandStack.changed", changed);
    viewer?.on?.("elements.changed", changed);
  };
  const changed = () => { studio.saving.changed(); attempt?.again(); };
  table.on("views.changed", listen);
  listen();
  const content = async () => (await table.saveXML({ format: true })).xml;
  attempt = tryOut(studio, content, table);
  return {
    content,
    undo: () => table.getActiveViewer()?.get("commandStack", false)?.undo(),
    redo: () => table.getActiveViewer()?.get("commandStack", false)?.redo(),
    focus() {},
    destroy() { quiet.forEach((stop) => stop()); table.destroy(); },
  };
}
