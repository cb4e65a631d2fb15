"""Reading the dispatch sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Role
from tasks.cases.views import ItemState
from tasks.directory.queries import handling_units, names_of
from tasks.dispatch.models import AssignmentMeeting
from tasks.dispatch.views import Meeting, Sheet, SheetRow
from tasks.forms.views import Option
from tasks.handling.key_items import KEY_KINDS
from tasks.handling.models import TaskSubmission
from tasks.handling.together import may_assign_together
from tasks.register.categories import shown
from tasks.register.models import Item, ItemProposer
from tasks.worklist.models import IS_OPEN, TaskDraft, Work
from tasks.worklist.rows import Today, due_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

TRIAGE = "assign"
"""The step of the procedure that the sheet gathers."""
PAGE_SIZE = 40
LATEST = 5
"""So many earlier meetings are listed."""


def may_read(actor: Actor) -> bool:
    """Whether the sheet is for this actor: the hub's officer and its leaders."""
    return Role.HUB_OFFICER in actor.roles or may_assign_together(actor)


def sheet(banli: Banli, actor: Actor, page: int = 1, waiting_page: int = 1) -> Sheet:
    """The items that wait for their triage and those that wait for the meeting, a page of each by their numbers.

    Raises:
        NotAllowed: the sheet is the hub's.
    """
    if not may_read(actor):
        raise NotAllowed(say("The dispatch sheet is the hub's."))
    with banli.reading() as session:
        units = {unit.code: unit.short_name for unit in handling_units(session)}
        triage = Item.id.in_(select(Work.item_id).where(IS_OPEN, Work.element_id == TRIAGE))
        to_triage = _by_number(session, triage)
        to_assign = _by_number(session, Item.state == ItemState.WAITING, ~triage)
        shown, listed = _page(to_triage, page), _page(to_assign, waiting_page)
        works = {
            work.item_id: work
            for work in session.scalars(
                select(Work).where(IS_OPEN, Work.element_id == TRIAGE, Work.item_id.in_(shown))
            )
        }
        items = {
            item.id: item
            for item in session.scalars(
                select(Item)
                .where(Item.id.in_([*shown, *listed]))
                .options(selectinload(Item.proposers).joinedload(ItemProposer.person))
            )
        }
        typed = _typed(session, actor, works, listed)
        today = Today.of(banli)
        may_edit = _is_officer(actor)
        rows = {
            item.id: _row(item, works.get(item.id), typed.get(item.id, {}), units, today, may_edit=may_edit)
            for item in items.values()
        }
        meetings = session.scalars(select(AssignmentMeeting).order_by(AssignmentMeeting.id.desc()).limit(LATEST)).all()
        names = names_of(session, [meeting.by for meeting in meetings])
        return Sheet(
            rows=[rows[one] for one in shown],
            total=len(to_triage),
            page=page,
            pages=max(1, -(-len(to_triage) // PAGE_SIZE)),
            waiting=[rows[one] for one in listed],
            others_waiting=[one for one in to_assign if one not in set(listed)],
            waiting_page=waiting_page,
            waiting_pages=max(1, -(-len(to_assign) // PAGE_SIZE)),
            units=[Option(code, name) for code, name in units.items()],
            key_kinds=KEY_KINDS,
            meetings=[
                Meeting(one.at, names.get(one.by, (one.by, ""))[0], len(one.items), one.note) for one in meetings
            ],
            may_edit=_is_officer(actor),
            may_approve=may_assign_together(actor),
        )


def _by_number(session: Session, *conditions: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(Item.id).where(*conditions).order_by(Item.kind.desc(), Item.number, Item.id)))


def _page(ids: list[int], page: int) -> list[int]:
    return ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]


def _is_officer(actor: Actor) -> bool:
    return Role.HUB_OFFICER in actor.roles


def _typed(
    session: Session, actor: Actor, works: Mapping[int | None, Work], listed: list[int]
) -> dict[int, dict[str, Any]]:
    """Drafts of triages by item, and what was handed in with those that are done."""
    by_task = {work.task_id: item_id for item_id, work in works.items() if item_id is not None}
    drafts = session.scalars(
        select(TaskDraft).where(TaskDraft.task_id.in_(list(by_task)), TaskDraft.account == actor.account)
    )
    found = {by_task[draft.task_id]: dict(draft.content) for draft in drafts}
    done = session.scalars(
        select(TaskSubmission)
        .where(TaskSubmission.item_id.in_(listed), TaskSubmission.element_id == TRIAGE)
        .order_by(TaskSubmission.at)
    )
    return {**found, **{row.item_id: dict(row.content) for row in done if row.item_id is not None}}


def _row(
    item: Item, work: Work | None, values: Mapping[str, Any], units: Mapping[str, str], today: Today, *, may_edit: bool
) -> SheetRow:
    mode = str(values.get("handling_mode") or "")
    if mode == "separate":
        lead = [row.get("unit") for row in values.get("separate_units") or []]
        co: list[Any] = []
    else:
        lead = [values.get("lead_unit")]
        co = [*(row.get("unit") for row in values.get("joint_units") or []), *(values.get("co_units") or [])]
    return SheetRow(
        item_id=item.id,
        task_id=work.task_id if work is not None else "",
        kind=item.kind,
        number=item.number or "",
        title=item.title,
        category=shown(item.category, item.subcategory),
        proposer=item.proposers[0].person.name if item.proposers else "",
        wished="、".join(units.get(code, code) for code in item.wished_units) or item.suggested_units,
        lead="、".join(units.get(str(code), str(code)) for code in lead if code),
        co="、".join(units.get(str(code), str(code)) for code in co if code),
        key=str(values.get("key") or item.key_kind),
        mode=mode,
        due=due_of(today, work) if work is not None else None,
        editable=may_edit and work is not None and mode not in ("joint", "separate"),
    )
