"""The rail: each role sees its own rooms, and in each room how much waits there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for

from engine.message import Message, say
from tasks.accounts.permissions import Permission, Role
from tasks.cases.queries import case_count
from tasks.desks import committee, office, signing
from tasks.worklist.queries import on_my_desk
from web.access import NEEDS, Visitor
from web.visitor import the_banli

if TYPE_CHECKING:
    from tasks.accounts.views import Actor
    from tasks.worklist.views import TaskRow

STAFF = frozenset({Permission.GROUP_TASK_CLAIM, Permission.AREA_PROCESS_DEPLOY, Permission.AREA_SETTING_CHANGE})
"""Who has it works in an office and gets the rail; a deputy gets the plain frame of the portal."""


@dataclass(frozen=True, slots=True)
class Room:
    """One entry of the rail."""

    endpoint: str
    icon: str
    name: Message
    count: int | None = None
    late: bool = False
    """Whether something in it is overdue."""

    @property
    def here(self) -> bool:
        """Whether the page that is shown belongs to this room."""
        return bool(request.blueprint) and request.blueprint == self.endpoint.partition(".")[0]


def rail(actor: Actor) -> tuple[Room, ...]:
    """The rooms that this person may enter."""
    if not is_staff(actor):
        return ()
    waiting, late = on_my_desk(the_banli(), actor)
    rooms = (
        Room("workbench.home", "home", say("Workbench")),
        *_desks(actor),
        Room("worklist.listing", "inbox", say("To do"), waiting, late=late > 0),
        Room("cases.register", "cases", say("Cases"), case_count(the_banli(), actor)),
        Room("filing.desk", "file", say("Filing")),
        Room("dispatch.show", "table", say("Dispatch")),
        Room("tracking.ledger", "check", say("Tracking")),
        Room("board.show", "map", say("Board")),
        Room("supervision.board", "alert", say("Supervise")),
        Room("statistics.show", "stats", say("Statistics")),
        Room("evaluation.show", "award", say("Evaluation")),
        Room("decisions.listing", "table", say("Decision tables")),
        Room("designer.home", "design", say("Design")),
        Room("watch.show", "stats", say("Watch")),
        Room("admin.home", "settings", say("Administration"), halted(actor) or None, late=True),
    )
    works = may_enter(actor, "worklist.listing")  # an administrator's day begins at the administration
    return tuple(
        room for room in rooms if may_enter(actor, room.endpoint) and (works or room.endpoint != "workbench.home")
    )


def halted(actor: Actor) -> int:
    """How many cases stand still and wait for this person; none, where they are somebody else's affair."""
    return len(the_banli().engine.incidents()) if may_enter(actor, "admin.incidents") else 0


def _desks(actor: Actor) -> tuple[Room, ...]:
    """The desks of who does one thing for many cases: they ask for a role, not only for a permission."""
    desks = []
    if office.may_enter(actor):
        desks.append(Room("office.show", "table", say("Our office")))
    if signing.may_enter(actor):
        desks.append(Room("signing.show", "pen", say("Signing"), signing.waiting(the_banli(), actor)))
    if committee.may_enter(actor):
        desks.append(Room("committee.show", "table", say("Our desk")))
    return tuple(desks)


def first_page(actor: Actor) -> str:
    """Where the day begins: at one's desk, or at the workbench.

    Leaders of the hub sign too, but they also dispatch and press: the workbench shows them more.
    """
    if office.may_enter(actor):
        return url_for("office.show")
    if signing.may_enter(actor) and not actor.roles & {Role.HUB_LEADER, Role.HUB_DEPUTY}:
        return url_for("signing.show")
    if Permission.AREA_PROCESS_DEPLOY in actor.permissions and Permission.GROUP_TASK_CLAIM not in actor.permissions:
        return url_for("designer.home")
    return url_for("committee.show" if committee.may_enter(actor) else "workbench.home")


def is_staff(actor: Actor) -> bool:
    """Whether this person works in an office (and not only as a proposer)."""
    return bool(STAFF & actor.permissions)


def may_enter(actor: Actor, endpoint: str) -> bool:
    """Whether the table of routes opens this page to her."""
    need = NEEDS[endpoint]
    return need is Visitor.SIGNED_IN or (not isinstance(need, Visitor) and bool(need & actor.permissions))


SUBJECT_PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "evaluation": ("evaluation.unit", ("year", "unit")),
    "annual": ("tracking.show_annual", ("year", "kind", "unit")),
    "slip": ("supervision.slip", ("slip_id",)),
}
"""By what a task concerns that concerns no item: the page of it, and the names of the parts of its key."""


def subject_address(kind: str, key: str) -> str:
    """Where one reads what a task concerns that concerns no item; the worklist, where it has no page."""
    if kind not in SUBJECT_PAGES:
        return url_for("worklist.listing")
    endpoint, names = SUBJECT_PAGES[kind]
    return url_for(endpoint, **dict(zip(names, key.split(":"), strict=False)))


def row_address(actor: Actor, row: TaskRow) -> str:
    """Where this person reads the case of a line of the worklist."""
    return subject_address(row.kind, row.subject_key) if row.item_id is None else address_of(actor, row.item_id)


def address_of(actor: Actor, item_id: int) -> str:
    """Where this person reads a case: an office on the case page, its proposer in the portal."""
    return url_for("cases.show" if may_enter(actor, "cases.show") else "portal.show", item_id=item_id)
