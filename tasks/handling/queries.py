"""The records of one item, as pages show them; who may see them is decided by the caller."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from tasks.attachments.queries import file_names
from tasks.deadlines.result_classes import result_names
from tasks.directory.models import Person, Unit
from tasks.directory.queries import names_of
from tasks.handling.consultations import MODES, RANKS
from tasks.handling.models import Assignment, CommitteeDecision, Consultation, Feedback, Opinion, Reply
from tasks.handling.reviews import RETURN_REASONS
from tasks.handling.views import (
    AnswerRecord,
    AssignmentRecord,
    ConsultationRecord,
    Instruction,
    Measure,
    OpinionRecord,
    RatingRecord,
    ReplyRecord,
    ReviewRecord,
)
from tasks.worklist.behalf import behalf_at
from tasks.worklist.paper_ratings import papers_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from engine.message import Message
    from tasks.handling.models import Review
    from tasks.register.models import Item


def measures(item: Item, replies: Sequence[ReplyRecord]) -> list[Measure]:
    """The item's measures, each with the answer of the newest of these replies."""
    standing = next((reply for reply in replies if reply.state != "withdrawn"), None)
    answers = {answer.position: answer for answer in standing.answers} if standing else {}
    return [
        Measure(
            position=position,
            text=measure.text,
            answer=answers[position].text if position in answers else "",
            adopted=answers[position].adopted if position in answers else "",
            due=answers[position].due if position in answers else None,
        )
        for position, measure in enumerate(item.measures)
    ]


def assignments(session: Session, item_id: int) -> list[AssignmentRecord]:
    """The parts of all units that still have one, lead first, newest round first."""
    rows = session.scalars(
        select(Assignment)
        .where(Assignment.item_id == item_id, Assignment.ended_at.is_(None))
        .options(joinedload(Assignment.unit))
        .order_by(Assignment.round.desc(), Assignment.answer, Assignment.role.in_(("co", "joint")), Assignment.id)
    ).all()
    names = names_of(session, (row.handler for row in rows))
    return [
        AssignmentRecord(
            round=row.round,
            unit_code=row.unit.code,
            unit=row.unit.short_name,
            role=row.role,
            assigned_at=row.assigned_at,
            signed_at=row.signed_at,
            signed_by_default=row.signed_by_default,
            handler=names.get(row.handler, ("", ""))[0],
            phone=row.phone,
            part=row.part,
            current=row.current,
            answer=row.answer,
            given_up=row.given_up,
        )
        for row in rows
    ]


def consultations(session: Session, item_id: int, *, photos: bool = False) -> list[ConsultationRecord]:
    """All contacts with the proposer, newest first; `photos`: with the files, for who may open them."""
    rows = session.scalars(
        select(Consultation)
        .where(Consultation.item_id == item_id)
        .options(joinedload(Consultation.unit))
        .order_by(Consultation.on.desc(), Consultation.id.desc())
    ).all()
    names = names_of(session, (row.by for row in rows))
    wanted = [photo for row in rows for photo in row.photos] if photos else []
    files = file_names(session, wanted) if wanted else {}
    return [
        ConsultationRecord(
            round=row.round,
            phase=row.phase,
            mode=row.mode,
            mode_name=MODES[row.mode].name,
            face_to_face=row.face_to_face,
            on=row.on,
            place=row.place,
            participants=row.participants,
            proposer_opinion=row.proposer_opinion,
            agreed=row.agreed,
            by=names.get(row.by, (row.by, ""))[0],
            unit=row.unit.short_name,
            id=row.id,
            highest_rank=RANKS.get(row.highest_rank, ""),
            confirmation=row.confirmation,
            confirmed_at=row.confirmed_at,
            photos=[(photo, files[photo]) for photo in row.photos if photo in files],
        )
        for row in rows
    ]


def opinions(session: Session, item: Item, round_: int | None = None) -> list[OpinionRecord]:
    """Opinions that have come, and an empty record for each unit whose opinion is outstanding in this round."""
    rows = session.scalars(
        select(Opinion)
        .where(Opinion.item_id == item.id)
        .options(joinedload(Opinion.unit))
        .order_by(Opinion.round.desc(), Opinion.version.desc(), Opinion.id)
    ).all()
    issuers = names_of(session, (row.approved_by for row in rows))
    records = [
        OpinionRecord(
            round=row.round,
            unit_code=row.unit.code,
            unit=row.unit.short_name,
            facts=row.facts,
            measures=row.measures,
            suggestion=row.suggestion,
            handler=row.handler,
            phone=row.phone,
            at=row.at,
            agrees=row.agrees,
            state=row.state,
            remark=row.remark,
            commitments=row.commitments,
            issuer=issuers.get(row.approved_by, ("", ""))[0] if row.document_number else "",
            document_number=row.document_number,
            seal=row.seal,
        )
        for row in rows
        if round_ is None or row.round == round_
    ]
    come = {(record.round, record.unit_code) for record in records}
    waiting = [
        OpinionRecord(part.round, part.unit_code, part.unit, "", "", "", part.handler, part.phone, None)
        for part in assignments(session, item.id)
        if part.role in ("co", "joint") and part.current and (part.round, part.unit_code) not in come
    ]
    return [*waiting, *records]


def replies(session: Session, item_id: int, *, issued_only: bool = False) -> list[ReplyRecord]:
    """All versions, newest first; for proposers only what was issued, without the reviews behind it."""
    wanted = (
        select(Reply)
        .where(Reply.item_id == item_id)
        .options(joinedload(Reply.unit), selectinload(Reply.answers), selectinload(Reply.reviews))
        .order_by(Reply.round.desc(), Reply.version.desc())
    )
    if issued_only:
        wanted = wanted.where(Reply.state == "issued")
    rows = session.scalars(wanted).unique().all()
    accounts = [row.by for row in rows] + [review.by for row in rows for review in row.reviews]
    names = names_of(session, accounts)
    behalf = {} if issued_only else behalf_at(session, item_id)
    labels = result_names(session)
    units = _units_named(session, rows)
    return [_reply(row, labels, names, behalf, units, with_reviews=not issued_only) for row in rows]


def _reply(
    row: Reply,
    labels: Mapping[str, str],
    names: Mapping[str, tuple[str, str]],
    behalf: Mapping[tuple[str, dt.datetime], Message],
    units: Mapping[str, str],
    *,
    with_reviews: bool,
) -> ReplyRecord:
    return ReplyRecord(
        id=row.id,
        round=row.round,
        version=row.version,
        stage=row.stage,
        unit=row.unit.short_name,
        unit_full_name=row.unit.name,
        state=row.state,
        result_class=row.result_class,
        result_name=labels.get(row.result_class, ""),
        body=row.body,
        disclosure=row.disclosure,
        contact=row.contact,
        contact_phone=row.contact_phone,
        answers=[
            AnswerRecord(answer.position, answer.measure, answer.text, answer.adopted, answer.due,
                         units.get(answer.unit_code, answer.unit_code), answer.evidence)
            for answer in row.answers
        ],
        reviews=_reviews(row, names, behalf) if with_reviews else [],
        written_by=names.get(row.by, (row.by, ""))[0],
        written_at=row.at,
        document_number=row.document_number,
        signer=row.signer,
        issued_on=row.issued_on,
        class_reason=row.class_reason,
        opinions_summary=row.opinions_summary,
        disclosure_reason=row.disclosure_reason,
        leader=row.leader,
        leader_phone=row.leader_phone,
        seal=row.seal,
        delivery=row.delivery,
        delivered_on=row.delivered_on,
        cc=row.cc,
    )


def _units_named(session: Session, rows: Sequence[Reply]) -> dict[str, str]:
    codes = {answer.unit_code for row in rows for answer in row.answers if answer.unit_code}
    if not codes:
        return {}
    return dict(session.execute(select(Unit.code, Unit.short_name).where(Unit.code.in_(codes))).all())


def _reviews(
    row: Reply, names: Mapping[str, tuple[str, str]], behalf: Mapping[tuple[str, dt.datetime], Message]
) -> list[ReviewRecord]:
    """Oldest first; a text that a reviewer changed ends where the next one who changed it began."""
    records, after = [], row.body
    for review in reversed(row.reviews):
        records.append(_review(review, names, behalf, after if review.former_body else ""))
        after = review.former_body or after
    return records[::-1]


def _review(
    row: Review, names: Mapping[str, tuple[str, str]], behalf: Mapping[tuple[str, dt.datetime], Message], body: str
) -> ReviewRecord:
    name, unit = names.get(row.by, (row.by, ""))
    return ReviewRecord(
        node=row.node,
        node_name=row.node_name,
        verdict=row.verdict,
        new_class=row.new_class,
        reasons=[RETURN_REASONS.get(reason, reason) for reason in row.reasons],
        text=row.text,
        by=name,
        unit=unit,
        at=row.at,
        former_body=row.former_body,
        body=body,
        on_behalf=behalf.get((row.by, row.at)),
    )


def ratings(session: Session, item_id: int) -> list[RatingRecord]:
    """How the rounds were rated, newest first. Only for readers with a permission on ratings."""
    rows = session.execute(
        select(Feedback, Person.name)
        .outerjoin(Person, Person.id == Feedback.person_id)
        .where(Feedback.item_id == item_id)
        .order_by(Feedback.round.desc())
    )
    papers = papers_of(session, item_id)
    found = []
    for row, name in rows:
        clerk, scans = papers.get((row.by, row.at), ("", ())) if row.channel == "committee" else ("", ())
        found.append(RatingRecord(row.round, name or "", row.scores, row.overall, row.opinion, row.at, clerk, scans))
    return found


def instructions(session: Session, item_id: int) -> list[Instruction]:
    """Orders to handle the item again, newest first; they tell the questions and never the rating."""
    rows = session.scalars(
        select(CommitteeDecision)
        .where(CommitteeDecision.item_id == item_id, CommitteeDecision.decision.in_(("rehandle", "refuse_closing")))
        .order_by(CommitteeDecision.at.desc())
    ).all()
    names = names_of(session, (row.by for row in rows))
    return [
        Instruction(row.round, row.decision, row.questions, names.get(row.by, (row.by, ""))[1] or row.by, row.at)
        for row in rows
    ]
