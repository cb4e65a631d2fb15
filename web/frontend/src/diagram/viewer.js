import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { widenLabels } from "./labels.js";
import { neighbourhood, whole } from "./frame.js";
import { tellOnClick } from "./telling.js";

export async function showDiagram(place) {
  try {
    const answer = await fetch(place.dataset.diagram, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    await draw(place, await answer.json());
  } catch {
    place.replaceChildren(Object.assign(document.createElement("p"), { className: "failed", textContent: place.dataset.failed }));
  }
}

async function draw(place, diagram) {
  place.replaceChildren();
  const viewer = new NavigatedViewer({
    container: place,
    // Diagrams are drawn for 12 px; on a page they are smaller than in an editor, so that the words are set larger.
    textRenderer: { defaultStyle: { fontSize: 14, lineHeight: 1.25 }, externalStyle: { fontSize: 12 } },
  });
  viewer.get("eventBus").on("import.parse.complete", ({ definitions }) => widenLabels(definitions));
  await viewer.importXML(diagram.xml);
  const canvas = viewer.get("canvas");
  const elements = viewer.get("elementRegistry");
  mark(canvas, elements, diagram.visited, "past");
  mark(canvas, elements, diagram.active, "here");
  mark(canvas, elements, diagram.flows, "taken");
  kinds(canvas, elements);
  // The page scrolls under the wheel; the diagram is moved by dragging and by its buttons.
  viewer.get("zoomScroll").toggle(false);
  // On a phone the whole would be too small to read: there, too, the neighbourhood comes first.
  const cut = place.dataset.near !== undefined || place.clientWidth < 640;
  const fit = () => (cut ? neighbourhood : whole)(canvas, elements, diagram);
  fit();
  count(viewer, elements, diagram.counts ?? {}); // after the first fit: it asks for the view, and before there is none
  new ResizeObserver(() => {
    if (!place.clientWidth || !place.clientHeight) return;
    canvas.resized();
    fit();
  }).observe(place);
  printWhole(place);
  tellOnClick(viewer, place, diagram.details);
  zoomBy(viewer, place, () => whole(canvas));
  place.dataset.ready = "yes";
}

function mark(canvas, elements, ids, name) {
  for (const id of ids) if (elements.get(id)) canvas.addMarker(id, name);
}

// How many stand at a shape, at its upper corner; how many of them are overdue is said by colour and by the words of a click.
function count(viewer, elements, counts) {
  for (const [id, { n, late }] of Object.entries(counts)) {
    if (!elements.get(id)) continue;
    const badge = Object.assign(document.createElement("span"), { className: late ? "standing late" : "standing", textContent: late ? `${n} ■` : n });
    badge.setAttribute("aria-hidden", "true");
    viewer.get("overlays").add(id, { position: { top: -10, right: 12 }, html: badge });
  }
}

// Lanes and pools keep their own quiet lines; steps need no sign of their technical kind.
function kinds(canvas, elements) {
  elements.forEach((element) => {
    if (element.type === "bpmn:Lane") canvas.addMarker(element, "lane");
    if (element.type === "bpmn:Participant") canvas.addMarker(element, "pool");
    if (is(element, "bpmn:Activity")) canvas.addMarker(element, "step");
    if (is(element, "bpmn:Gateway")) canvas.addMarker(element, "gate");
  });
}

function zoomBy(viewer, place, fit) {
  const bar = place.parentElement.querySelector("[data-zoom]");
  bar?.addEventListener("click", (event) => {
    const step = event.target.closest("button")?.dataset.step;
    if (step === "fit") fit();
    else if (step) viewer.get("zoomScroll").stepZoom(Number(step));
  });
}

// Paper is narrower than the screen: for printing the drawing scales as a picture.
function printWhole(place) {
  const svg = place.querySelector("svg");
  window.addEventListener("beforeprint", () => svg.setAttribute("viewBox", `0 0 ${place.clientWidth} ${place.clientHeight}`));
  window.addEventListener("afterprint", () => svg.removeAttribute("viewBox"));
}
