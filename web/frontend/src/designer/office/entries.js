// The entries of the office's group. A value that no list holds is an expert's: it is shown and left as it is.
import { Group, SelectEntry, isSelectEntryEdited } from "@bpmn-io/properties-panel";
import { jsx } from "@bpmn-io/properties-panel/preact/jsx-runtime";
import { PROPERTIES } from "./giving.js";
import { dueEntries } from "./due.js";

export function OfficeGroup(studio, injector, element, lists) {
  const entries = lists.flatMap((name) => (name === "due" ? dueEntries(studio, injector) : [entry(studio, injector, name)]));
  return { id: "office", label: studio.words.office, component: Group, entries, shouldOpen: true };
}

function entry(studio, injector, name) {
  return {
    id: `office-${name}`,
    component: (props) => choice(studio, injector, name, props.element),
    isEdited: isSelectEntryEdited,
  };
}

function choice(studio, injector, name, element) {
  const { read, write } = PROPERTIES[name];
  const value = read(element);
  return jsx(SelectEntry, {
    id: `office-${name}`,
    element,
    label: studio.words[name],
    description: studio.words[`${name}_help`],
    getValue: () => value,
    setValue: (chosen) => write(injector, element, chosen),
    getOptions: () => options(studio, name, value),
  });
}

export function options(studio, name, value) {
  const file = studio.file?.name;
  const listed = studio.choices[name].filter((one) => !one.only || one.only.includes(file))
    .map(({ value: key, label }) => ({ value: key, label }));
  const rows = [{ value: "", label: studio.words.none }, ...listed];
  if (value && !listed.some((one) => one.value === value)) rows.push({ value, label: `${studio.words.expert}${value}` });
  return rows;
}
