// Reading and writing the dialect's parts of a shape, as single steps of the command stack.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";

export function extension(element, type) {
  const values = getBusinessObject(element).get("extensionElements")?.get("values") ?? [];
  return values.find((one) => one.$type === type);
}

export function header(element, key) {
  return extension(element, "zeebe:TaskHeaders")?.get("values")?.find((one) => one.key === key)?.value ?? "";
}

// Sets attributes of an extension element; an empty value takes the attribute away, no attribute left takes the element away.
export function setExtension(drawing, element, type, attributes) {
  const factory = drawing.get("bpmnFactory");
  const modeling = drawing.get("modeling");
  const holder = ensureHolder(drawing, element);
  const existing = extension(element, type);
  if (existing) {
    modeling.updateModdleProperties(element, existing, attributes);
    return;
  }
  const made = factory.create(type, attributes);
  made.$parent = holder;
  modeling.updateModdleProperties(element, holder, { values: [...holder.get("values"), made] });
}

export function removeExtension(drawing, element, type) {
  const holder = getBusinessObject(element).get("extensionElements");
  if (!holder) return;
  const rest = holder.get("values").filter((one) => one.$type !== type);
  drawing.get("modeling").updateModdleProperties(element, holder, { values: rest });
}

export function setHeader(drawing, element, key, value) {
  const factory = drawing.get("bpmnFactory");
  const modeling = drawing.get("modeling");
  const headers = extension(element, "zeebe:TaskHeaders");
  const rest = (headers?.get("values") ?? []).filter((one) => one.key !== key);
  const made = value ? [factory.create("zeebe:Header", { key, value })] : [];
  if (headers) {
    for (const one of made) one.$parent = headers;
    if (rest.length + made.length) modeling.updateModdleProperties(element, headers, { values: [...rest, ...made] });
    else removeExtension(drawing, element, "zeebe:TaskHeaders");
    return;
  }
  if (!made.length) return;
  const holder = ensureHolder(drawing, element);
  const fresh = factory.create("zeebe:TaskHeaders", { values: made });
  fresh.$parent = holder;
  made[0].$parent = fresh;
  modeling.updateModdleProperties(element, holder, { values: [...holder.get("values"), fresh] });
}

function ensureHolder(drawing, element) {
  const subject = getBusinessObject(element);
  const known = subject.get("extensionElements");
  if (known) return known;
  const made = drawing.get("bpmnFactory").create("bpmn:ExtensionElements", { values: [] });
  made.$parent = subject;
  drawing.get("modeling").updateModdleProperties(element, subject, { extensionElements: made });
  return subject.get("extensionElements");
}
