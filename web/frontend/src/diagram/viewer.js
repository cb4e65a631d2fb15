import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
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
  const viewer = new NavigatedViewer({ container: place });
  await viewer.importXML(diagram.xml);
  const canvas = viewer.get("canvas");
  const elements = viewer.get("elementRegistry");
  mark(canvas, elements, diagram.visited, "past");
  mark(canvas, elements, diagram.active, "here");
  mark(canvas, elements, diagram.flows, "taken");
  kinds(canvas, elements);
  ends(elements, diagram.flows, place);
  // The page scrolls under the wheel; the diagram is moved by dragging and by its buttons.
  viewer.get("zoomScroll").toggle(false);
  const fit = () => (place.dataset.near === undefined ? whole : neighbourhood)(canvas, elements, diagram);
  fit();
  new ResizeObserver(fit).observe(place);
  tellOnClick(viewer, place, diagram.details);
  zoomBy(viewer, place, fit);
  place.dataset.ready = "yes";
}

function mark(canvas, elements, ids, name) {
  for (const id of ids) if (elements.get(id)) canvas.addMarker(id, name);
}

// Lanes and pools keep their own quiet lines.
function kinds(canvas, elements) {
  elements.forEach((element) => {
    if (element.type === "bpmn:Lane") canvas.addMarker(element, "lane");
    if (element.type === "bpmn:Participant") canvas.addMarker(element, "pool");
  });
}

// Arrow heads are shared definitions: a flow that was taken gets a head of its own colour.
function ends(elements, taken, place) {
  const heads = new Map();
  for (const id of taken) {
    const path = elements.getGraphics(id)?.querySelector(".djs-visual path");
    const head = path && /url\(["']?#([^"')]+)/.exec(path.style.markerEnd || path.getAttribute("marker-end") || "");
    if (!head) continue;
    if (!heads.has(head[1])) heads.set(head[1], colouredHead(place, head[1]));
    path.style.markerEnd = `url(#${heads.get(head[1])})`;
  }
}

function colouredHead(place, id) {
  const copy = place.querySelector(`#${CSS.escape(id)}`).cloneNode(true);
  copy.id = `${id}-taken`;
  for (const path of copy.querySelectorAll("path")) path.setAttribute("class", "taken-head");
  place.querySelector("svg defs").append(copy);
  return copy.id;
}

function zoomBy(viewer, place, fit) {
  const bar = place.parentElement.querySelector("[data-zoom]");
  bar?.addEventListener("click", (event) => {
    const step = event.target.closest("button")?.dataset.step;
    if (step === "fit") fit();
    else if (step) viewer.get("zoomScroll").stepZoom(Number(step));
  });
}
