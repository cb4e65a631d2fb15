// The dialect as the library describes it, but for one default: here a call or decision without a binding belongs to its
// deployment. With the library's own default the editor would leave out “latest” when it saves.
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

export const dialect = structuredClone(zeebe);

for (const type of dialect.types) {
  for (const property of type.properties ?? []) {
    if (property.name === "bindingType") property.default = "deployment";
  }
}
