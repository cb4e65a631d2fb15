// Of Tabler's style sheet only the rules for plain elements and the variables in use are kept: the components are ours.
import { PurgeCSS } from "purgecss";

const elements = `<html><body><h1><h2><h3><h4><p><a><b><strong><small><ul><ol><li><dl><dt><dd><table><thead><tbody><tr>
<th><td><caption><label><input><textarea><select><option><optgroup><button><fieldset><legend><details><summary>
<hr><kbd><mark><ins><del><img><svg><time><main><nav><aside><header><footer><section>`;

export function tabler() {
  return {
    name: "banli-tabler",
    enforce: "pre",
    async transform(css, id) {
      if (!id.includes("@tabler/core") || !id.includes(".css")) return null;
      const kept = await new PurgeCSS().purge({
        content: [{ raw: elements, extension: "html" }],
        css: [{ raw: css }],
        variables: true,
        keyframes: true,
        fontFace: true,
        safelist: [":root"],
      });
      return { code: kept[0].css, map: null };
    },
  };
}
