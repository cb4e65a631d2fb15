// dmn-js and the form editor say most things without asking for a translation: their own fixed words are put into the
// reader's language where they appear. Only whole texts that the dictionary knows are touched, never what people wrote.

const ATTRIBUTES = ["title", "placeholder", "aria-label", "data-placeholder"];

export function sayIn(root, translate) {
  const known = (text) => {
    const plain = text.trim();
    if (!plain || !/[A-Za-z]/.test(plain)) return null;
    const said = translate(plain);
    return said === plain ? null : text.replace(plain, said);
  };
  const text = (node) => {
    if (node.parentElement?.closest("[contenteditable=true], textarea, .cm-editor, code")) return;
    const said = known(node.data);
    if (said !== null) node.data = said;
  };
  const attributes = (element) => {
    for (const name of ATTRIBUTES) {
      const said = element.hasAttribute(name) ? known(element.getAttribute(name)) : null;
      if (said !== null) element.setAttribute(name, said);
    }
  };
  const all = (node) => {
    if (node.nodeType === Node.TEXT_NODE) { text(node); return; }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    attributes(node);
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) (walker.currentNode.nodeType === Node.TEXT_NODE ? text : attributes)(walker.currentNode);
  };
  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") text(change.target);
      else if (change.type === "attributes") attributes(change.target);
      else change.addedNodes.forEach(all);
    }
  });
  all(root);
  watch.observe(root, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  return () => watch.disconnect();
}
