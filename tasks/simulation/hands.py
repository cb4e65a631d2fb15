"""Several hands: on PostgreSQL people act at once, in processes of their own, and the year stays the same.

What is planned for one round of a day is parted by case: the cases of a round do not touch one another, and each act
has its moment and its chance by its place in the round, so it does not matter who acts first. Steps that take the next
number of a unit or of the register, or that look at other cases, are tied together: the same pair does them in their
order (`_ties`). SQLite has one writer at a time: one pair.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.bootstrap import bootstrap
from tasks.simulation.clock import StagedClock
from tasks.simulation.haste import hurrying
from tasks.simulation.year import Lived, Round, Year, act_in_turn, course_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from tasks.bootstrap import Banli
    from tasks.settings import Settings
    from tasks.simulation.acting import Course
    from tasks.simulation.rates import Rates
    from tasks.worklist.models import Work

    Courses = dict[int, Course]
    Sent = tuple[Round, Courses]
    """A part of a round, and the courses of its cases."""
    Back = tuple[Lived, Courses, int]
    """What came of it, the courses as the acts have left them, and how many acts there were."""

MOST = 4
"""So many processes act at once at most; more than the machine has processors made a year longer."""
_FEW = 4
"""A round of fewer acts is done by one."""


@dataclass
class Hands:
    """The processes that act beside this one."""

    helpers: list[tuple[BaseProcess, Connection]] = field(default_factory=list)

    def work(self, year: Year, whole: Round) -> Lived:
        """Let everybody act who has something planned for this round."""
        if not self.helpers or len(whole.turns) < _FEW:
            return act_in_turn(year, whole)
        ties = [_ties(turn.work, course_of(year, turn.work)) for turn in whole.turns]
        own, *others = (
            whole.of([whole.turns[place] for place in places]) for places in _parted(ties, len(self.helpers) + 1))
        for (_, line), part in zip(self.helpers, others, strict=True):
            line.send((part, {item: year.courses[item] for turn in part.turns if (item := turn.work.item_id)}))
        lived = act_in_turn(year, own)
        for _, line in self.helpers:
            more, courses, acts = _answer(line)
            lived = lived.and_(more)
            year.courses.update(courses)
            year.acts += acts
        return lived


@contextmanager
def several_hands(year: Year, count: int) -> Iterator[None]:
    """Let so many pairs of hands do the work of a year; those beside this process's are gone at the end."""
    context = multiprocessing.get_context("spawn")
    year.hands = Hands()
    try:
        for _ in range(count - 1):
            here, there = context.Pipe()
            process = context.Process(
                target=_help, args=(there, year.banli.settings, year.seed, year.rates, dict(year.away)), daemon=True)
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
    return wanted or min(MOST, os.cpu_count() or 1)


def _answer(line: Connection) -> Back:
    try:
        back: Back | BaseException = line.recv()
    except EOFError as gone:
        raise RuntimeError("A process that acts beside this one has ended before its work was done") from gone
    if isinstance(back, BaseException):
        raise back
    return back


def _help(line: Connection, settings: Settings, seed: int, rates: Rates, away: Mapping[str, dt.date]) -> None:
    """A process: acts on what it is sent, until the line is closed; Ctrl+C is the first process's affair."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    year: Year | None = None
    while (sent := _received(line)) is not None:
        part, courses = sent
        try:
            if year is None:
                year = _beside(settings, part.begins, seed, rates, away)
            year.acts, year.courses = 0, courses
            back: Back | RuntimeError = act_in_turn(year, part), courses, year.acts
        except Exception as fault:  # noqa: BLE001 - whatever it is, the year must end with it
            back = RuntimeError(f"{type(fault).__name__}: {fault}")
        with suppress(BrokenPipeError):  # nobody waits for it any more
            line.send(back)


def _received(line: Connection) -> Sent | None:
    try:
        sent: Sent = line.recv()
    except (EOFError, ConnectionResetError):
        return None
    return sent


def _beside(
    settings: Settings, at: dt.datetime, seed: int, rates: Rates, away: Mapping[str, dt.date]
) -> Year:
    clock = StagedClock(at)
    banli = bootstrap(settings, clock)
    hurrying(banli).__enter__()  # until the process ends
    return Year(banli, clock, seed, rates, away=away)


_FILING = frozenset({"final_review", "edit"})
_NUMBERED = frozenset({"approve_opinion", "issue"})


def _ties(work: Work, course: Course | None) -> frozenset[tuple[str, object]]:
    """What an act touches: its case, the register's next number and its other cases, a unit's next document number."""
    if work.item_id is None or course is None:
        return frozenset({("beside", None)})
    ties: set[tuple[str, object]] = {("case", work.item_id)}
    merges = work.element_id == "first_review" and course.tale.story.words.get("filing") == "merged"
    if merges or work.element_id in _FILING:
        ties.add(("filing", None))
    if work.element_id in _NUMBERED:
        ties.add(("documents", work.unit_code))
    return frozenset(ties)


def _parted(ties: Sequence[Collection[object]], count: int) -> list[list[int]]:
    """The places in so many parts of like length: what has a tie in common stays together, in its order."""
    groups: list[tuple[set[object], list[int]]] = []
    for place, own in enumerate(ties):
        touched = [group for group in groups if not group[0].isdisjoint(own)]
        joined = set(own).union(*(group[0] for group in touched)), sorted(
            [place, *(one for group in touched for one in group[1])])
        groups = [group for group in groups if group not in touched] + [joined]
    parts: list[list[int]] = [[] for _ in range(count)]
    for _, places in sorted(groups, key=lambda group: (-len(group[1]), group[1])):
        min(parts, key=len).extend(places)
    return [sorted(part) for part in parts]
