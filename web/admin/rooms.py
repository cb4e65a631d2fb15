"""The shelves of the room: which pages there are, in the groups in which one looks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for

from engine.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the room."""

    name: Message
    endpoint: str
    arguments: Mapping[str, str]
    says: Message

    @property
    def address(self) -> str:
        """Where it is."""
        return url_for(self.endpoint, **self.arguments)

    @property
    def here(self) -> bool:
        """Whether the page that is shown belongs to it."""
        path = request.path
        return path == self.address or (self.endpoint != "admin.home" and path.startswith(f"{self.address}/"))


def _of(kind: str, name: Message, says: Message) -> Shelf:
    return Shelf(name, "admin.listing", {"kind": kind}, says)


def _page(endpoint: str, name: Message, says: Message) -> Shelf:
    return Shelf(name, f"admin.{endpoint}", {}, says)


SHELVES: tuple[tuple[Message, tuple[Shelf, ...]], ...] = (
    (
        say("Overview"),
        (
            _page("home", say("What is to be done"), say("What needs attention, what was changed lately")),
            _page("incidents", say("Halted cases"), say("What cannot go on by itself")),
            _page("changes", say("Changes"), say("Who changed what, when and why; taking back")),
        ),
    ),
    (
        say("Time"),
        (
            _page("deadlines", say("Deadlines"), say("P1–P21 and named ones, for new items or running ones too")),
            _page("presets", say("Presets"), say("What other places have, to be adopted")),
            _page("calendar", say("Holidays"), say("Paste the notice; what moves by it")),
            _of("light", say("Lights"), say("When yellow and orange begin")),
            _of("counting", say("How days are counted"), say("Days of rest, end of day, reminders")),
        ),
    ),
    (
        say("Review"),
        (
            _page("chain", say("Review chain"), say("Who reviews which replies, in which order")),
            _of("review_node", say("Reviewers"), say("Whose person in which role")),
        ),
    ),
    (
        say("Units and people"),
        (
            _of("unit", say("Units"), say("Sections, duties, successors")),
            _of("account", say("People and accounts"), say("Offices, roles, passwords")),
            _page("roles", say("Roles and permissions"), say("Who may do this, what may she do")),
            Shelf(say("Absences and substitutes"), "absences.listing", {}, say("Who stands in for whom")),
            _of("membership", say("Mandates"), say("Deputies and members of each term")),
            _of("sitting", say("Sessions"), say("First and last days")),
            _of("term", say("Terms"), say("Of congress and CPPCC")),
            _of("area", say("Area"), say("Name and level")),
        ),
    ),
    (
        say("Results and numbers"),
        (
            _of("result_class", say("Result classes"), say("What A, B and C are called here")),
            _of("numbering", say("Numbers"), say("Patterns of numbers, with the next one")),
            _of("replying", say("Handling and replies"), say("Plans, consultations, rounds, promises")),
            _of("category", say("Categories"), say("Main ones, and what is below each")),
            _of("list", say("Lists of choices"), say("Grounds, origins, urgencies")),
            _of("deploying", say("Changes of the procedure"), say("Whether a second person approves")),
        ),
    ),
)
"""Group by group; a page that is missing here is reached from another one."""


def name_of(kind: str, otherwise: Message) -> Message:
    """What the page of a kind of setting is called on its shelf; some kinds have none."""
    pages = [shelf for _, shelves in SHELVES for shelf in shelves]
    return next((shelf.name for shelf in pages if shelf.arguments.get("kind") == kind), otherwise)
