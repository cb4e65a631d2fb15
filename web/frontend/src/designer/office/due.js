// The date of a step: a named deadline and what it counts from. A new deadline is made inside the draft.
import { SelectEntry, isSelectEntryEdited } from "@bpmn-io/properties-panel";
import { jsx, jsxs } from "@bpmn-io/properties-panel/preact/jsx-runtime";
import { PROPERTIES } from "./giving.js";
import { askDeadline } from "./new_deadline.js";

const WRITTEN = /^=\s*deadline\("([^"]+)",\s*(.+)\)\s*$/;

export function dueEntries(studio, injector) {
  return [
    { id: "office-due", component: (props) => rule(studio, injector, props.element), isEdited: isSelectEntryEdited },
    { id: "office-due-start", component: (props) => start(studio, injector, props.element), isEdited: isSelectEntryEdited },
    { id: "office-due-new", component: (props) => makeNew(studio, injector, props.element) },
  ];
}

function parts(element) {
  const text = PROPERTIES.due.read(element);
  const found = WRITTEN.exec(text);
  return { text, code: found?.[1] ?? "", from: found?.[2] ?? "now()", expert: Boolean(text) && !found };
}

function put(injector, element, code, from) {
  PROPERTIES.due.write(injector, element, code ? `=deadline("${code}", ${from})` : "");
}

function rule(studio, injector, element) {
  const { code, from, text, expert } = parts(element);
  const known = studio.choices.due.map(({ value, label }) => ({ value, label }));
  const extra = expert ? [{ value: "?", label: `${studio.words.expert}${text}` }]
    : code && !known.some((one) => one.value === code) ? [{ value: code, label: `${code} (!)` }] : [];
  return jsx(SelectEntry, {
    id: "office-due", element, label: studio.words.due, description: studio.words.due_help,
    getValue: () => (expert ? "?" : code),
    setValue: (chosen) => { if (chosen !== "?") put(injector, element, chosen, from); },
    getOptions: () => [{ value: "", label: studio.words.none }, ...known, ...extra],
  });
}

function start(studio, injector, element) {
  const { code, from, expert } = parts(element);
  if (!code || expert) return null;
  const known = studio.choices.starts.filter((one) => !one.only || one.only.includes(studio.file?.name))
    .map(({ value, label }) => ({ value, label }));
  if (!known.some((one) => one.value === from)) known.push({ value: from, label: `${studio.words.expert}${from}` });
  return jsx(SelectEntry, {
    id: "office-due-start", element, label: studio.words.start,
    getValue: () => from, setValue: (chosen) => put(injector, element, code, chosen), getOptions: () => known,
  });
}

function makeNew(studio, injector, element) {
  const make = async () => {
    const code = await askDeadline(studio, element.businessObject.name ?? "");
    if (code) put(injector, element, code, parts(element).from);
  };
  return jsxs("div", {
    class: "bio-properties-panel-entry",
    children: [jsx("button", { type: "button", class: "btn office-new", onClick: make, children: studio.words.new_deadline })],
  });
}
