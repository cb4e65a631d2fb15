// What every page carries. Pages work without it; it saves drafts, warns before loss and answers keys.
import "@tabler/core/dist/css/tabler.css";
import "./styles/tokens.css";
import "./styles/frame.css";
import "./styles/components.css";
import "./styles/lists.css";
import "./styles/forms.css";
import "./styles/case.css";
import "./styles/diagram.css";
import "./styles/decisions.css";
import "./styles/statistics.css";
import "./styles/evaluation.css";
import "./styles/acts.css";
import "./styles/desks.css";
import "./styles/admin.css";
import "./styles/narrow.css";
import "./styles/print.css";
import htmx from "htmx.org";
import { keepDrafts } from "./behaviour/drafts.js";
import { growLists } from "./behaviour/rows.js";
import { answerKeys } from "./behaviour/keys.js";
import { closePopovers } from "./behaviour/popovers.js";
import { countSelection } from "./behaviour/selection.js";
import { sendFiles } from "./behaviour/files.js";
import { sendOnce } from "./behaviour/once.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "304", swap: false },
  { code: "[23]..", swap: true },
  { code: "[45]..", swap: false, error: true },
];

sendFiles(document);
keepDrafts(document);
growLists(document);
answerKeys(document);
closePopovers(document);
countSelection(document);
sendOnce(document);
document.querySelector("[data-first-error]")?.focus();
