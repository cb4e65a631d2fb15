"""The live diagram as the viewer reads it: the file, where the case is in it, and what a click tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for

from engine.message import say
from web.language import moment, tell

if TYPE_CHECKING:
    from tasks.cases.views import Diagram, ShapeDetail


def told(diagram: Diagram, item_id: int | None = None) -> dict[str, Any]:
    """The diagram with its details in the reader's language; with an item, shapes open the diagrams they called."""
    return {
        "xml": diagram.xml,
        "visited": list(diagram.visited),
        "active": list(diagram.active),
        "flows": list(diagram.flows),
        "details": {
            shape: {
                "heading": detail.name or detail.element_id,
                "lines": lines(detail),
                "opens": _opens(detail, item_id),
            }
            for shape, detail in diagram.details.items()
        },
    }


def _opens(detail: ShapeDetail, item_id: int | None) -> list[dict[str, str]]:
    """Where the diagrams that a shape has called are shown, the running ones last."""
    if item_id is None:
        return []
    return [
        {
            "label": " · ".join(part for part in (link.name, link.unit) if part),
            "href": url_for("cases.show", item_id=item_id, chapter="diagram", at=link.instance_id),
        }
        for link in sorted(detail.opens, key=lambda link: link.running)
    ]


STATES = {"done": say("Done"), "active": say("In hand now"), "ahead": say("Still to come")}


def lines(detail: ShapeDetail) -> list[str]:
    """What is known about one step: who, when, how often, until when."""
    words = [tell(STATES[detail.state]) if detail.state in STATES else ""]
    if detail.who:
        words.append(tell(say("By {who}", who=detail.who)))
    if detail.started and detail.ended and moment(detail.started) == moment(detail.ended):
        words.append(moment(detail.ended))
    elif detail.started and detail.ended:
        words.append(tell(say("From {start} to {end}", start=moment(detail.started), end=moment(detail.ended))))
    elif detail.started:
        words.append(tell(say("Since {start}", start=moment(detail.started))))
    if detail.visits > 1:
        words.append(tell(say("{n} times", n=detail.visits)))
    if detail.due:
        words.append(tell(detail.due.sentence))
    words += [tell(sentence) for sentence in detail.sentences]
    return [one for one in words if one]
