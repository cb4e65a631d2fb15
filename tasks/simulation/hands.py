"""Several hands: on PostgreSQL people act at once, in processes of their own, and the year stays the same.

What is planned for one round of a day is parted by case: the cases of a round do not touch one another, and each act
has its moment and its chance by its place in the round, so it does not matter who acts first. Steps that take the next
number or look at other cases come last, one after the other (`year.is_apart`). SQLite has one writer at a time: one
pair.
"""

from __future__ import annotations

import multiprocessing
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.bootstrap import bootstrap
from tasks.simulation.clock import StagedClock
from tasks.simulation.haste import hurrying
from tasks.simulation.year import Lived, Round, Year, act_in_turn, is_apart

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from tasks.bootstrap import Banli
    from tasks.settings import Settings
    from tasks.simulation.acting import Course
    from tasks.simulation.rates import Rates
    from tasks.simulation.year import Turn

    Courses = dict[int, Course]
    Sent = tuple[Round, Courses]
    """A part of a round, and the courses of its cases."""
    Back = tuple[Lived, Courses, int]
    """What came of it, the courses as the acts have left them, and how many acts there were."""

MOST = 3
"""So many processes act at once at most: each waits for the database half of its time."""
_FEW = 4
"""A round of fewer acts is done by one."""


@dataclass
class Hands:
    """The processes that act beside this one."""

    helpers: list[tuple[BaseProcess, Connection]] = field(default_factory=list)

    def work(self, year: Year, whole: Round) -> Lived:
        """Let everybody act who has something planned for this round."""
        together = [turn for turn in whole.turns if not is_apart(turn.work)]
        if not self.helpers or len(together) < _FEW:
            return act_in_turn(year, whole)
        own, *others = (whole.of(turns) for turns in _parted(together, len(self.helpers) + 1))
        for (_, line), part in zip(self.helpers, others, strict=True):
            line.send((part, {item: year.courses[item] for turn in part.turns if (item := turn.work.item_id)}))
        lived = act_in_turn(year, own)
        for _, line in self.helpers:
            back = line.recv()
            if isinstance(back, BaseException):
                raise back
            more, courses, acts = back
            lived = lived.and_(more)
            year.courses.update(courses)
            year.acts += acts
        apart = whole.of([turn for turn in whole.turns if is_apart(turn.work)])
        return lived.and_(act_in_turn(year, apart))


@contextmanager
def several_hands(year: Year, count: int) -> Iterator[None]:
    """Let so many pairs of hands do the work of a year; those beside this process's are gone at the end."""
    context = multiprocessing.get_context("spawn")
    year.hands = Hands()
    try:
        for _ in range(count - 1):
            here, there = context.Pipe()
            process = context.Process(
                target=_help, args=(there, year.banli.settings, year.seed, year.rates), daemon=True)
            process.start()
            there.close()
            year.hands.helpers.append((process, here))
        yield
    finally:
        for helper, line in year.hands.helpers:
            line.close()
            helper.join()
        year.hands = None


def hands_for(banli: Banli, wanted: int | None) -> int:
    """How many pairs of hands serve a database."""
    if banli.database.dialect.name == "sqlite":
        return 1
    return wanted or min(MOST, (os.cpu_count() or 1) + 1)


def _help(line: Connection, settings: Settings, seed: int, rates: Rates) -> None:
    """A process: acts on what it is sent, until the line is closed."""
    year: Year | None = None
    while (sent := _received(line)) is not None:
        part, courses = sent
        try:
            if year is None:
                year = _beside(settings, part.begins, seed, rates)
            year.acts, year.courses = 0, courses
            line.send((act_in_turn(year, part), courses, year.acts))
        except Exception as fault:  # noqa: BLE001 - whatever it is, the year must end with it
            line.send(RuntimeError(f"{type(fault).__name__}: {fault}"))


def _received(line: Connection) -> Sent | None:
    try:
        sent: Sent = line.recv()
    except EOFError:
        return None
    return sent


def _beside(settings: Settings, at: dt.datetime, seed: int, rates: Rates) -> Year:
    clock = StagedClock(at)
    banli = bootstrap(settings, clock)
    hurrying(banli).__enter__()  # until the process ends
    return Year(banli, clock, seed, rates)


def _parted(turns: list[Turn], count: int) -> list[list[Turn]]:
    """The turns in so many parts of like length, all turns of a case in one of them."""
    cases: dict[int | None, list[Turn]] = {}
    for turn in turns:
        cases.setdefault(turn.work.item_id, []).append(turn)
    parts: list[list[Turn]] = [[] for _ in range(count)]
    for one in cases.values():
        min(parts, key=len).extend(one)
    return parts
