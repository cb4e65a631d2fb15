// The island of the live diagram: bpmn-js shows the file as it was deployed, with where this case is in it.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import { showDiagram } from "./diagram/viewer.js";

for (const place of document.querySelectorAll("[data-diagram]")) showDiagram(place);
