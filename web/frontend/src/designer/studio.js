// One draft on one page: the list of files, the editor of the chosen one, what the check says, and the saving.
import { keepSaved } from "./saving.js";
import { server } from "./server.js";
import { showFindings } from "./findings.js";
import { fileActs } from "./files.js";
import { keepCompany } from "./presence.js";

const EDITORS = {
  bpmn: () => import("./diagram_editor.js"),
  dmn: () => import("./table_editor.js"),
  form: () => import("./form_editor.js"),
  yaml: () => import("./text_editor.js"),
  toml: () => import("./text_editor.js"),
};

export async function openStudio(place) {
  const studio = {
    place,
    server: server(place),
    words: JSON.parse(place.querySelector("[data-words]").textContent),
    locale: place.dataset.locale,
    readOnly: place.dataset.readonly === "yes",
    canvas: place.querySelector("[data-canvas]"),
    panel: place.querySelector("[data-panel]"),
    file: null,
    editor: null,
    choices: null,
    say: (text, kind = "") => tell(place, text, kind),
  };
  studio.findings = showFindings(studio);
  studio.saving = keepSaved(studio);
  studio.open = (name, element) => open(studio, name, element);
  studio.company = keepCompany(studio);
  fileActs(studio);
  keys(studio);
  window.addEventListener("popstate", () => open(studio, fileInAddress() ?? place.dataset.first, null, true));
  const asked = new URLSearchParams(location.search);
  await open(studio, asked.get("file") ?? place.dataset.first, asked.get("element"), true);
  studio.findings.refresh();
}

function fileInAddress() {
  return new URLSearchParams(location.search).get("file");
}

async function open(studio, name, element, quietly = false) {
  if (studio.file?.name === name) {
    if (element) studio.editor?.focus?.(element);
    return;
  }
  await studio.saving.settle();
  studio.place.dataset.ready = "no";
  studio.editor?.destroy?.();
  studio.editor = null;
  studio.canvas.replaceChildren();
  studio.panel.replaceChildren();
  try {
    const [file, choices] = await Promise.all([
      studio.server.get(`/file?name=${encodeURIComponent(name)}`), studio.choices ?? studio.server.get("/choices"),
    ]);
    studio.choices = choices;
    studio.file = file;
    studio.place.dataset.kind = file.kind;
    studio.place.dataset.file = file.name;
    const { edit } = await EDITORS[file.kind]();
    studio.editor = await edit(studio, file);
  } catch (problem) {
    studio.canvas.textContent = "";
    studio.canvas.append(Object.assign(document.createElement("p"), { className: "failed", textContent: problem.message }));
    studio.file = null;
    throw problem;
  }
  if (!quietly) history.pushState(null, "", `?file=${encodeURIComponent(name)}`);
  mark(studio, name);
  studio.findings.show();
  studio.company.tell();
  if (element) studio.editor.focus?.(element);
  studio.place.dataset.ready = "yes";
}

function mark(studio, name) {
  for (const link of studio.place.querySelectorAll("[data-file-link]")) {
    if (link.dataset.fileLink === name) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function keys(studio) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      studio.saving.now();
    }
  });
  studio.place.querySelector("[data-undo]")?.addEventListener("click", () => studio.editor?.undo?.());
  studio.place.querySelector("[data-redo]")?.addEventListener("click", () => studio.editor?.redo?.());
}

function tell(place, text, kind) {
  const line = place.querySelector("[data-state]");
  line.textContent = text;
  line.dataset.kind = kind;
}
