// A form that somebody is filling in: saved by itself after a pause, and never left unsaved without a question.

import { renewed, tooLate } from "./token.js";

const PAUSE = 1200;
const AGAIN = 8000;

export function keepDrafts(page) {
  for (const form of page.querySelectorAll("form[data-draft]")) keep(form);
  for (const form of page.querySelectorAll("form[data-guard]")) guard(form);
}

function keep(form) {
  let dirty = false;
  let waiting = null;
  let sending = Promise.resolve();
  let edits = 0;
  let submitted = new AbortController();
  const said = form.querySelector("[data-saved]");

  const changed = (event) => {
    dirty = true;
    edits += 1;
    clearTimeout(waiting);
    // A choice may show or hide other fields: ask at once. Typing waits for a pause.
    const choice = event.target.matches("select, input[type=radio], input[type=checkbox]");
    waiting = setTimeout(() => { sending = sending.then(save); }, choice ? 0 : PAUSE);
  };

  async function save() {
    const upTo = edits;
    const { signal } = submitted;
    if (signal.aborted) return;
    try {
      const send = () => fetch(form.dataset.draft, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "manual", signal,
      });
      let answer = await send();
      if (tooLate(answer) && await renewed()) answer = await send();
      if (tooLate(answer)) {
        tell(document.body.dataset.ended, true);
        again();
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const { hidden, saved } = await answer.json();
      show(form, new Set(hidden));
      if (upTo === edits) dirty = false;
      tell(saved, false);
    } catch {
      if (signal.aborted) return;
      tell(form.dataset.unsaved, true);
      again();
    }
  }

  // The connection or the session is gone for a while: what was typed is sent again by itself.
  function again() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { sending = sending.then(save); }, AGAIN);
  }

  function tell(words, failed) {
    if (!said) return;
    said.textContent = words;
    said.classList.toggle("failed", failed);
  }

  form.addEventListener("input", changed);
  form.addEventListener("rows-changed", changed);
  // What is submitted needs no draft any more; one under way would come too late and be refused.
  form.addEventListener("submit", () => { dirty = false; clearTimeout(waiting); submitted.abort(); });
  window.addEventListener("pageshow", () => { submitted = new AbortController(); });
  window.addEventListener("online", () => { if (dirty) { clearTimeout(waiting); sending = sending.then(save); } });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && dirty) { clearTimeout(waiting); sending = sending.then(save); }
  });
}

// A form without a draft on the server is at least not left by accident.
function guard(form) {
  let dirty = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("rows-changed", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

function show(form, hidden) {
  for (const part of form.querySelectorAll("[data-part]")) part.hidden = hidden.has(part.dataset.part);
}
