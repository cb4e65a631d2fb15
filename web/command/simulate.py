"""`banli simulate`: a whole year of a county in a minute, on a throw-away database."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from engine.message import say
from tasks.simulation.rates import Plan, Rates
from tasks.simulation.service import simulate
from web.terminal import line, plain_errors, progress, tell
from web.words import KINDS, RATINGS, STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.message import Message
    from tasks.simulation.report import Outcome
    from tasks.statistics.views import Line

_USUAL = Rates()
_SHOWN = 20
"""How many faults are told one by one."""


def _rate(name: str, help_text: Message) -> Callable[[Any], Any]:
    return click.option(f"--{name}", type=float, default=getattr(_USUAL, name), show_default=True, help=tell(help_text))


@click.command("simulate", help=tell(say("Live through a year with simulated people on a throw-away database.")))
@click.option("--items", default=400, show_default=True, help=tell(say("How many items come in.")))
@click.option("--seed", default=1, show_default=True, help=tell(say("The same number gives the same year.")))
@click.option("--database", help=tell(say("An empty database to keep the year in, e.g. on PostgreSQL.")))
@click.option("--hands", type=click.IntRange(1, 16), help=tell(say("How many processes act; on SQLite one.")))
@_rate("late", say("Share of items in which a unit misses a date."))
@_rate("returned", say("Share of items whose reply is returned."))
@_rate("dissatisfied", say("Share of items whose proposer is dissatisfied."))
@_rate("objecting", say("Share of items that a unit calls not its own."))
@_rate("separate", say("Share of items that units answer separately."))
@_rate("withdrawn", say("Share of items that are withdrawn."))
@_rate("silent", say("Share of items that nobody rates."))
def command(items: int, seed: int, database: str | None, hands: int | None, **rates: float) -> None:
    """Simulate; ends with code 1 when something is wrong."""
    with plain_errors():
        plan = Plan(items, seed, Rates(**rates))
        with progress(say("Living through the year")) as show:
            outcome = simulate(plan, database, show, hands)
    _tell_figures(outcome)
    _tell_faults(outcome)
    line(say("{acts} acts of people; content {digest}.", acts=outcome.acts, digest=outcome.digest[:16]))
    line(say("Nothing is stuck, the invariants hold.") if outcome.whole else say("Something is wrong; see above."))
    sys.exit(0 if outcome.whole else 1)


def _tell_figures(outcome: Outcome) -> None:
    figures = outcome.figures
    line(say("Items: {total}; assigned {assigned}, answered {answered}, key items {key}, overdue {overdue}.",
             total=figures.total, assigned=figures.assigned, answered=figures.answered, key=figures.key,
             overdue=figures.overdue))
    line(say("By state: {states}", states=_counts(figures.states.lines, STATES)))
    line(say("By class: {classes}", classes=_counts(figures.classes.lines, {})))
    line(say("Replied on time: {over} of {under} that fell due.", over=outcome.on_time.over,
             under=outcome.on_time.under or 0))
    for kind, one in outcome.committees.items():
        ratings = _counts(one.ratings.lines, RATINGS) if one.ratings is not None else ""
        line(say("Ratings of {kind}: {ratings}; silent {silent}.", kind=KINDS[kind], ratings=ratings,
                 silent=one.silent))
    for unit in figures.units:
        days = f"{unit.days / 10:.1f}" if unit.days is not None else "–"
        line(say("  {unit}: leads {lead}, beside {co}, answered {answered}, returned {returns}, overdue {overdue}, "
                 "{days} days on average", unit=unit.name, lead=unit.lead, co=unit.co, answered=unit.answered,
                 returns=unit.returns, overdue=unit.overdue, days=days))


def _counts(lines: Sequence[Line], words: Mapping[Any, Message]) -> str:
    return "、".join(f"{tell(words.get(row.code, row.code))} {row.count}" for row in lines)


def _tell_faults(outcome: Outcome) -> None:
    wrong = [*outcome.faults, *outcome.troubles]
    for fault in wrong[:_SHOWN]:
        line(f"  ✗ {tell(fault)}")
    if len(wrong) > _SHOWN:
        line(say("… and {count} more.", count=len(wrong) - _SHOWN))
