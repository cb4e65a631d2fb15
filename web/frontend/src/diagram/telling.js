// A click, or Enter on a focused shape, says who, when and what. The words come from the server in the reader's language.

export function tellOnClick(viewer, place, details) {
  const elements = viewer.get("elementRegistry");
  const canvas = viewer.get("canvas");
  let box = null;
  let chosen = null;

  const close = () => {
    box?.remove();
    if (chosen) canvas.removeMarker(chosen, "chosen");
    const back = chosen && elements.getGraphics(chosen);
    box = chosen = null;
    return back;
  };
  const open = (id) => {
    close();
    if (!details[id]) return;
    chosen = id;
    canvas.addMarker(id, "chosen");
    box = card(details[id], place.dataset.close, () => close()?.focus());
    place.append(box);
    beside(box, elements.getGraphics(id).getBoundingClientRect(), place.getBoundingClientRect());
  };

  for (const id of Object.keys(details)) {
    const shape = elements.getGraphics(id);
    if (!shape) continue;
    shape.classList.add("tellable");
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("role", "button");
    shape.setAttribute("aria-label", details[id].heading);
    shape.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); open(id); }
    });
  }
  viewer.get("eventBus").on("element.click", (event) => open(event.element.labelTarget?.id ?? event.element.id));
  place.addEventListener("keydown", (event) => { if (event.key === "Escape") close()?.focus(); });
}

function card(detail, closeWord, close) {
  const box = document.createElement("div");
  box.className = "told-shape";
  box.setAttribute("role", "status");
  box.append(line("h3", detail.heading), ...detail.lines.map((words) => line("p", words)));
  for (const link of detail.opens ?? []) {
    const way = line("a", `${link.label} ›`);
    way.href = link.href;
    box.append(way);
  }
  const button = line("button", "×");
  button.className = "btn";
  button.type = "button";
  button.setAttribute("aria-label", closeWord);
  button.addEventListener("click", close);
  box.append(button);
  return box;
}

function line(tag, words) {
  return Object.assign(document.createElement(tag), { textContent: words });
}

function beside(box, shape, frame) {
  const left = shape.left - frame.left + shape.width / 2 - box.offsetWidth / 2;
  const below = shape.bottom - frame.top + 6;
  const fits = below + box.offsetHeight < frame.height;
  box.style.left = `${Math.max(8, Math.min(left, frame.width - box.offsetWidth - 8))}px`;
  box.style.top = `${Math.max(8, fits ? below : shape.top - frame.top - box.offsetHeight - 6)}px`;
}
