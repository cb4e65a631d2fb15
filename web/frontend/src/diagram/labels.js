// Editors store the bounds of a label as they measured it in their own font. Chinese in ours is wider, and a label that is
// too narrow breaks after each character: labels are widened around their middle before they are drawn.

const CHARACTER = 13;
const WIDEST = 104;

export function widenLabels(definitions) {
  for (const diagram of definitions?.diagrams ?? []) {
    for (const shown of diagram.plane?.planeElement ?? []) {
      const bounds = shown.label?.bounds;
      const name = shown.bpmnElement?.name;
      if (!bounds || !name) continue;
      const wanted = Math.min(Math.max(bounds.width, name.length * CHARACTER + 6), WIDEST);
      bounds.x -= (wanted - bounds.width) / 2;
      bounds.width = wanted;
    }
  }
}
