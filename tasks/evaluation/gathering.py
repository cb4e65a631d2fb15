"""Reading the parts of a year from the rows: a handful of queries for all units together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select

from tasks.cases.views import ItemState
from tasks.directory.queries import the_area
from tasks.evaluation.facts import CO, LEAD, SEPARATE, PartFacts, Rating
from tasks.handling.models import (
    Adjustment,
    Assignment,
    Consultation,
    Feedback,
    Opinion,
    Publication,
    Reply,
    ReplyAnswer,
    Review,
)
from tasks.handling.ratings import DIMENSIONS, silence_counts_as
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.models import Commitment, LookBackVisit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

APPROVERS = frozenset({"S3", "VM", "MY"})
"""Nodes of the review chain whose pass approves a class: the hub's leader and those above (handbook §4.1)."""
PASSED = frozenset({"pass", "reclass"})
HANDED_IN = frozenset({"approved", "accepted", "bounced"})
"""States of an opinion that has left its unit."""
FORMAT = "format"
NOT_HANDLED = (ItemState.NOT_FILED, ItemState.CONVERTED, ItemState.MERGED, ItemState.WITHDRAWN)
"""Items that no unit answers: they count for nobody."""
Part = tuple[int, int]
"""Item and unit."""


@dataclass
class Rows:
    """Everything of a year, by part."""

    items: dict[int, Item]
    assignments: dict[Part, list[Assignment]]
    replies: dict[Part, list[Reply]]
    """First replies by item and answer: units that lead together have one between them."""
    returns: dict[Part, list[Review]]
    approved: set[Part]
    talks: dict[Part, list[Consultation]]
    opinions: dict[Part, list[Opinion]]
    answers: dict[int, list[ReplyAnswer]]
    published: set[int]
    """Ids of the replies that were published."""
    ratings: dict[Part, Rating]
    """By item and answer."""
    objections: dict[Part, list[Adjustment]]
    commitments: dict[Part, list[Commitment]]
    visits: dict[Part, list[LookBackVisit]]


def units_of_year(session: Session, year: int, cut_off: dt.date) -> Sequence[int]:
    """Ids of the units that have a part in an item of the year."""
    until = dt.datetime.combine(cut_off, dt.time.max, BEIJING)
    return session.scalars(
        select(Assignment.unit_id)
        .join(Item, Item.id == Assignment.item_id)
        .where(Item.year == year, Item.state.not_in(NOT_HANDLED))
        .where(Assignment.ended_at.is_(None), Assignment.assigned_at <= until)
        .distinct()
        .order_by(Assignment.unit_id)
    ).all()


def parts_of(session: Session, year: int, unit_id: int, cut_off: dt.date) -> list[PartFacts]:
    """The parts of one unit in the items of a year; what happened after the cut-off day is not counted."""
    rows = _read(session, year, unit_id, cut_off)
    units: dict[int, set[int]] = defaultdict(set)
    for item_id, unit in rows.assignments:
        units[item_id].add(unit)
    return [
        _facts(rows, part, cut_off, several=len(units[part[0]]) > 1)
        for part in sorted(rows.assignments)
        if part[1] == unit_id
    ]


def _read(session: Session, year: int, unit_id: int, cut_off: dt.date) -> Rows:
    mine = select(Assignment.item_id).join(Item, Item.id == Assignment.item_id)
    mine = mine.where(Item.year == year, Item.state.not_in(NOT_HANDLED), Assignment.unit_id == unit_id)
    items = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(mine)))}
    until = dt.datetime.combine(cut_off, dt.time.max, BEIJING)
    replies = session.scalars(select(Reply).where(Reply.item_id.in_(mine)).order_by(Reply.round, Reply.version)).all()
    part_of = {reply.id: (reply.item_id, reply.unit_id) for reply in replies}
    reviews = session.scalars(
        select(Review).join(Reply).where(Reply.item_id.in_(mine), Review.at <= until).order_by(Review.id)
    ).all()
    answers = session.scalars(select(ReplyAnswer).join(Reply).where(Reply.item_id.in_(mine))).all()
    return Rows(
        items=items,
        assignments=_by_part(
            row
            for row in session.scalars(
                select(Assignment)
                .where(Assignment.item_id.in_(mine), Assignment.assigned_at <= until)
                .order_by(Assignment.round, Assignment.id)
            )
            if row.ended_at is None
        ),
        replies=_grouped(
            ((reply.item_id, reply.answer), reply)
            for reply in replies
            if reply.state == "issued" and reply.issued_on is not None and reply.issued_on <= cut_off
        ),
        returns=_reviews(reviews, part_of, "return"),
        approved={
            part_of[review.reply_id] for review in reviews if review.verdict in PASSED and review.node in APPROVERS
        },
        talks=_by_part(
            session.scalars(select(Consultation).where(Consultation.item_id.in_(mine), Consultation.on <= cut_off))
        ),
        opinions=_by_part(
            session.scalars(select(Opinion).where(Opinion.item_id.in_(mine), Opinion.at <= until).order_by(Opinion.id))
        ),
        answers=_grouped((answer.reply_id, answer) for answer in answers),
        published=set(
            session.scalars(
                select(Publication.reply_id)
                .join(Reply)
                .where(Reply.item_id.in_(mine), Publication.form != "refused", Publication.published_on <= cut_off)
            )
        ),
        ratings=_ratings(session, mine, until),
        objections=_objections(session, mine, until),
        commitments=_by_part(session.scalars(select(Commitment).where(Commitment.item_id.in_(mine)))),
        visits=_by_part(session.scalars(select(LookBackVisit).where(LookBackVisit.item_id.in_(mine)))),
    )


def _by_part(rows: Iterable[Any]) -> dict[Part, list[Any]]:
    return _grouped(((row.item_id, row.unit_id), row) for row in rows)


def _grouped(pairs: Iterable[tuple[Any, Any]]) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return dict(found)


def _reviews(reviews: Iterable[Review], part_of: dict[int, Part], verdict: str) -> dict[Part, list[Review]]:
    return _grouped((part_of[review.reply_id], review) for review in reviews if review.verdict == verdict)


def _objections(session: Session, mine: Select[Any], until: dt.datetime) -> dict[Part, list[Adjustment]]:
    found = session.execute(
        select(Adjustment, Assignment.unit_id)
        .join(Assignment, Assignment.id == Adjustment.assignment_id)
        .where(Adjustment.item_id.in_(mine), Adjustment.at <= until, Adjustment.act != "add")
    )
    return _grouped(((asked.item_id, unit), asked) for asked, unit in found)


def _ratings(session: Session, mine: Select[Any], until: dt.datetime) -> dict[Part, Rating]:
    """First and newest ratings of first replies by item and answer; silence is what the area makes of it."""
    silence = silence_counts_as(session, the_area(session).id)
    rows = session.scalars(
        select(Feedback)
        .where(Feedback.item_id.in_(mine), Feedback.stage == "first")
        .where(Feedback.at <= until)
        .order_by(Feedback.round)
    )
    found: dict[Part, list[Rating]] = _grouped(
        ((row.item_id, row.answer), Rating(overall, _scores(row, silence)))
        for row in rows
        if (overall := silence if row.overall == "none" else row.overall)
    )
    return {part: replace(said[0], last=said[-1].overall if len(said) > 1 else "") for part, said in found.items()}


def _scores(row: Feedback, silence: str) -> dict[str, str]:
    """By dimension; where silence counts, it counts alike in each."""
    if row.overall == "none":
        return dict.fromkeys(DIMENSIONS, silence)
    return {name: str(score) for name, score in row.scores.items()}


def _facts(rows: Rows, part: Part, cut_off: dt.date, *, several: bool) -> PartFacts:
    assigned = rows.assignments[part]
    role = {"co": CO, "separate": SEPARATE}.get(assigned[-1].role, LEAD)
    first = assigned[0]
    due = first.due.astimezone(BEIJING).date() if first.due is not None else None
    answer = (part[0], first.answer)
    issued = rows.replies.get(answer, []) if role != CO else []
    reply = issued[0] if issued else None
    opinions = [opinion for opinion in rows.opinions.get(part, []) if opinion.state in HANDED_IN]
    done = _handed_in(opinions) if role == CO else _replied_on(reply)
    answers = rows.answers.get(reply.id, []) if reply is not None else []
    talks = rows.talks.get(part, [])
    returns = rows.returns.get(part, [])
    item = rows.items[part[0]]
    objections = rows.objections.get(part, [])
    visits = [visit for visit in rows.visits.get(part, []) if visit.verdict]
    due_promises = [one for one in rows.commitments.get(part, []) if one.due <= cut_off and one.state != "changed"]
    return PartFacts(
        item_id=part[0],
        role=role,
        several=several,
        replied=reply is not None,
        on_time=done is not None and (due is None or done <= due or first.suspended_at is not None),
        # Nothing is owed yet while its clock stands still.
        due_passed=due is not None and due <= cut_off and (done is not None or first.suspended_at is None),
        met=any(talk.face_to_face for talk in talks),
        phases=frozenset(talk.phase for talk in talks),
        head_met=any(talk.face_to_face and talk.highest_rank == "head" for talk in talks),
        returns=len(returns),
        format_returns=sum(FORMAT in review.reasons for review in returns),
        first_class=reply.result_class if reply is not None else "",
        result_class=(item.result_class or issued[-1].result_class) if issued else "",
        class_approved=part in rows.approved,
        proposed=len(answers),
        adopted=sum(answer.adopted == "adopted" for answer in answers),
        commitments_due=len(due_promises),
        commitments_kept=sum(_kept(one) for one in due_promises),
        publishable=reply is not None and reply.disclosure == "public",
        published=any(one.id in rows.published for one in issued),
        objections=len(objections),
        upheld=sum(asked.verdict in {"agree", "release"} for asked in objections),
        days=(done - first.assigned_at.astimezone(BEIJING).date()).days
        if reply is not None and done is not None
        else None,
        confirmed=bool(visits),
        reopened=any(visit.verdict == "relapsed" for visit in visits),
        opinion=bool(opinions),
        opinion_redone=any(opinion.state == "bounced" for opinion in opinions),
        rating=rows.ratings.get(answer) if role != CO else None,
    )


def _handed_in(opinions: Sequence[Opinion]) -> dt.date | None:
    """When the first opinion left the unit: with its leader's approval."""
    if not opinions:
        return None
    return (opinions[0].approved_at or opinions[0].at).astimezone(BEIJING).date()


def _replied_on(reply: Reply | None) -> dt.date | None:
    """The date that the area counts as the reply's; older replies have that of their issue."""
    return (reply.replied_on or reply.issued_on) if reply is not None else None


def _kept(one: Commitment) -> bool:
    return one.state == "fulfilled" and one.fulfilled_on is not None and one.fulfilled_on <= one.due
