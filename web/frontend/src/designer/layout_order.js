// The layout is written in the order of the file: what was drawn since stands beside its neighbour on the canvas.
//
// bpmn-js would write it in the order of the canvas and leave out what it did not draw, so that a file of another
// program came back with hundreds of moved lines after one word was changed.
import { getDi } from "bpmn-js/lib/util/ModelUtil";
import { selfAndAllChildren } from "diagram-js/lib/util/Elements";

function LayoutOrder(eventBus, canvas, bpmnjs) {
  let read = new Map();
  eventBus.on("import.done", () => {
    const diagrams = bpmnjs.getDefinitions()?.diagrams ?? [];
    read = new Map(diagrams.map(({ plane }) => [plane, [...plane.get("planeElement")]]));
  });
  eventBus.on("saveXML.start", 2000, () => {
    for (const root of canvas.getRootElements()) order(getDi(root), root);
  });

  function order(plane, root) {
    const present = new Set(plane.get("planeElement"));
    const known = (read.get(plane) ?? []).filter((one) => present.has(one));
    plane.set("planeElement", withNew(known, drawn(root), present));
  }
}
LayoutOrder.$inject = ["eventBus", "canvas", "bpmnjs"];

function drawn(root) {
  return selfAndAllChildren([root], false).filter((one) => one !== root && !one.labelTarget).map(getDi);
}

function withNew(known, canvasOrder, present) {
  const placed = new Set(known);
  const after = new Map();
  let before = null;
  for (const one of canvasOrder) {
    if (placed.has(one)) before = one;
    else after.set(before, [...(after.get(before) ?? []), one]);
  }
  const shown = new Set(canvasOrder);
  const unseen = [...present].filter((one) => !placed.has(one) && !shown.has(one));
  return [...(after.get(null) ?? []), ...known.flatMap((one) => [one, ...(after.get(one) ?? [])]), ...unseen];
}

export const layoutOrder = { bpmnDiOrdering: ["type", LayoutOrder] };
