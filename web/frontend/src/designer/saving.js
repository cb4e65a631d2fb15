// The draft saves itself a moment after each change; a conflict keeps both texts and asks.
import { Refused } from "./server.js";

const PAUSE = 900;
const AGAIN = 8000;

export function keepSaved(studio) {
  let waiting = null;
  let sending = Promise.resolve();
  let dirty = false;

  async function send() {
    if (!dirty || !studio.editor || !studio.file || studio.readOnly) return;
    dirty = false;
    const { name, revision } = studio.file;
    try {
      const content = await studio.editor.content();
      studio.say(studio.words.saving);
      const kept = await studio.server.post("/file", { name, content, revision });
      if (studio.file?.name === name) studio.file.revision = kept.revision;
      studio.say(kept.said);
      studio.findings.take(kept);
      studio.findings.later();
    } catch (problem) {
      dirty = true;
      const refused = problem instanceof Refused && problem.status === 409;
      studio.say(refused ? "" : problem.message, "bad"); // a conflict has a line of its own
      if (refused) conflict(problem);
      else if (!(problem instanceof Refused) || [401, 502, 503, 504].includes(problem.status)) later();
    }
  }

  // The connection or the session is gone for a while: what was drawn is sent again by itself.
  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(queue, AGAIN);
  }

  function conflict(problem) {
    const box = studio.place.querySelector("[data-conflict]");
    box.hidden = false;
    box.querySelector("[data-conflict-text]").textContent = problem.message;
    box.querySelector("[data-mine]").onclick = async () => {
      const fresh = await studio.server.get(`/file?name=${encodeURIComponent(studio.file.name)}`);
      studio.file.revision = fresh.revision;
      box.hidden = true;
      await queue();
    };
    box.querySelector("[data-theirs]").onclick = async () => {
      const { name } = studio.file;
      dirty = false;
      studio.file = null;
      box.hidden = true;
      await studio.open(name);
    };
    box.querySelector("button").focus();
  }

  const queue = () => { sending = sending.then(send); return sending; };

  window.addEventListener("online", () => { if (dirty) queue(); });
  window.addEventListener("beforeunload", (event) => { if (dirty) { event.preventDefault(); queue(); } });
  return {
    changed() {
      if (studio.readOnly) return;
      dirty = true;
      clearTimeout(waiting);
      waiting = setTimeout(queue, PAUSE);
    },
    now() { clearTimeout(waiting); return queue(); },
    async settle() { clearTimeout(waiting); await queue(); },
  };
}
