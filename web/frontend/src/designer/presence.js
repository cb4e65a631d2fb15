// Who else has this draft open. A sign of life every ten seconds; none while the page is hidden.

const BEAT = 10_000;

export function keepCompany(studio) {
  const line = studio.place.querySelector("[data-company]");
  const tell = async () => {
    if (document.hidden || !studio.file || studio.readOnly) return;
    try {
      const { said } = await studio.server.post("/presence", { name: studio.file.name });
      line.textContent = said;
    } catch { /* the next beat tries again */ }
  };
  setInterval(tell, BEAT);
  return { tell };
}
