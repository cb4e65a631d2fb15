import { defineConfig } from "vite";
import { icons } from "./icons.js";
import { tabler } from "./tabler.js";

// The bundle is committed, so that nobody needs Node to run Banli; `npm ci && npm run build` makes it anew.
export default defineConfig({
  base: "/static/build/",
  publicDir: false,
  plugins: [tabler(), icons()],
  // The editors must share one Preact: two copies do not see each other's contexts.
  resolve: { alias: [{ find: /^preact($|\/)/, replacement: "@bpmn-io/properties-panel/preact$1" }] },
  build: {
    outDir: "../static/build",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: "es2020",
    rollupOptions: { input: { app: "src/app.js", diagram: "src/diagram.js", designer: "src/designer.js" } },
  },
});
