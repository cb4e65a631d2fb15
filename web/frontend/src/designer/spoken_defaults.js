// A file that says what would be so anyway (startQuantity="1") says it again when it is saved.
//
// The library's writer leaves out whatever equals the default. While it writes, the types know no defaults: what was
// read is written, and what was never said stays unsaid.
function SpokenDefaults(eventBus, moddle) {
  let silenced = [];
  eventBus.on("saveXML.start", () => {
    const types = Object.values(moddle.typeCache);
    silenced = types.flatMap((type) => type.prototype.$descriptor.properties).filter((one) => "default" in one)
      .map((one) => [one, one.default]);
    for (const [one] of silenced) delete one.default;
  });
  eventBus.on("saveXML.done", () => {
    for (const [one, value] of silenced) one.default = value;
    silenced = [];
  });
}
SpokenDefaults.$inject = ["eventBus", "moddle"];

export const spokenDefaults = { __init__: ["spokenDefaults"], spokenDefaults: ["type", SpokenDefaults] };

// The writer leaves a carriage return as it is, and the next reader takes it for a blank. CDATA knows no references.
export function withReturns(xml) {
  return xml.split(/(<!\[CDATA\[[^]*?\]\]>)/).map((part, place) => (place % 2 ? part : part.replaceAll("\r", "&#xD;"))).join("");
}
