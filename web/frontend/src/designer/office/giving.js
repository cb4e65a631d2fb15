// The properties of a step that an office chooses, by the names that the check's mends use too.
import { extension, header, removeExtension, setExtension, setHeader } from "./reading.js";

export const PROPERTIES = {
  group: {
    read: (element) => extension(element, "zeebe:AssignmentDefinition")?.candidateGroups ?? "",
    write: (drawing, element, value) => assignment(drawing, element, { candidateGroups: value || undefined }),
  },
  assignee: {
    read: (element) => extension(element, "zeebe:AssignmentDefinition")?.assignee ?? "",
    write: (drawing, element, value) => assignment(drawing, element, { assignee: value || undefined }),
  },
  form: {
    read: (element) => extension(element, "zeebe:FormDefinition")?.formId ?? "",
    write: (drawing, element, value) => (value
      ? setExtension(drawing, element, "zeebe:FormDefinition", { formId: value })
      : removeExtension(drawing, element, "zeebe:FormDefinition")),
  },
  due: {
    read: (element) => extension(element, "zeebe:TaskSchedule")?.dueDate ?? "",
    write: (drawing, element, value) => (value
      ? setExtension(drawing, element, "zeebe:TaskSchedule", { dueDate: value })
      : removeExtension(drawing, element, "zeebe:TaskSchedule")),
  },
  recorder: { read: (element) => header(element, "recorder"), write: (drawing, element, value) => setHeader(drawing, element, "recorder", value) },
  light: { read: (element) => header(element, "light"), write: (drawing, element, value) => setHeader(drawing, element, "light", value) },
  topic: {
    read: (element) => extension(element, "zeebe:TaskDefinition")?.type ?? "",
    write: (drawing, element, value) => setExtension(drawing, element, "zeebe:TaskDefinition", { type: value }),
  },
  decision: {
    read: (element) => extension(element, "zeebe:CalledDecision")?.decisionId ?? "",
    write: (drawing, element, value) => setExtension(drawing, element, "zeebe:CalledDecision", { decisionId: value }),
  },
  process: {
    read: (element) => extension(element, "zeebe:CalledElement")?.processId ?? "",
    write: (drawing, element, value) => setExtension(drawing, element, "zeebe:CalledElement", { processId: value }),
  },
};

export function give(drawing, element, property, value) {
  if (element) PROPERTIES[property].write(drawing, element, value);
}

function assignment(drawing, element, attributes) {
  const known = extension(element, "zeebe:AssignmentDefinition");
  const after = { assignee: known?.assignee, candidateGroups: known?.candidateGroups, candidateUsers: known?.candidateUsers, ...attributes };
  if (Object.values(after).some(Boolean)) setExtension(drawing, element, "zeebe:AssignmentDefinition", attributes);
  else removeExtension(drawing, element, "zeebe:AssignmentDefinition");
}
