"""Counting cases by category, class, state, unit and rating; only what the reader may read is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, false, func, not_, select, true

from engine.message import say
from tasks.accounts.errors import NotAllowed
from tasks.accounts.permissions import Permission
from tasks.cases.access import left_out, rating_readable, readable, reads_ratings
from tasks.cases.filtering import part_late, wanted_items
from tasks.cases.views import REPLY_DUE, ItemState, RegisterFilters
from tasks.database import Walked
from tasks.deadlines.result_classes import CANONICAL, result_classes
from tasks.directory.models import Unit
from tasks.directory.queries import the_area
from tasks.handling.models import Assignment, Consultation, Feedback, Reply, Review
from tasks.handling.parts import BESIDE
from tasks.handling.ratings import silence_counts_as
from tasks.register.categories import joined
from tasks.register.models import Item
from tasks.register.years import years_with_items
from tasks.statistics.shares import mean_tenths, tenths
from tasks.statistics.views import Breakdown, Line, Statistics, StatisticsFilters, UnitLine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from sqlalchemy.orm import InstrumentedAttribute, Session

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli

OVERVIEW = frozenset({Permission.AREA_ITEM_READ, Permission.BODY_ITEM_READ})
RATINGS = ("satisfied", "basic", "dissatisfied")


def statistics(banli: Banli, actor: Actor, filters: StatisticsFilters | None = None) -> Statistics:
    """Everything on the page of statistics, counted over the cases that this actor may read.

    Raises:
        NotAllowed: the actor may read neither the area's nor a body's cases.
    """
    if not actor.permissions & OVERVIEW:
        raise NotAllowed(say("Statistics are for those who look after all cases of an area or of a body."))
    wanted = filters or StatisticsFilters()
    now = banli.now()
    chosen = RegisterFilters(kind=wanted.kind, year=wanted.year)

    base = and_(readable(actor), wanted_items(actor, chosen, now))
    with banli.reading() as session:
        tally = _tally(session, base)
        others = left_out(actor) if chosen == RegisterFilters() else None
        counted = _Counted(base, mostly=_are_mostly_there(session, tally.total, others), others=others)
        met = _met(session, counted)
        silence = silence_counts_as(session, the_area(session).id)
        ratings, silent = _ratings(session, actor, counted, silence)
        late = _late(session, base, now)
        return Statistics(
            total=tally.total,
            assigned=tally.assigned,
            answered=tally.answered,
            met=met,
            overdue=len({item_id for _, item_id in late}),
            key=tally.key,
            answered_share=tenths(tally.answered, tally.assigned),
            met_share=tenths(met, tally.assigned),
            categories=_categories(tally.categories),
            classes=_classes(session, tally.classes),
            states=_breakdown(tally.states, ItemState),
            units=_units(session, counted, Counter(unit_id for unit_id, _ in late)),
            ratings=ratings,
            silent=silent,
            silence=silence,
            years=years_with_items(session, readable(actor)),
        )


def _are_mostly_there(session: Session, count: int, others: ColumnElement[bool] | None) -> bool:
    """Whether so many items are more than half of all."""
    if others is not None:
        return count > (session.scalar(select(func.count()).select_from(Item).where(others)) or 0)
    return count * 2 > (session.scalar(select(func.count()).select_from(Item)) or 0)


@dataclass(frozen=True, slots=True)
class _Counted:
    """The items that are counted."""

    base: ColumnElement[bool]
    mostly: bool
    """Whether they are more than half of all: then those that are not counted make the shorter list."""
    others: ColumnElement[bool] | None = None
    """What holds for those, where an index finds them by it."""

    def hold(self, item: InstrumentedAttribute[int]) -> ColumnElement[bool]:
        """A condition on a table beside the items; the area's own statistics need no look at the items for it."""
        if str(self.base) == str(true()):
            return true()
        if self.mostly:
            others = not_(func.coalesce(self.base, false())) if self.others is None else self.others
            return Walked(item).not_in(select(Item.id).where(others))
        return Walked(item).in_(select(Item.id).where(self.base))

    def narrowed(self, condition: ColumnElement[bool]) -> _Counted:
        """Those of them that also meet a condition, which nearly all do."""
        return _Counted(and_(self.base, condition), self.mostly)


def _met(session: Session, counted: _Counted) -> int:
    met = select(func.count(Consultation.item_id.distinct())).where(
        Consultation.face_to_face.is_(True), counted.hold(Consultation.item_id)
    )
    return session.scalar(met) or 0


@dataclass(slots=True)
class _Tally:
    """What can be counted in one walk along the index `ix_item_counted`."""

    total: int = 0
    assigned: int = 0
    key: int = 0
    states: Counter[str] = field(default_factory=Counter)
    classes: Counter[str] = field(default_factory=Counter)
    categories: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By main category and sub-category; the second is empty for items that have none."""

    @property
    def answered(self) -> int:
        """Items with a result."""
        return self.classes.total()


def _tally(session: Session, base: ColumnElement[bool]) -> _Tally:
    groups = (Item.state, Item.result_class, Item.category, Item.subcategory, Item.key)
    tally = _Tally()
    for state, result, main, below, key, count, assigned in session.execute(
        select(*groups, func.count(), func.count(Item.assigned_at)).where(base).group_by(*groups)
    ):
        tally.total += count
        tally.assigned += assigned
        tally.key += count if key else 0
        tally.states[state] += count
        if result:
            tally.classes[result] += count
        if main:
            tally.categories[main, below] += count
    return tally


def _breakdown(counts: dict[str, int], order: Iterable[str]) -> Breakdown:
    total = sum(counts.values())
    return Breakdown(
        [Line(code, "", counts[code], tenths(counts[code], total)) for code in order if code in counts], total
    )


def _categories(counts: Counter[tuple[str, str]]) -> Breakdown:
    """By main category, each divided by sub-category; the largest first."""
    total = counts.total()
    below: dict[str, Counter[str]] = {}
    for (main, sub), count in counts.items():
        below.setdefault(main, Counter())[sub] += count
    lines = [
        Line(
            main,
            main,
            subs.total(),
            tenths(subs.total(), total),
            below=[Line(joined(main, sub), sub, subs[sub], tenths(subs[sub], total)) for sub in _largest(subs) if sub],
        )
        for main, subs in below.items()
    ]
    return Breakdown(sorted(lines, key=lambda line: (-line.count, line.code)), total)


def _largest(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def _classes(session: Session, counts: dict[str, int]) -> Breakdown:
    total = sum(counts.values())
    known = result_classes(session)
    return Breakdown(
        [
            Line(
                code,
                str(known[code]["name"]) if code in known else "",
                counts[code],
                tenths(counts[code], total),
                "、".join(CANONICAL.get(one, one) for one in known[code]["canonical"]) if code in known else "",
            )
            for code in sorted(counts)
        ],
        total,
    )


def _ratings(
    session: Session, actor: Actor, counted: _Counted, silence: str
) -> tuple[Breakdown | None, int]:
    """The first round's ratings. Silence is told apart, and in the total only where the area counts it (§5.3)."""
    if not reads_ratings(actor):
        return None, 0
    # Who reads by kind alone may read the ratings of just these kinds.
    rated = counted if counted.others is not None else counted.narrowed(rating_readable(actor))
    rows = session.execute(
        select(Feedback.overall, func.count())
        .where(Feedback.round == 1, Feedback.stage == "first")
        .where(rated.hold(Feedback.item_id))
        .group_by(Feedback.overall)
    ).all()
    counts = Counter(dict(rows))
    silent = counts.pop("none", 0)
    if silence and silent:
        counts[silence] += silent
    return _breakdown(counts, RATINGS), silent


def _late(session: Session, base: ColumnElement[bool], now: dt.datetime) -> list[tuple[int, int]]:
    """Unit and item of every part that is late. Open items are found first, by the index that knows their state."""
    waiting = select(Item.id).where(base, Item.state.in_(REPLY_DUE))
    rows = session.execute(
        select(Assignment.unit_id, Assignment.item_id).where(
            Assignment.item_id.in_(waiting), Assignment.current, part_late(now)
        )
    )
    return [(unit_id, item_id) for unit_id, item_id in rows]


def _units(session: Session, counted: _Counted, late: Counter[int]) -> list[UnitLine]:
    """Units with a part in a case's current round, the highest ratio of returns first (handbook §5.3)."""
    whole = select(Assignment.unit_id, Assignment.role, func.count()).where(
        Assignment.current, counted.hold(Assignment.item_id)
    )
    parts: dict[int, Counter[bool]] = {}
    for unit, role, count in session.execute(whole.group_by(Assignment.unit_id, Assignment.role)):
        parts.setdefault(unit, Counter())[role in BESIDE] += count
    # The few cases that are open are found first: a join over all that ever were would take its time.
    # Every state is named, so that the index that begins with it goes to those without a class at once.
    without = and_(counted.base, Item.state.in_(list(ItemState)), Item.result_class == "")
    unanswered = _by_unit(session, without, Assignment.role.not_in(BESIDE))
    wanted = select(Unit.id, Unit.code, Unit.short_name).where(Unit.id.in_(parts)).order_by(Unit.position)
    returns, days = _returns(session, counted), _days(session, counted)
    lines = [
        UnitLine(
            code,
            name,
            parts[unit][False],
            parts[unit][True],
            parts[unit][False] - unanswered.get(unit, 0),
            late[unit],
            returns.get(unit, 0),
            mean_tenths(*days.get(unit, (0, 0))),
        )
        for unit, code, name in session.execute(wanted)
    ]
    return most_returned_first(lines)


def most_returned_first(lines: Iterable[UnitLine]) -> list[UnitLine]:
    """By the ratio of returns to cases; where it is the same, more returns first: 7/21 before 4/12 (handbook §5.3)."""
    return sorted(lines, key=lambda line: (-Fraction(line.returns, line.lead + line.co), -line.returns))


def _by_unit(session: Session, items: ColumnElement[bool], parts: ColumnElement[bool]) -> dict[int, int]:
    rows = session.execute(
        select(Assignment.unit_id, func.count())
        .where(Assignment.item_id.in_(select(Item.id).where(items)), Assignment.current, parts)
        .group_by(Assignment.unit_id)
    ).all()
    return dict(rows)


def _returns(session: Session, counted: _Counted) -> dict[int, int]:
    rows = session.execute(
        select(Reply.unit_id, func.count())
        .join(Review, Review.reply_id == Reply.id)
        .where(counted.hold(Reply.item_id), Review.verdict == "return")
        .group_by(Reply.unit_id)
    ).all()
    return dict(rows)


def _days(session: Session, counted: _Counted) -> dict[int, tuple[int, int]]:
    """Days from assignment to issue of first replies: their sum and their number, by unit."""
    # Grouped as the index `ix_reply_days` is ordered, so that nothing is sorted.
    rows = session.execute(
        select(Reply.stage, Reply.unit_id, func.sum(Reply.days), func.count())
        .where(counted.hold(Reply.item_id), Reply.days.is_not(None), Reply.round == 1, Reply.stage != "second")
        .group_by(Reply.stage, Reply.unit_id)
    ).all()
    found: dict[int, tuple[int, int]] = {}
    for _, unit, total, count in rows:
        days, replies = found.get(unit, (0, 0))
        found[unit] = (days + int(total or 0), replies + count)
    return found
