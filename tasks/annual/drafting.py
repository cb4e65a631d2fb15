"""The first words of a report: the figures that the records give, for the unit to go on from."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import extract, func, or_, select

from tasks.annual.service import report_of
from tasks.handling.models import Assignment, Reply, Review
from tasks.register.models import Item
from tasks.tracking.models import Commitment

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy.orm import Session

    from tasks.annual.models import AnnualReport
    from tasks.steps import PrefillContext

_STATES = {"open": "正在落实", "fulfilled": "已经落实", "changed": "情况变化"}
_CHAPTERS = ("二、主要做法", "三、存在问题", "四、下一步打算")


def first_values(context: PrefillContext) -> dict[str, Any]:
    """What was written before, or a draft from the records."""
    report = report_of(context.session, context.subject_key)
    if report.text:
        return {"report_text": report.text, "problems": report.problems, "returned": report.returned}
    draft = _promises if report.kind == "commitments" else _work
    return {"report_text": draft(context.session, report), "returned": report.returned}


def as_sent(context: PrefillContext) -> dict[str, Any]:
    """The report as its readers find it."""
    report = report_of(context.session, context.subject_key)
    return {"report_text": report.text, "problems": report.problems}


def _work(session: Session, report: AnnualReport) -> str:
    roles = Counter(
        session.scalars(
            select(Assignment.role)
            .join(Item, Item.id == Assignment.item_id)
            .where(Assignment.unit_id == report.unit_id, Assignment.ended_at.is_(None), Item.year == report.year)
            .where(Assignment.round == 1)
        )
    )
    issued = session.execute(
        select(Reply.item_id, Reply.result_class)
        .join(Item, Item.id == Reply.item_id)
        .where(Reply.unit_id == report.unit_id, Reply.state == "issued", Reply.round == 1, Reply.stage != "second")
        .where(Item.year == report.year)
    ).all()
    classes = Counter(one.result_class for one in issued)
    returns = session.scalar(
        select(func.count())
        .select_from(Review)
        .join(Reply, Reply.id == Review.reply_id)
        .join(Item, Item.id == Reply.item_id)
        .where(Reply.unit_id == report.unit_id, Review.verdict == "return", Item.year == report.year)
    )
    lead = sum(count for role, count in roles.items() if role != "co")
    shares = "、".join(f"{letter}类{count}件" for letter, count in sorted(classes.items()))
    first = (
        f"一、总体情况\n{report.year}年，本单位承办建议提案{roles.total()}件，其中主办（含分别办理）{lead}件、"
        f"会办{roles['co']}件；已印发答复{len(issued)}件{f'（{shares}）' if shares else ''}，被退办{returns}次。"
    )
    return "\n\n".join([first, *(f"{chapter}\n" for chapter in _CHAPTERS)])


def _promises(session: Session, report: AnnualReport) -> str:
    made = extract("year", Commitment.promised_on).in_([report.year, report.year - 1])
    rows = session.execute(
        select(Commitment, Item)
        .join(Item, Item.id == Commitment.item_id)
        .where(Commitment.unit_id == report.unit_id, or_(made, Commitment.state == "open"))
        .order_by(Commitment.due, Commitment.id)
    ).all()
    lines = [
        f"{place}. {item.number or ''}《{item.title}》：{row.promise}（{row.due:%Y-%m-%d}前）——{_STATES[row.state]}。"
        for place, (row, item) in enumerate(rows, start=1)
    ]
    return "\n".join(lines)
