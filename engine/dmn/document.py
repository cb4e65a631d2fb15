"""Reading XML that anybody may have uploaded: no entities, no network, bounded size and depth."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

from engine.dmn.errors import DmnError
from engine.message import say

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST = 5_000_000
DEEPEST = 100
MOST_ELEMENTS = 200_000


def read_document(source: bytes) -> _Element:
    """The root element of a document.

    Raises:
        DmnError: it is no XML, or XML with a DOCTYPE, or too large, or too deep.
    """
    if len(source) > LARGEST:
        raise DmnError(say("The file has {size} bytes; at most {limit} are read.", size=len(source), limit=LARGEST))
    depth = count = 0
    try:
        reading = etree.iterparse(
            BytesIO(source),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, element in reading:
            if not count:
                _refuse_doctype(element)
            depth += 1 if event == "start" else -1
            count += event == "start"
            if depth > DEEPEST or count > MOST_ELEMENTS:
                raise DmnError(say("The file nests elements deeper than {limit}, or has too many.", limit=DEEPEST))
    except etree.XMLSyntaxError as error:
        raise DmnError(say("The file is no well-formed XML: {reason}", reason=error.msg)) from error
    root: _Element | None = reading.root
    if root is None:
        raise DmnError(say("The file is empty."))
    _refuse_doctype(root)
    return root


def _refuse_doctype(element: _Element) -> None:
    information: Any = element.getroottree().docinfo
    if information.doctype or information.internalDTD is not None:
        raise DmnError(say("The file has a DOCTYPE, which is refused; remove it."))
