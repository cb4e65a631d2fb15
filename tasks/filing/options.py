"""Choices on the forms of filing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, select

from tasks.cases.views import ItemState
from tasks.database import table_of
from tasks.directory.models import Membership, Person, Term
from tasks.directory.queries import BODY_OF_KIND
from tasks.filing.reviews import RESULTS
from tasks.filing.similar import similarity
from tasks.forms.views import Option
from tasks.register.models import Item, ItemProposer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.steps import OptionContext

_HINTS = {
    "filed": "编号，进入分办",
    "returned_for_edit": "退提出人修改后重报",
    "not_filed": "说明理由，告知提出人",
    "converted": "转作社情民意、参阅件或来信",
    "merged": "与内容相同或者相近的并案办理，各自保留编号",
}
_OUT = (ItemState.NOT_FILED, ItemState.CONVERTED, ItemState.MERGED, ItemState.WITHDRAWN, ItemState.RETURNED_FOR_EDIT)
PROPOSER_TYPES = {
    "individual": "个人",
    "joint": "联名",
    "delegation": "代表团",
    "party": "民主党派、工商联",
    "organisation": "人民团体",
    "sector": "界别",
    "special_committee": "专门委员会",
    "group": "小组、联组",
}
CONTACT_WISHES = {"meeting": "希望当面沟通", "phone": "电话沟通即可", "written": "书面答复即可"}


def _results(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
    return [Option(code, name, _HINTS[code]) for code, name in RESULTS.items()]


def _of_setting(name: str) -> Callable[[Session, OptionContext], Sequence[Option]]:
    """Choices that an area keeps as a list of words."""

    def choices(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
        return [Option(word, word) for word in context.reference.settings.get(name) or ()]

    return choices


def _grounds(session: Session, context: OptionContext) -> Sequence[Option]:
    """Suggestions and proposals have lists of their own (handbook §3.2, step 2)."""
    return _of_setting(f"filing_grounds_{context.kind}")(session, context)


def _merge_targets(session: Session, context: OptionContext) -> Sequence[Option]:
    """Items of the same session with which this one may be handled, the most similar title first."""
    item = session.get(Item, context.item_id) if context.item_id is not None else None
    if item is None:
        return []
    others = session.execute(_OTHERS, {"kind": item.kind, "sitting": item.sitting_id, "item": item.id}).all()
    ranked = sorted(others, key=lambda other: (-similarity(item.title, other.title), other.id))
    return [Option(str(other.id), f"{other.number or '未编号'} {other.title}", other.name or "") for other in ranked]


_ITEM, _PROPOSER, _PERSON = table_of(Item), table_of(ItemProposer), table_of(Person)
_OTHERS = (
    select(_ITEM.c.id, _ITEM.c.number, _ITEM.c.title, _PERSON.c.name)
    .select_from(
        _ITEM.outerjoin(_PROPOSER, and_(_PROPOSER.c.item_id == _ITEM.c.id, _PROPOSER.c.position == 0)).outerjoin(
            _PERSON
        )
    )
    .where(
        _ITEM.c.kind == bindparam("kind"),
        _ITEM.c.sitting_id == bindparam("sitting"),
        _ITEM.c.id != bindparam("item"),
        _ITEM.c.state.not_in(_OUT),
    )
)


def _earlier_items(session: Session, context: OptionContext) -> Sequence[Option]:
    """Own items of earlier days that the new one may repeat."""
    mine = session.scalars(
        select(Item)
        .join(ItemProposer)
        .where(ItemProposer.person_id == context.person_id, ItemProposer.position == 0)
        .order_by(Item.submitted_at.desc())
        .limit(50)
    ).all()
    years = Option("years", "多年提出过", "以前的不在本系统")
    return [years, *(Option(str(item.id), f"{item.year}年 {item.number or ''} {item.title}") for item in mine)]


def _members(session: Session, context: OptionContext) -> Sequence[Option]:
    """All deputies, or all members of the CPPCC: for who enters an item on behalf of one."""
    found = session.execute(
        select(Person.id, Person.name, Membership.delegation)
        .join(Membership, Membership.person_id == Person.id)
        .join(Term, Term.id == Membership.term_id)
        .where(Term.body == BODY_OF_KIND[context.kind])
        .order_by(Membership.delegation, Person.id)
    )
    return [Option(str(person), f"{name}（{delegation}）") for person, name, delegation in found]


def _named(names: Mapping[str, str]) -> Callable[[Session, OptionContext], Sequence[Option]]:
    def choices(session: Session, context: OptionContext) -> Sequence[Option]:  # noqa: ARG001
        return [Option(code, name) for code, name in names.items()]

    return choices


SOURCES: dict[str, Callable[[Session, OptionContext], Sequence[Option]]] = {
    "filing_results": _results,
    "filing_grounds": _grounds,
    "convert_targets": _of_setting("convert_targets"),
    "urgencies": _of_setting("urgencies"),
    "origins": _of_setting("origins"),
    "merge_targets": _merge_targets,
    "earlier_items": _earlier_items,
    "proposer_types": _named(PROPOSER_TYPES),
    "members": _members,
    "contact_wishes": _named(CONTACT_WISHES),
}
