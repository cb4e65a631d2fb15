// Which part of the diagram is shown: all of it, or the neighbourhood of now so that it can be read.

const AIR = 24;
const CORNER = 34; // the height of the mark of origin: nothing is put under it

export function whole(canvas) {
  canvas.zoom("fit-viewport");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(outer.width / (inner.width + AIR), (outer.height - CORNER) / (inner.height + AIR), 1.15);
  centre(canvas, inner, outer, scale);
}

export function neighbourhood(canvas, elements, diagram) {
  // A case may stand in several places; the reader's own task is the one to look at.
  const now = (diagram.here && elements.get(diagram.here) ? [diagram.here] : diagram.active).map((id) => elements.get(id)).filter(Boolean);
  if (!now.length) { whole(canvas); return; }
  const near = new Set(now);
  for (const element of now) {
    for (const flow of element.incoming) if (close(element, flow.source)) near.add(flow.source);
    for (const flow of element.outgoing) if (close(element, flow.target)) near.add(flow.target);
  }
  const box = bounds([...near]);
  const { outer } = canvas.viewbox();
  const scale = Math.min(outer.width / (box.width + 2 * AIR), (outer.height - CORNER) / (box.height + 2 * AIR), 1);
  centre(canvas, box, outer, Math.max(scale, 0.55), bounds(now));
}

// A loop back over the whole diagram is no neighbour.
function close(one, other) {
  return Math.abs(other.x - one.x) < 420 && Math.abs(other.y - one.y) < 320;
}

function centre(canvas, box, outer, scale, heart = box) {
  const fits = box.width * scale <= outer.width && box.height * scale <= outer.height - CORNER;
  const middle = fits ? box : heart;
  const width = outer.width / scale;
  const height = outer.height / scale;
  canvas.viewbox({ x: middle.x + middle.width / 2 - width / 2, y: middle.y + middle.height / 2 - (height - CORNER / scale) / 2, width, height });
}

function bounds(shapes) {
  const left = Math.min(...shapes.map((shape) => shape.x));
  const top = Math.min(...shapes.map((shape) => shape.y));
  const right = Math.max(...shapes.map((shape) => shape.x + shape.width));
  const bottom = Math.max(...shapes.map((shape) => shape.y + shape.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}
