// The icons that the pages use, taken from Tabler's outline set and written as one small table that the server inlines.
import { readFileSync } from "node:fs";

const used = {
  home: "home", inbox: "inbox", cases: "files", search: "search", bell: "bell", down: "chevron-down",
  left: "chevron-left", right: "chevron-right", arrow: "arrow-right", back: "arrow-left", plus: "plus", close: "x",
  clip: "paperclip", download: "download", expand: "maximize", menu: "menu-2", pen: "pencil", star: "star",
  user: "user", out: "logout", language: "language", theme: "moon", print: "printer", info: "info-circle",
  hand: "hand-grab", release: "arrow-back-up", file: "file-text", map: "sitemap", clock: "clock", list: "list-details",
  check: "check", alert: "alert-triangle", zoomin: "zoom-in", zoomout: "zoom-out", lock: "lock", trash: "trash", table: "table", stats: "chart-bar", excel: "table-export", award: "award", design: "vector-bezier-2", play: "player-play", undo: "arrow-back", redo: "arrow-forward-up", compare: "git-compare", rocket: "rocket", history: "history", upload: "upload", settings: "settings",
};

// Only the drawing: the frame with size and stroke is written by the template.
function drawing(name) {
  const svg = readFileSync(new URL(`./node_modules/@tabler/icons/icons/outline/${name}.svg`, import.meta.url), "utf8");
  return svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s+/g, " ").trim();
}

export function icons() {
  return {
    name: "banli-icons",
    generateBundle() {
      const table = Object.fromEntries(Object.entries(used).map(([word, name]) => [word, drawing(name)]));
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify(table, null, 1) });
    },
  };
}
