"""What the forms of filing hold when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.directory.models import Person
from tasks.directory.queries import names_of
from tasks.filing.models import FilingReview, LapsedSignature
from tasks.filing.reviews import RESULTS
from tasks.register.categories import of_item
from tasks.register.models import Item, ItemProposer

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from tasks.steps import PrefillContext

_LAPSED = {"declined": "谢绝", "silent": "逾期未确认"}


def _cosign(context: PrefillContext) -> dict[str, Any]:
    return {"item_text": text_of(context.item), "cosign": "confirm"}


def _first_review(context: PrefillContext) -> dict[str, Any]:
    return {"result": "filed", "signatures": signatures(context.session, context.item), **_item(context.item)}


def _final_review(context: PrefillContext) -> dict[str, Any]:
    """The desk's proposal, to be confirmed or changed."""
    first = newest_review(context.session, context.item.id)
    if first is None:
        return _first_review(context)
    name = names_of(context.session, [first.by]).get(first.by, (first.by, ""))[0]
    told = f"{name}：{RESULTS[first.result]}" + (f"；{first.explanation}" if first.explanation else "")
    return {
        **_first_review(context),
        "first_opinion": told,
        "result": first.result,
        "grounds": first.grounds,
        "explanation": first.explanation,
        "merge_target": str(first.merge_target_id or ""),
        "convert_to": first.convert_to,
    }


def _edit(context: PrefillContext) -> dict[str, Any]:
    item = context.item
    review = newest_review(context.session, item.id)
    return {
        "told": review.explanation if review is not None else "",
        "title": item.title,
        "category": of_item(item),
        "situation": item.situation,
        "analysis": item.analysis,
        "measures": [{"text": measure.text} for measure in item.measures],
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "category": of_item(item),
        "key_candidate": item.key_candidate,
        "urgency": item.urgency,
        "publish_consent": item.publish_consent,
        "confidential": item.confidential,
    }


def newest_review(session: Session, item_id: int) -> FilingReview | None:
    """The last thing that the committee said about filing this item."""
    return session.scalar(
        select(FilingReview).where(FilingReview.item_id == item_id).order_by(FilingReview.id.desc()).limit(1)
    )


def signatures(session: Session, item: Item) -> str:
    """Who has signed, in one line for the reviewers."""
    rows = session.execute(
        select(Person.name, ItemProposer.position)
        .join(Person, Person.id == ItemProposer.person_id)
        .where(ItemProposer.item_id == item.id)
        .order_by(ItemProposer.position)
    ).all()
    lapsed = session.execute(
        select(Person.name, LapsedSignature.reason)
        .join(Person, Person.id == LapsedSignature.person_id)
        .where(LapsedSignature.item_id == item.id)
        .order_by(LapsedSignature.id)
    ).all()
    told = [f"领衔：{name}" for name, position in rows if position == 0]
    others = "、".join(name for name, position in rows if position)
    told += [f"附议：{others}"] if others else []
    told += [f"{name}（{_LAPSED[reason]}）" for name, reason in lapsed]
    return "；".join(told)


def text_of(item: Item) -> str:
    """The item as a co-signer reads it before she signs."""
    measures = "\n".join(f"{number}. {measure.text}" for number, measure in enumerate(item.measures, start=1))
    analysis = f"\n分析：{item.analysis}" if item.analysis else ""
    return f"情况：{item.situation}{analysis}\n具体建议：\n{measures}"


PREFILL: dict[str, Callable[[PrefillContext], dict[str, Any]]] = {
    "cosign": _cosign,
    "first_review": _first_review,
    "final_review": _final_review,
    "filing_edit": _edit,
}
