"""What must hold between the fields of filing's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from engine.message import say
from tasks.forms.views import FieldError
from tasks.register.models import Item, ItemProposer
from tasks.register.rules import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tasks.steps import CheckContext


def _review(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    if values.get("contains_secret") and values["result"] != "not_filed":
        yield FieldError(
            "result", "审查结果",
            say("State secrets must not stay in this system: the item cannot be filed here. Choose “not filed”; its "
                "text is removed, and the proposer hands it in on paper."),
        )  # fmt: skip
    target = values.get("merge_target")
    if values["result"] == "merged" and target:
        other = context.session.get(Item, int(target))
        if other is not None and other.merged_into_id == context.item.id:
            yield FieldError("merge_target", "并入哪一件", say("That item has been merged into this one."))


def _edit(values: Mapping[str, Any], context: CheckContext) -> Iterator[FieldError]:
    item = context.item
    ending = ENDINGS[item.kind]
    if not values["title"].endswith(ending):
        yield FieldError("title", "案由", say("The title must end with “{ending}”.", ending=ending))
    lead = select(ItemProposer.person_id).where(ItemProposer.item_id == item.id, ItemProposer.position == 0)
    same = (
        select(Item.id)
        .join(ItemProposer)
        .where(Item.title == values["title"], Item.id != item.id)
        .where(ItemProposer.position == 0, ItemProposer.person_id.in_(lead))
    )
    if context.session.scalar(same.limit(1)) is not None:
        yield FieldError("title", "案由", say("You have submitted an item with this title already."))


CHECKS: dict[str, Callable[[Mapping[str, Any], CheckContext], Iterator[FieldError]]] = {
    "first_review": _review,
    "final_review": _review,
    "filing_edit": _edit,
}
