"""The register: the items that one may read, found, counted and read by the page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import and_, func, literal, select
from sqlalchemy.orm import joinedload, selectinload

from tasks.cases.access import readable, reads_all
from tasks.cases.filtering import wanted_items
from tasks.cases.headers import proposer_shown, reply_dues, units_of
from tasks.cases.views import COUNTED, ItemState, RegisterFilters, RegisterPage, RegisterRow
from tasks.directory.queries import handling_units
from tasks.forms.views import Option
from tasks.pausing.reminding import over_of
from tasks.register.categories import filters as category_filters
from tasks.register.models import Item, ItemProposer
from tasks.worklist.models import Work
from tasks.worklist.rows import REVIEW, steps_seen
from tasks.worklist.views import MANY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

PAGE_SIZE = 50
_FEW = {"overdue", "returned"}
"""Where few of all cases are found, and each must be looked into: once for their number and the page."""


def case_count(banli: Banli, actor: Actor) -> int:
    """How many cases this actor may read, counting no further than one beyond `MANY`."""
    with banli.reading() as session:
        some = select(Item.id).where(readable(actor)).limit(MANY + 1).subquery()
        return session.scalar(select(func.count()).select_from(some)) or 0


def register(banli: Banli, actor: Actor, filters: RegisterFilters | None = None, page: int = 1) -> RegisterPage:
    """One page of the items that this actor may read, newest first."""
    wanted = filters or RegisterFilters()
    condition = and_(readable(actor), wanted_items(actor, wanted, banli.now()))
    with banli.reading() as session:
        counts, known = _tally(session, readable(actor))
        everything = counts.total()
        ids: Sequence[int] | None = None
        total = everything
        if wanted.text:
            alone = wanted == RegisterFilters(text=wanted.text) and len(wanted.text.split()) == 1
            if alone and reads_all(actor):
                condition = wanted_items(actor, wanted, banli.now(), most=COUNTED + 1)
            ids, total = _found(session, condition, page)
            if ids is None:
                condition = and_(readable(actor), wanted_items(actor, wanted, banli.now(), each=True))
        elif wanted.narrows:
            ids, total = _found(session, condition, page) if wanted.only in _FEW else (None, 0)
            if ids is None:
                total = session.scalar(select(func.count()).select_from(Item).where(condition)) or 0
        elif wanted.state:
            total = counts[wanted.state]
        if ids is None:
            # The index finds the page, so that of all items only these are read.
            newest = select(Item.id).where(condition).order_by(Item.submitted_at.desc(), Item.id.desc())
            ids = session.scalars(newest.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
        items = session.scalars(
            select(Item)
            .where(Item.id.in_(ids))
            .order_by(Item.submitted_at.desc(), Item.id.desc())
            .options(joinedload(Item.sitting), selectinload(Item.proposers).joinedload(ItemProposer.person))
        ).all()
        return RegisterPage(
            rows=_register_rows(banli, session, actor, items),
            total=total,
            page=page,
            pages=max(1, -(-total // PAGE_SIZE)),
            units=[Option(unit.code, unit.short_name) for unit in handling_units(session)],
            categories=category_filters(sorted(known)),
            counts={ItemState(state): count for state, count in counts.items()},
            searched=bool(wanted.text),
        )


def _tally(session: Session, condition: ColumnElement[bool]) -> tuple[Counter[str], set[tuple[str, str]]]:
    """How many items stand at each state, and the categories they have: one walk along the index that has both."""
    columns = (Item.state, Item.category, Item.subcategory)
    counts: Counter[str] = Counter()
    known = set()
    # Grouped by what the index `ix_item_counted` begins with, so that nothing is sorted.
    groups = (Item.state, Item.result_class, Item.category, Item.subcategory)
    for state, main, below, count in session.execute(select(*columns, func.count()).where(condition).group_by(*groups)):
        counts[state] += count
        known.add((main, below))
    return counts, known


def _found(session: Session, condition: ColumnElement[bool], page: int) -> tuple[Sequence[int] | None, int]:
    """How many items a search finds, no further than one beyond `COUNTED`, and one page of them: from one look.

    No page where more are found than are counted: then the newest are found sooner by walking down the register.
    """
    found = select(Item.id, Item.submitted_at).where(condition).limit(COUNTED + 1).cte("found")
    count = select(func.count()).select_from(found)
    newest = (found.c.submitted_at.desc(), found.c.id.desc())
    rows = (
        select(func.row_number().over(order_by=newest).label("place"), found.c.id)
        .where(count.scalar_subquery() <= COUNTED)
        .order_by(*newest)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
        .subquery()
    )
    how_many = select(literal(0), count.scalar_subquery())
    (_, total), *places = sorted(session.execute(how_many.union_all(select(rows.c.place, rows.c.id))).all())
    return (None if total > COUNTED else [item_id for _, item_id in places]), total


def ledger(banli: Banli, actor: Actor, filters: RegisterFilters) -> list[RegisterRow]:
    """All rows of the register that these filters find, in its order; read by the page, since a list may be long."""
    condition = and_(readable(actor), wanted_items(actor, filters, banli.now()))
    wanted = (
        select(Item)
        .where(condition)
        .order_by(Item.submitted_at.desc(), Item.id.desc())
        .options(joinedload(Item.sitting), selectinload(Item.proposers).joinedload(ItemProposer.person))
    )
    with banli.reading() as session:
        items = session.scalars(wanted).all()
        return [
            row
            for first in range(0, len(items), PAGE_SIZE)
            for row in _register_rows(banli, session, actor, items[first : first + PAGE_SIZE])
        ]


def _register_rows(banli: Banli, session: Session, actor: Actor, items: Sequence[Item]) -> list[RegisterRow]:
    units = units_of(session, items)
    works = session.scalars(
        select(Work).where(Work.item_id.in_([item.id for item in items]), Work.state == "open").order_by(Work.opened_at)
    ).all()
    dues = reply_dues(banli, session, items)
    over = over_of(banli, session, [item.id for item in items])
    rows = []
    for item in items:
        steps = steps_seen([work for work in works if work.item_id == item.id], item, actor)
        lead, co = units.get(item.id, ("", []))
        rows.append(
            RegisterRow(
                item_id=item.id,
                kind=item.kind,
                number=item.number or "",
                title=item.title,
                category=item.category,
                subcategory=item.subcategory,
                key=item.key,
                proposer=proposer_shown(actor, item),
                state=ItemState(item.state),
                now="、".join(dict.fromkeys(steps)),
                lead_unit=lead,
                co_units=co,
                round=item.round,
                returns=item.returns,
                result_class=item.result_class,
                submitted=item.submitted_at,
                due=dues.get(item.id),
                pause_over=item.id in over,
                reviews=any(work.item_id == item.id and work.recorder == REVIEW for work in works),
            )
        )
    return rows
