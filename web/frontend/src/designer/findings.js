// What the check before deployment says: a list below the canvas, and marks on the shapes themselves.

import { askDeadline } from "./office/new_deadline.js";

const REST = 2000;

export function showFindings(studio) {
  const list = studio.place.querySelector("[data-findings]");
  let known = [];
  let waiting = null;

  const take = (answer) => {
    known = answer.findings;
    list.innerHTML = answer.html.findings;
    const files = studio.place.querySelector("[data-files]");
    if (answer.html.files) {
      files.innerHTML = answer.html.files;
      for (const link of files.querySelectorAll("[data-file-link]")) {
        if (link.dataset.fileLink === studio.file?.name) link.setAttribute("aria-current", "page");
      }
    }
    show();
  };
  const show = () => {
    studio.editor?.mark?.(known.filter((one) => one.resource === studio.file?.name && one.element));
  };

  list.addEventListener("click", async (event) => {
    const place = event.target.closest("[data-go]");
    if (place) {
      event.preventDefault();
      await studio.open(place.dataset.go, place.dataset.element || null);
      return;
    }
    const mend = event.target.closest("[data-mend]");
    if (mend) await repair(studio, JSON.parse(mend.dataset.mend), mend.dataset);
  });
  const refresh = async () => { take(await studio.server.get("/check")); };
  return {
    take,
    show,
    refresh,
    // Playing the scenarios takes longer than a save: it waits until the hand rests.
    later() { clearTimeout(waiting); waiting = setTimeout(refresh, REST); },
  };
}

// A mend on a shape is one step of the editor and can be undone there; others are made on the server.
async function repair(studio, mend, where) {
  await studio.open(where.resource, where.element || null);
  if (mend.act === "property") {
    studio.editor.give(where.element, mend.values.property, mend.values.value);
    return;
  }
  await studio.saving.settle();
  if (mend.act === "deadline") {
    await askDeadline(studio, mend.values.code);
    return;
  }
  const answer = await studio.server.post("/mend", { act: mend.act, values: mend.values, resource: where.resource, element: where.element });
  studio.choices = await studio.server.get("/choices");
  studio.findings.take(answer);
  studio.say(answer.said);
  if (answer.opens) await studio.open(answer.opens);
}
