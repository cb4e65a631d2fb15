// The words of the libraries in the reader's language. Two dictionaries: the community's, and ours for what it leaves out.
import { words } from "./words.js";

export async function translator(studio) {
  if (studio.locale.startsWith("en")) return (text, values) => fill(text, values);
  const { bpmn, shared, zeebe } = await import("./community_words.js");
  const known = { ...bpmn, ...shared, ...zeebe, ...words };
  const script = studio.locale.includes("Hant") ? (await import("./traditional.js")).traditional : (text) => text;
  return (text, values) => fill(script(known[text] ?? text), values);
}

function fill(text, values = {}) {
  return String(text).replace(/{([^}]+)}/g, (_whole, name) => values[name] ?? `{${name}}`);
}
