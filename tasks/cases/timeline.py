"""What happened to a case, newest first, as its reader may know it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from engine.message import say
from tasks.attachments.queries import named_files
from tasks.cases.access import hidden_from, is_proposer, knows_proposer
from tasks.cases.added_fields import labels_of, plain
from tasks.cases.headers import proposer_shown
from tasks.cases.timeline_beside import beside
from tasks.cases.views import TimelineEntry
from tasks.directory.queries import names_of
from tasks.handling.adjustment_records import adjustment_texts
from tasks.handling.models import Assignment, CommitteeDecision, Reply, Review, TaskSubmission
from tasks.handling.reviews import RETURN_REASONS
from tasks.worklist.behalf import ACTS, ALARMING, on_behalf
from tasks.worklist.behalf import told as act_told
from tasks.worklist.models import Work, WorkAct

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.register.models import Item


PROPOSERS = frozenset({"cosign", "filing_edit", "feedback"})
"""Recorders of the steps that proposers do themselves."""


def timeline(banli: Banli, session: Session, actor: Actor, item: Item) -> list[TimelineEntry]:
    """Finished steps, returns with their reasons, sign-ins by default, orders of the committee."""
    hidden, own = hidden_from(actor, item), is_proposer(actor, item)
    done = Work.state.in_(["completed", "withdrawn"])
    works = session.scalars(select(Work).where(Work.item_id == item.id, done)).all()
    reviews = {
        (review.by, review.at): review
        for review in session.scalars(select(Review).join(Reply).where(Reply.item_id == item.id))
    }
    if not knows_proposer(actor, item):  # steps of proposers would name them
        works = [work for work in works if work.recorder not in PROPOSERS]
    names = names_of(session, [work.finished_by for work in works])
    extras = {
        row.task_id: _labelled(banli, session, row)
        for row in session.scalars(select(TaskSubmission).where(TaskSubmission.item_id == item.id))
        if row.extra
    }
    told = adjustment_texts(session, item.id)
    behalf = on_behalf(session, [work.task_id for work in works])
    entries = [
        replace(
            _adjustment(work, names, told[work.task_id])
            if work.task_id in told
            else _entry(
                work, reviews.get((work.finished_by or "", work.finished_at)), names, extras.get(work.task_id, {})
            ),
            on_behalf=behalf.get(work.task_id),
        )
        for work in works
        if work.finished_at is not None
        and work.confidential not in hidden
        and not (own and (work.task_id in told or work.recorder == "review"))
    ]
    if not own:  # how a unit divides its work is its own matter
        entries += _acts(session, item, hidden)
    entries += _orders(session, item)
    entries += _defaults(session, item)
    entries += beside(session, actor, item)
    entries.append(
        TimelineEntry(
            at=item.submitted_at,
            who=proposer_shown(actor, item),
            unit="",
            what=say("submitted the item"),
            text="",
            tone="plain",
            element_id="",
        )
    )
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


def _labelled(banli: Banli, session: Session, row: TaskSubmission) -> dict[str, object]:
    """The added fields of a step by what the form calls them."""
    labels = labels_of(banli.forms, row.form_id, row.extra)
    return {labels[key]: named_files(session, row.item_id or 0, value) for key, value in row.extra.items()}


def course(session: Session, root_id: str) -> list[TimelineEntry]:
    """Finished steps of a case that concerns no item, newest first."""
    works = session.scalars(select(Work).where(Work.root_id == root_id, Work.state == "completed")).all()
    names = names_of(session, [work.finished_by for work in works])
    return sorted((_entry(work, None, names, {}) for work in works), key=lambda entry: entry.at, reverse=True)


def _entry(
    work: Work, review: Review | None, names: Mapping[str, tuple[str, str]], extra: Mapping[str, object]
) -> TimelineEntry:
    name, unit = names.get(work.finished_by or "", (work.finished_by or "", ""))
    at = work.finished_at or work.opened_at
    added = "；".join(f"{key}：{plain(value)}" for key, value in extra.items() if value not in (None, "", []))
    if review is None:
        return TimelineEntry(
            at, name, unit, say("finished {step}", step=work.step_name), added, "plain", work.element_id
        )
    reasons = "、".join(RETURN_REASONS.get(reason, reason) for reason in review.reasons)
    told = "；".join(part for part in (reasons, review.text, added) if part)
    if review.verdict == "return":
        return TimelineEntry(
            at, name, unit, say("returned the reply ({step})", step=review.node_name), told, "return", work.element_id
        )
    return TimelineEntry(
        at, name, unit, say("passed the reply ({step})", step=review.node_name), told, "plain", work.element_id
    )


def _acts(session: Session, item: Item, hidden: Collection[str]) -> list[TimelineEntry]:
    """Tasks handed over, with the remark, and submissions taken back, cases sent back."""
    found = session.execute(
        select(WorkAct, Work).join(Work, Work.task_id == WorkAct.task_id).where(Work.item_id == item.id)
    ).all()
    names = names_of(session, [account for act, _ in found for account in (act.by, act.receiver)])
    return [
        TimelineEntry(
            at=act.at,
            who=names.get(act.by, (act.by, ""))[0],
            unit=names.get(act.by, ("", ""))[1],
            what=act_told(act, work.step_name, names.get(act.receiver, (act.receiver, ""))[0]),
            text=act.remark,
            tone="return" if act.kind in ALARMING else "plain",
            element_id=work.element_id,
        )
        for act, work in found
        if work.confidential not in hidden and act.kind in ACTS
    ]


def _adjustment(work: Work, names: Mapping[str, tuple[str, str]], text: str) -> TimelineEntry:
    name, unit = names.get(work.finished_by or "", (work.finished_by or "", ""))
    at = work.finished_at or work.opened_at
    return TimelineEntry(at, name, unit, say("finished {step}", step=work.step_name), text, "return", work.element_id)


def _orders(session: Session, item: Item) -> list[TimelineEntry]:
    rows = session.scalars(
        select(CommitteeDecision).where(CommitteeDecision.item_id == item.id, CommitteeDecision.decision == "rehandle")
    ).all()
    names = names_of(session, (row.by for row in rows))
    return [
        TimelineEntry(
            at=row.at,
            who=names.get(row.by, (row.by, ""))[0],
            unit=names.get(row.by, ("", ""))[1],
            what=say("ordered the item to be handled again"),
            text=row.questions,
            tone="return",
            element_id="study",
        )
        for row in rows
    ]


def _defaults(session: Session, item: Item) -> list[TimelineEntry]:
    rows = session.scalars(select(Assignment).where(Assignment.item_id == item.id, Assignment.signed_by_default)).all()
    return [
        TimelineEntry(
            at=row.signed_at or row.assigned_at,
            who="",
            unit=row.unit.short_name,
            what=say("did not sign in by the date and counts as having accepted"),
            text="",
            tone="system",
            element_id="accept_by_default",
        )
        for row in rows
    ]
