// bpmn-js with the panel of the dialect, completed by what an office chooses from lists.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn.css";
import "@bpmn-io/properties-panel/dist/assets/properties-panel.css";
import "bpmn-js-element-templates/dist/assets/element-templates.css";
import "bpmn-js-token-simulation/assets/css/bpmn-js-token-simulation.css";
import "diagram-js-minimap/assets/diagram-js-minimap.css";
import Modeler from "bpmn-js/lib/Modeler";
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule } from "bpmn-js-properties-panel";
import { CloudElementTemplatesPropertiesProviderModule } from "bpmn-js-element-templates";
import behaviors from "camunda-bpmn-js-behaviors/lib/camunda-cloud";
import TokenSimulationModule from "bpmn-js-token-simulation";
import minimap from "diagram-js-minimap";
import grid from "diagram-js-grid";
import { dialect } from "./dialect.js";
import modeler from "./modeler.json";
import { translator } from "./chinese.js";
import { sayIn } from "./dom_words.js";
import { officeModule } from "./office/module.js";
import { give } from "./office/giving.js";
import { completion } from "./completion.js";
import { layoutOrder } from "./layout_order.js";
import { spokenDefaults, withReturns } from "./spoken_defaults.js";

const PALETTE = 84;
const SWITCHES = 56;
const AIR = 24;

export async function edit(studio, file) {
  const translate = await translator(studio);
  const quiet = [sayIn(studio.canvas, translate), sayIn(studio.panel, translate)];
  const drawing = new Modeler({
    container: studio.canvas,
    propertiesPanel: { parent: studio.panel, feelPopupContainer: studio.place },
    additionalModules: [
      BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, ZeebePropertiesProviderModule,
      CloudElementTemplatesPropertiesProviderModule, behaviors, TokenSimulationModule, minimap, grid,
      officeModule(studio), completion(studio), layoutOrder, spokenDefaults,
      { translate: ["value", translate] },
    ],
    moddleExtensions: { zeebe: dialect, modeler },
    elementTemplates: studio.choices.templates,
    textRenderer: { defaultStyle: { fontSize: 12 }, externalStyle: { fontSize: 12 } },
    keyboard: { bind: true },
  });
  await drawing.importXML(file.content);
  frame(drawing.get("canvas"));
  drawing.get("minimap").close?.();
  const fitting = new ResizeObserver(() => drawing.get("canvas").resized());
  fitting.observe(studio.canvas); // the check below grows and shrinks: the palette folds into two columns in time
  quiet.push(() => fitting.disconnect());
  drawing.on("commandStack.changed", () => studio.saving.changed());
  if (studio.readOnly) studio.panel.setAttribute("inert", "");
  await painted(); // the panel listens to what is selected only after its first painting
  return editor(studio, drawing, quiet);
}

function painted() {
  return new Promise((resolve) => { requestAnimationFrame(() => setTimeout(resolve, 60)); });
}

// The whole drawing, beside the palette and below the switches.
function frame(canvas) {
  canvas.zoom("fit-viewport");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - PALETTE - AIR) / inner.width, (outer.height - SWITCHES - AIR) / inner.height, 1);
  if (!(scale > 0)) return;
  canvas.viewbox({
    x: inner.x - PALETTE / scale, y: inner.y - SWITCHES / scale, width: outer.width / scale, height: outer.height / scale,
  });
}

function editor(studio, drawing, quiet) {
  const canvas = drawing.get("canvas");
  const elements = drawing.get("elementRegistry");
  let marked = [];
  return {
    drawing,
    content: async () => withReturns((await drawing.saveXML({ format: true })).xml),
    undo: () => drawing.get("commandStack").undo(),
    redo: () => drawing.get("commandStack").redo(),
    give: (id, property, value) => give(drawing, elements.get(id), property, value),
    focus(id) {
      const element = elements.get(id);
      if (!element) return;
      drawing.get("selection").select(element);
      canvas.scrollToElement(element);
    },
    mark(findings) {
      for (const [id, kind] of marked) if (elements.get(id)) canvas.removeMarker(id, kind);
      marked = findings.filter((one) => !one.known && elements.get(one.element))
        .map((one) => [one.element, `found-${one.severity}`]);
      for (const [id, kind] of marked) canvas.addMarker(id, kind);
    },
    destroy() { quiet.forEach((stop) => stop()); drawing.destroy(); },
  };
}
