"""Children of an XML element by their DMN name, whatever the version's namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.dmn.namespaces import MODEL_NAMESPACES

if TYPE_CHECKING:
    from lxml.etree import _Element


def children(element: _Element | None, name: str) -> list[_Element]:
    """All children of that name."""
    if element is None:
        return []
    return [
        each
        for each in element
        if isinstance(each.tag, str)
        and etree.QName(each).localname == name
        and etree.QName(each).namespace in MODEL_NAMESPACES
    ]


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child of that name."""
    found = children(element, name)
    return found[0] if found else None


def text_of(element: _Element | None) -> str:
    """The text of an element without the spaces around it."""
    return "".join(str(part) for part in element.itertext()).strip() if element is not None else ""
