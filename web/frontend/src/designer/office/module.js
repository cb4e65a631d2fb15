// The panel's first group: what an office decides about a step, each from a list. The FEEL behind it stands below.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { OfficeGroup } from "./entries.js";

export function officeModule(studio) {
  function Provider(propertiesPanel, injector) {
    this.getGroups = (element) => (groups) => {
      const lists = listsFor(element);
      if (!lists.length) return groups;
      const own = OfficeGroup(studio, injector, element, lists);
      const general = groups.findIndex((group) => group.id === "general");
      return [...groups.slice(0, general + 1), own, ...groups.slice(general + 1)];
    };
    propertiesPanel.registerProvider(200, this);
  }
  Provider.$inject = ["propertiesPanel", "injector"];
  return { __init__: ["officeProvider"], officeProvider: ["type", Provider] };
}

function listsFor(element) {
  if (is(element, "bpmn:UserTask")) return ["group", "assignee", "form", "recorder", "due", "light"];
  if (is(element, "bpmn:ServiceTask")) return ["topic"];
  if (is(element, "bpmn:BusinessRuleTask")) return ["decision"];
  if (is(element, "bpmn:CallActivity")) return ["process"];
  return [];
}
