// The community's translations of bpmn-js and its panel.
import bpmn from "bpmn-js-i18n-zh/lib/bpmn-js/index.js";
import shared from "bpmn-js-i18n-zh/lib/properties-panel/index.js";
import zeebe from "bpmn-js-i18n-zh/lib/zeebe-properties-panel/index.js";

export { bpmn, shared, zeebe };
