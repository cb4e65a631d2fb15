// The list of files: a click opens one here; without a script it is an ordinary link.

export function fileActs(studio) {
  studio.place.querySelector("[data-files]").addEventListener("click", (event) => {
    const link = event.target.closest("[data-file-link]");
    if (!link || event.ctrlKey || event.metaKey || event.button) return;
    event.preventDefault();
    studio.open(link.dataset.fileLink);
  });
  for (const form of studio.place.querySelectorAll("form[data-settle]")) {
    form.addEventListener("submit", async (event) => {
      if (form.dataset.settled) return;
      event.preventDefault();
      await studio.saving.settle();
      form.dataset.settled = "yes";
      // Not before this event is over: a form does not submit again while it is submitting.
      setTimeout(() => form.requestSubmit(event.submitter));
    });
  }
}
