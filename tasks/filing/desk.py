"""The desk of filing: what is being reviewed, what was decided, and what an upper level passed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import readable
from tasks.cases.views import ItemState
from tasks.deadlines.explanation import describe, settled
from tasks.filing.entering import kind_entered
from tasks.filing.models import FilingReview, UpperItem
from tasks.filing.reviews import RESULTS
from tasks.register.models import Item, ItemProposer
from tasks.settings import BEIJING
from tasks.worklist.models import IS_OPEN, Work
from tasks.worklist.rows import Today, due_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.deadlines.views import Due

_STEPS = ("cosign", "first_review", "final_review", "edit")
SHOWN = 50
"""So many lines are shown of what is under review; the register has them all."""
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An item on its way to being filed."""

    item_id: int
    kind: str
    title: str
    proposer: str
    signed: int
    asked: int
    """Co-signers: how many have confirmed of how many that still count."""
    state: ItemState
    step: str
    step_name: str
    task_id: str
    due: Due | None
    submitted: dt.datetime
    on_behalf: bool


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """What the committee decided last."""

    item_id: int
    kind: str
    number: str
    title: str
    proposer: str
    result: str
    result_name: str
    explanation: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class UpperRow:
    """An item of an upper level with both of its clocks."""

    item_id: int
    kind: str
    external_number: str
    title: str
    external_lead: str
    contact: str
    contact_phone: str
    role: str
    external_due: dt.date
    inner: Due
    uploaded_on: dt.date | None
    upload_proof: str
    adopted: str


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything on the desk that this actor may see."""

    reviews: Sequence[ReviewRow]
    decided: Sequence[DecidedRow]
    upper: Sequence[UpperRow]
    """One page of them."""
    page: int
    pages: int
    total: int
    counts: Mapping[str, int]
    """How many items stand at each step; of the reviews only the first are shown."""
    may_enter: bool
    may_register_upper: bool

    def counted(self, step: str) -> int:
        """How many items stand at a step."""
        return self.counts.get(step, 0)


def desk(banli: Banli, actor: Actor, page: int = 1) -> DeskPage:
    """The desk of a committee, or of the hub."""
    today = Today.of(banli)
    with banli.reading() as session:
        upper, total = _upper(session, actor, today, page)
        counts = session.execute(
            _under_review(actor, Work.element_id, func.count(Item.id.distinct())).group_by(Work.element_id)
        ).all()
        return DeskPage(
            reviews=_reviews(session, actor, today),
            decided=_decided(session, actor),
            upper=upper,
            page=page,
            pages=max(1, -(-total // PAGE_SIZE)),
            total=total,
            counts=dict(counts),
            may_enter=_may_enter(actor),
            may_register_upper={Permission.AREA_ITEM_IMPORT, Permission.AREA_ITEM_READ} <= actor.permissions,
        )


def _may_enter(actor: Actor) -> bool:
    try:
        kind_entered(actor)
    except NotAllowed:
        return False
    return True


def _under_review(actor: Actor, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Work)
        .join(Item, Item.id == Work.item_id)
        .where(readable(actor), IS_OPEN, Work.element_id.in_(_STEPS), Item.filed_at.is_(None))
    )


def _reviews(session: Session, actor: Actor, today: Today) -> list[ReviewRow]:
    found = session.execute(
        _under_review(actor, Work, Item)
        .options(selectinload(Item.proposers).joinedload(ItemProposer.person))
        .order_by(Work.due.is_(None), Work.due, Work.opened_at)
        .limit(SHOWN)
    ).all()
    rows: dict[int, ReviewRow] = {}  # of several co-signers' tasks one line
    for work, item in found:
        others = item.proposers[1:]
        rows.setdefault(
            item.id,
            ReviewRow(
                item_id=item.id,
                kind=item.kind,
                title=item.title,
                proposer=item.proposers[0].person.name if item.proposers else "",
                signed=sum(row.confirmed_at is not None for row in others),
                asked=len(others),
                state=ItemState(item.state),
                step=work.element_id,
                step_name=work.step_name,
                task_id=work.task_id,
                due=due_of(today, work),
                submitted=item.submitted_at,
                on_behalf=bool(item.entered_by),
            ),
        )
    return list(rows.values())


def _decided(session: Session, actor: Actor) -> list[DecidedRow]:
    found = session.execute(
        select(FilingReview, Item)
        .join(Item, Item.id == FilingReview.item_id)
        .where(readable(actor), FilingReview.stage == "final", FilingReview.result != "returned_for_edit")
        .options(selectinload(Item.proposers).joinedload(ItemProposer.person))
        .order_by(FilingReview.id.desc())
        .limit(50)
    ).all()
    return [
        DecidedRow(
            item_id=item.id,
            kind=item.kind,
            number=item.number or "",
            title=item.title,
            proposer=item.proposers[0].person.name if item.proposers else "",
            result=review.result,
            result_name=RESULTS[review.result],
            explanation=review.explanation,
            at=review.at,
        )
        for review, item in found
    ]


def _upper(session: Session, actor: Actor, today: Today, page: int) -> tuple[list[UpperRow], int]:
    if Permission.AREA_ITEM_READ not in actor.permissions:
        return [], 0
    total = session.scalar(select(func.count()).select_from(UpperItem)) or 0
    found = session.execute(
        select(UpperItem, Item)
        .join(Item, Item.id == UpperItem.item_id)
        .options(joinedload(Item.sitting))
        .order_by(UpperItem.uploaded_on.is_not(None), UpperItem.inner_due)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    rows = [
        UpperRow(
            item_id=item.id,
            kind=item.kind,
            external_number=row.external_number,
            title=item.title,
            external_lead=row.external_lead,
            contact=row.contact,
            contact_phone=row.contact_phone,
            role=row.role,
            external_due=row.external_due,
            inner=_inner(row, today),
            uploaded_on=row.uploaded_on,
            upload_proof=row.upload_proof,
            adopted=row.adopted,
        )
        for row, item in found
    ]
    return rows, total


def _inner(row: UpperItem, today: Today) -> Due:
    due = describe(today.reference, row.inner_due, row.inner_due_notes, "reply", today.now)
    if row.uploaded_on is None:
        return due
    end = row.inner_due.astimezone(BEIJING).replace(
        year=row.uploaded_on.year, month=row.uploaded_on.month, day=row.uploaded_on.day
    )
    return settled(due, end)
