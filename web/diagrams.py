"""The live diagram as the viewer reads it: the file, where the case is in it, and what a click tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.message import say
from web.language import moment, tell

if TYPE_CHECKING:
    from tasks.cases.views import Diagram, ShapeDetail


def told(diagram: Diagram) -> dict[str, Any]:
    """The diagram with its details in the reader's language."""
    return {
        "xml": diagram.xml,
        "visited": list(diagram.visited),
        "active": list(diagram.active),
        "flows": list(diagram.flows),
        "details": {
            shape: {"heading": detail.name or detail.element_id, "lines": lines(detail)}
            for shape, detail in diagram.details.items()
        },
    }


STATES = {"done": say("Done"), "active": say("In hand now"), "ahead": say("Still to come")}


def lines(detail: ShapeDetail) -> list[str]:
    """What is known about one step: who, when, how often, until when."""
    words = [tell(STATES[detail.state]) if detail.state in STATES else ""]
    if detail.who:
        words.append(tell(say("By {who}", who=detail.who)))
    if detail.started and detail.ended:
        words.append(tell(say("From {start} to {end}", start=moment(detail.started), end=moment(detail.ended))))
    elif detail.started:
        words.append(tell(say("Since {start}", start=moment(detail.started))))
    if detail.visits > 1:
        words.append(tell(say("{n} times", n=detail.visits)))
    if detail.due:
        words.append(tell(detail.due.sentence))
    words += [tell(sentence) for sentence in detail.sentences]
    return [one for one in words if one]
