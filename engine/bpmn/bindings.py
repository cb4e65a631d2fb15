"""Keeping “latest” through the desktop Modeler, which does not write it: there it is the default, here it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.bpmn.dialect import ZEEBE
from engine.bpmn.xml import read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_BOUND = (f"{ZEEBE}calledDecision", f"{ZEEBE}calledElement")
_TYPE = "bindingType"


def keep_latest(before: bytes, after: bytes) -> bytes:
    """The second file, with “latest” where the first has it and the second says nothing for the same shape.

    Raises:
        XmlRefused: one of them is no XML that is read.
    """
    latest = {shape for shape, node in _bound(read_xml(before)) if node.get(_TYPE) == "latest"}
    root = read_xml(after)
    lost = [node for shape, node in _bound(root) if shape in latest and node.get(_TYPE) is None]
    for node in lost:
        node.set(_TYPE, "latest")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") if lost else after


def _bound(root: _Element) -> Iterator[tuple[str, _Element]]:
    for tag in _BOUND:
        for node in root.iter(tag):
            extension = node.getparent()
            shape = extension.getparent() if extension is not None else None
            if shape is not None and shape.get("id"):
                yield str(shape.get("id")), node
