"""Who has it: one line for each body with a part in the case, and what it does now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tasks.cases.access import guesses
from tasks.cases.views import Holder, ItemState
from tasks.directory.models import Unit
from tasks.directory.queries import names_of
from tasks.handling.queries import assignments
from tasks.worklist.models import Work
from tasks.worklist.rows import AFTER_ISSUE, Today, due_of, is_hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.handling.views import AssignmentRecord
    from tasks.register.models import Item

_ROLE_OF_KIND = {"hub": "hub", "leadership": "leader", "npc_office": "committee", "cppcc_office": "committee"}


def holders(banli: Banli, session: Session, actor: Actor, item: Item) -> list[Holder]:
    """The units of the current round, then whoever else has an open step; nobody has a withdrawn item."""
    if item.state == ItemState.WITHDRAWN:
        return []
    works = session.scalars(
        select(Work)
        .where(Work.item_id == item.id, Work.state == "open")
        .options(selectinload(Work.groups))
        .order_by(Work.opened_at)
    ).all()
    parts = [part for part in assignments(session, item.id) if part.current]
    names = names_of(session, [work.assignee for work in works])
    today = Today.of(banli)
    lines = [_unit_line(today, part, works) for part in parts]
    held = {part.unit_code for part in parts}
    units = {unit.code: unit for unit in session.scalars(select(Unit))}
    if guesses(actor):
        works = [work for work in works if not is_hidden(work, item, actor)]
        if item.state == ItemState.REPLIED:
            lines.append(Holder("", "proposer", "", "", AFTER_ISSUE, None, done=False))
    for work in works:
        if is_hidden(work, item, actor):
            lines.append(Holder("", "proposer", "", "", AFTER_ISSUE, None, done=False))
        elif work.confidential == "rating" and work.assignee is not None:
            name = names.get(work.assignee, (work.assignee, ""))[0]
            lines.append(Holder("", "proposer", name, "", work.step_name, due_of(today, work), done=False))
        elif work.unit_code not in held:
            unit = units.get(work.unit_code or "")
            name = names.get(work.assignee or "", ("", ""))[0]
            role = _ROLE_OF_KIND.get(unit.kind, "") if unit else ""
            short = unit.short_name if unit else ""
            lines.append(Holder(short, role, name, "", work.step_name, due_of(today, work), done=False))
    return lines


def _unit_line(today: Today, part: AssignmentRecord, works: Sequence[Work]) -> Holder:
    mine = next((work for work in works if work.unit_code == part.unit_code and not work.confidential), None)
    return Holder(
        unit=part.unit,
        role=part.role,
        person=part.handler,
        phone=part.phone,
        now=mine.step_name if mine else "",
        due=due_of(today, mine) if mine else None,
        done=mine is None,
        part=part.part,
    )
