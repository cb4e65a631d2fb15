"""More time for a reply (延期; handbook §3.2, step 18): the unit asks, the hub agrees, the committee approves."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.cases.access import readable_item
from tasks.cases.views import ItemState
from tasks.deadlines.counting import reckon
from tasks.deadlines.functions import agreed_date
from tasks.forms.views import FieldError
from tasks.handling.models import Assignment, Extension
from tasks.handling.rounds import answer_of, current_parts
from tasks.notices.service import notify
from tasks.notices.views import NoticeKind
from tasks.settings import BEIJING
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from engine.views import Job, Submission
    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.library import ReferenceLibrary
    from tasks.deadlines.reference import ReferenceData
    from tasks.register.models import Item

EXTENSION_FIELDS = frozenset({"extension", "extended_to", "extension_note"})
KINDS = {"wide": "涉及面广", "hard": "处理难度大", "other": "其他客观原因"}
TOLD = {"met": "当面", "phoned": "电话", "written": "书面"}
RUNNING = frozenset({ItemState.HANDLING, ItemState.REHANDLING, ItemState.IN_REVIEW})
REPLY_STEPS = ("reply", "issue")
"""Recorders of the steps whose date is the date of the reply."""


def extendable(session: Session, actor: Actor, item: Item) -> Assignment | None:
    """The part of this actor's unit whose reply may still get more time; None where there is nothing to ask."""
    if item.state not in RUNNING:
        return None
    units = {group.split(":", 1)[0] for group in actor.groups if ":unit_" in group}
    mine = [
        part for part in current_parts(session, item) if part.unit.code in units and part.role not in ("co", "joint")
    ]
    if not mine or mine[0].due is None or pending_extension(session, item, mine[0].answer) is not None:
        return None
    return mine[0]


def pending_extension(session: Session, item: Item, answer: int) -> Extension | None:
    """The request that waits for a decision."""
    return session.scalar(
        select(Extension).where(Extension.item_id == item.id, Extension.answer == answer, Extension.verdict == "")
    )


def last_day(reference: ReferenceData, part: Assignment) -> dt.date:
    """Six calendar months from the assignment (P9) are the most that a reply may take (Deputies Law, art. 51)."""
    rule = reference.rule("P9")
    start = part.assigned_at.astimezone(BEIJING).date()
    return reckon(reference.calendar, start, rule.amount, rule.unit).last


def ask(banli: Banli, actor: Actor, item_id: int, values: Mapping[str, Any], request_id: str | None = None) -> None:
    """Ask for more time; the hub finds a task, and the units' work goes on meanwhile.

    Raises:
        FormInvalid: a field is missing, or the date is not later than today's or beyond six months.
        NotAllowed: the item is not this unit's to answer, it is too late, or a request waits already.
    """
    with banli.writing() as session:
        item = readable_item(session, actor, item_id)
        if request_id is not None and session.scalar(select(Extension.id).where(Extension.request_id == request_id)):
            return
        part = extendable(session, actor, item)
        if part is None or part.due is None:
            raise NotAllowed(
                say("More time can be asked for by the unit that writes the reply, once, until it is out.")
            )
        if banli.now() > part.due:
            raise NotAllowed(say("The date has passed: more time must be asked for before."))
        errors = _errors(banli.reference(), part, values)
        if errors:
            raise FormInvalid(errors)
        session.add(
            Extension(
                item_id=item.id,
                unit_id=part.unit_id,
                answer=part.answer,
                reason=values["reason"].strip(),
                kind=values["kind"],
                wanted=values["wanted"],
                plan=values["plan"].strip(),
                told_on=values["told_on"],
                told_by=values["told_by"],
                by=actor.account,
                at=banli.now(),
                request_id=request_id,
            )
        )
        key = f"{item.id}:{part.answer}"
    banli.engine.publish_message("ask-extension", correlation_key=key, request_id=request_id, actor=actor.account)


def _errors(reference: ReferenceData, part: Assignment, values: Mapping[str, Any]) -> list[FieldError]:
    errors = []
    if values.get("kind") not in KINDS:
        errors.append(FieldError("kind", "原因", say("Choose why more time is needed.")))
    if not str(values.get("reason") or "").strip():
        errors.append(FieldError("reason", "理由", say("Say why.")))
    if not str(values.get("plan") or "").strip():
        errors.append(FieldError("plan", "办理安排", say("Say how the work goes on until then.")))
    if values.get("told_by") not in TOLD or not isinstance(values.get("told_on"), dt.date):
        errors.append(FieldError("told_on", "告知代表", say("Say when and how the proposer was told.")))
    wanted, most = values.get("wanted"), last_day(reference, part)
    due = part.due.astimezone(BEIJING).date() if part.due else most
    if not isinstance(wanted, dt.date) or wanted <= due:
        errors.append(FieldError("wanted", "延期到", say("Expected a day after {day}.", day=due)))
    elif wanted > most:
        errors.append(
            FieldError(
                "wanted", "延期到", say("At most six months from the assignment: {day} at the latest.", day=most)
            )
        )
    return errors


def record_extension(session: Session, item: Item, submission: Submission) -> dict[str, Any]:
    """The hub, then the committee, decide; the last word fixes the date."""
    asked = pending_extension(session, item, answer_of(submission.variables))
    values = submission.values
    agreed = values["extension"] == "agree"
    if asked is not None:
        asked.notes = [
            *asked.notes,
            {"by": submission.actor or "", "verdict": values["extension"], "note": values.get("extension_note") or ""},
        ]
        if not agreed or submission.headers.get("final") == "yes":
            asked.verdict, asked.decided_at = values["extension"], submission.at
            asked.granted = values.get("extended_to") if agreed else None
    return {"extension": values["extension"], "extended_to": values.get("extended_to")}


def extend(library: ReferenceLibrary, session: Session, item: Item, job: Job) -> dict[str, Any]:
    """The new date holds for the reply: on the part, on the steps that are open, and for those still to come."""
    facts = job.variables
    position = answer_of(facts)
    day = facts["extended_to"]
    lead = next(part for part in current_parts(session, item, position) if part.role not in ("co", "joint"))
    start = lead.assigned_at.astimezone(BEIJING).date()
    noted = agreed_date(library(None), day, "经批准延期", start)
    until: Any = noted.value
    lead.due, lead.due_notes = until, [*lead.due_notes, noted.notes]
    works = session.scalars(
        select(Work).where(Work.item_id == item.id, Work.state == "open", Work.unit_code == lead.unit.code)
    ).all()
    asked = session.scalars(select(Extension.by).where(Extension.item_id == item.id, Extension.answer == position))
    notify(
        session, [*asked, *(work.assignee or "" for work in works)], NoticeKind.DATE_MOVED, job.at, item.id,
        day=day.isoformat(), text="经批准延期",
    )  # fmt: skip
    told = {"reply_due": day, "reply_basis": "经批准延期"}
    if job.case is not None:
        for work in works:
            if work.recorder in REPLY_STEPS:
                job.case.reschedule(work.task_id, until, "经批准延期", noted.notes)
        job.case.set_below(told)
    return told
