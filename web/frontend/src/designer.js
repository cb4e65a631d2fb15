// The studio: where a draft of a procedure is drawn. Each editor is loaded when the first file of its kind is opened.
import "./styles/designer.css";
import { openStudio } from "./designer/studio.js";
import { playSteps } from "./designer/steps.js";
import { allowStyles } from "./designer/styles_allowed.js";

const place = document.querySelector("[data-studio]");
if (place) {
  allowStyles(place.dataset.styles);
  openStudio(place);
}
playSteps(document);
