"""Reading XML that strangers wrote: no entities, no DOCTYPE, no network, bounded size, depth and count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from engine.errors import EngineError
from engine.message import say

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 200
MAX_ELEMENTS = 200_000


class XmlRefused(EngineError):
    """The file is no XML that the engine reads."""


def read_xml(content: bytes) -> _Element:
    """The root element of a document; raises XmlRefused with the reason.

    The limits come before the tree is built: a target parser counts while it reads.
    """
    if len(content) > MAX_BYTES:
        raise XmlRefused(
            say("The file has {size} bytes; at most {limit} are read.", size=len(content), limit=MAX_BYTES))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise XmlRefused(say("The file contains a DOCTYPE, which diagrams never need; remove it."))
    parser = etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True)
    try:
        _feed(parser, content)
        root = parser.close()
    except etree.XMLSyntaxError as error:
        raise XmlRefused(say("The file is not well-formed XML: {reason}", reason=error.msg or "no content")) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlRefused(say("The file contains a DOCTYPE, which diagrams never need; remove it."))
    return root


def _feed(parser: etree.XMLPullParser, content: bytes) -> None:
    depth = count = 0
    for start in range(0, len(content), 65536):
        parser.feed(content[start:start + 65536])
        for event, _ in parser.read_events():
            if event == "start":
                depth += 1
                count += 1
                if depth > MAX_DEPTH or count > MAX_ELEMENTS:
                    raise XmlRefused(
                        say("The file nests deeper than {depth} levels or has more than {count} elements.",
                            depth=MAX_DEPTH, count=MAX_ELEMENTS))
            else:
                depth -= 1
