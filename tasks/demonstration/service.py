"""The demonstration: a county with two years of work behind it, which goes on when its clock is moved."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from engine.database import count_rows
from engine.errors import EngineError, NotFound
from engine.message import say
from engine.tables import command
from tasks.accounts.actors import actor_named
from tasks.bootstrap import bootstrap
from tasks.demonstration.cast import Script
from tasks.demonstration.living import RATES, play
from tasks.demonstration.memory import memory_of, moment_remembered, recall, remember
from tasks.demonstration.moving_clock import MovingClock
from tasks.settings import BEIJING
from tasks.simulation.calendar import days_between, morning
from tasks.simulation.clock import StagedClock
from tasks.simulation.haste import hurrying
from tasks.simulation.year import live_a_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.settings import Settings

FARTHEST = 31
"""Days that one click may move the clock."""
_moving = threading.Lock()


class DemonstrationDiffers(EngineError):
    """The people of the demonstration could not do what its story says."""


def build(settings: Settings, progress: Callable[[int, int], None] | None = None) -> bool:
    """Play both years once; False when this installation has an area already.

    Raises:
        DemonstrationDiffers: somebody could not act; the procedure in the process folder differs from the story.
    """
    clock = StagedClock(dt.datetime(2025, 2, 24, tzinfo=BEIJING))
    banli = bootstrap(settings, clock)
    try:
        with hurrying(banli):
            year = play(banli, clock, progress)
        if year is None:
            return False
        if year.troubles:
            raise DemonstrationDiffers(
                say("{n} acts of the demonstration failed; the first: {first}", n=len(year.troubles),
                    first=year.troubles[0])
            )  # fmt: skip
        remember(year, memory_of(banli))
        count_rows(banli.database)
    finally:
        banli.engine.close()
    return True


def opened(settings: Settings) -> Banli:
    """The demonstration as it was left, its clock going on from there."""
    clock = MovingClock(dt.datetime.now(dt.UTC))
    banli = bootstrap(settings, clock)
    path = memory_of(banli)
    if path.exists():
        with banli.reading() as session:
            newest = session.scalar(select(func.max(command.c.at)))
        clock.at = max(moment_remembered(path), newest or moment_remembered(path))
    return banli


def can_move(banli: Banli) -> bool:
    """Whether there is a clock that a visitor may move."""
    return banli.settings.demonstration and isinstance(banli.clock, MovingClock) and memory_of(banli).exists()


def move_on(banli: Banli, visitor: Actor, days: int) -> int:
    """Let so many days pass: timers fire, and everybody but the visitor does what is on the desk; answers the acts.

    Raises:
        NotFound: this is no demonstration whose clock can be moved.
    """
    clock = banli.clock
    if not can_move(banli) or not isinstance(clock, MovingClock):
        raise NotFound(say("Only the clock of a demonstration can be moved."))
    script = Script.read(banli.process_folder)
    with _moving:
        year = recall(banli, clock, seed=script.seed, rates=RATES, seasons=script.seasons)
        year.spared = frozenset({visitor.account, *visitor.groups})
        before = year.acts
        today = clock.at.astimezone(BEIJING).date()
        for day in days_between(today + dt.timedelta(days=1), today + dt.timedelta(days=min(days, FARTHEST))):
            clock.at = morning(day)
            live_a_day(year, day, {})
        remember(year, memory_of(banli))
    return year.acts - before


def next_working_day(banli: Banli) -> int:
    """How many days it is to the next working day."""
    calendar, today = banli.reference().calendar, banli.today()
    return next(n for n in range(1, FARTHEST) if calendar.is_working(today + dt.timedelta(days=n)))


def as_demonstration(settings: Settings, database_url: str) -> Settings:
    """The same installation's demonstration."""
    return replace(settings, demonstration=True, database_url=database_url)


def visitors(banli: Banli) -> list[str]:
    """The accounts that the demonstration's story is told for."""
    return [account for account in Script.read(banli.process_folder).visitors if actor_named(banli, account)]
