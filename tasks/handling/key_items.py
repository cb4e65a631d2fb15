"""Key items (重点件; handbook §3.2, step 4): made so at triage or while they are handled.

A designation that comes late reaches a review that is running: the chain is chosen anew, and who has passed the reply
already need not pass it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission, Role
from tasks.cases.access import readable_item
from tasks.cases.views import ItemState
from tasks.forms.views import FieldError
from tasks.handling.models import KeyDesignation
from tasks.handling.rounds import current_parts
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.register.models import Item

KEY_KINDS: Mapping[str, str] = {
    "no": "否",
    "congress": "人大重点督办建议",
    "cppcc": "政协重点提案",
    "leader": "副县长领办",
    "mayor": "县长领办",
    "unit": "单位主要负责人领办",
}
"""Why an item is a key item, by the code that the table of review chains reads."""

MAY_DESIGNATE = frozenset({Role.HUB_LEADER, Role.NPC_REVIEWER, Role.CPPCC_REVIEWER, Role.HUB_OFFICER})
TOO_LATE = frozenset({ItemState.CLOSED, ItemState.WITHDRAWN, ItemState.NOT_FILED, ItemState.CONVERTED})


@dataclass(frozen=True, slots=True)
class Designation:
    """What is decided of an item: which kind of key item it is, who leads and supervises it, how, and why."""

    kind: str
    note: str = ""
    """Who leads it, as it is read."""
    supervisor: str = ""
    plan: str = ""
    reason: str = ""

    @property
    def shown(self) -> str:
        """What stands at the head of the case: leader and supervising body."""
        return "，".join(part for part in (self.note, self.supervisor) if part) if self.kind != "no" else ""


def designate(session: Session, item: Item, wanted: Designation, *, by: str, at: dt.datetime) -> None:
    """Write down what kind of item this is; a designation that changes nothing leaves no trace."""
    before = designation_of(session, item)
    if before.kind == wanted.kind and (wanted.kind == "no" or before == wanted):
        return
    item.key_kind, item.key = wanted.kind, wanted.kind != "no"
    item.key_note = wanted.shown
    session.add(
        KeyDesignation(
            item_id=item.id, kind=wanted.kind, note=wanted.note, supervisor=wanted.supervisor, plan=wanted.plan,
            reason=wanted.reason, by=by, at=at,
        )
    )  # fmt: skip


def designation_of(session: Session, item: Item) -> Designation:
    """What stands now; an item that was merged with a key item is one without a designation of its own."""
    if not item.key:
        return Designation(item.key_kind)
    row = session.scalar(
        select(KeyDesignation)
        .where(KeyDesignation.item_id == item.id)
        .order_by(KeyDesignation.id.desc())
        .limit(1)
    )
    if row is None:
        return Designation(item.key_kind, item.key_note)
    return Designation(row.kind, row.note, row.supervisor, row.plan, row.reason)


def may_designate(actor: Actor, item: Item) -> bool:
    """Whether this actor may make the item a key item: the hub, or the committee of the item's body."""
    return (
        bool(MAY_DESIGNATE & actor.roles)
        and Permission.UNIT_ITEM_READ not in actor.permissions
        and item.state not in TOO_LATE
        and item.number is not None
    )


def make_key(banli: Banli, actor: Actor, item_id: int, wanted: Designation) -> None:
    """Make an item a key item, or another kind of one, while it is handled; a running review learns of it.

    Raises:
        FormInvalid: no such kind, or no reason.
        NotAllowed: it is not for this actor to decide, or the item is over.
    """
    errors = []
    if wanted.kind not in KEY_KINDS:
        errors.append(FieldError("key", "重点件", say("Choose what kind of key item it is.")))
    if not wanted.reason.strip():
        errors.append(FieldError("key_reason", "理由", say("Say why.")))
    if errors:
        raise FormInvalid(errors)
    with banli.writing() as session:
        item = readable_item(session, actor, item_id)
        if not may_designate(actor, item):
            raise NotAllowed(
                say("Only the hub and the committee of the item can make it a key item, until it is closed.")
            )
        designate(session, item, wanted, by=actor.account, at=banli.now())
        answers = {part.answer for part in current_parts(session, item)}
    for answer in sorted(answers):
        key = f"{item_id}:{answer}"
        banli.engine.publish_message("became-key", correlation_key=key, variables={"key": wanted.kind})
