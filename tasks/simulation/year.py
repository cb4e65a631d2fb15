"""The loop of a simulated year: day after day timers fire, matters come in, people do what is on their desks."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from operator import itemgetter
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import SQLAlchemyError

from engine.errors import EngineError
from engine.message import Message, say
from engine.statements import Cursor, Statement
from tasks.accounts.actors import actor_named
from tasks.database import table_of
from tasks.demonstration.answers import Story
from tasks.demonstration.player import member_of, perform
from tasks.filing.upper import register_upper
from tasks.handling.together import assign_together, waiting_items
from tasks.register.categories import SUB
from tasks.register.service import submit
from tasks.settings import BEIJING
from tasks.simulation.acting import Course, fill_for
from tasks.simulation.calendar import LAST_DAY, SEASON, SITTING, Season, days_between, days_taken, morning
from tasks.simulation.initiatives import happen
from tasks.simulation.order import in_order
from tasks.simulation.people import Tale, population
from tasks.simulation.wording import category_of, measures_of, situation_of
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from tasks.accounts.views import Actor
    from tasks.bootstrap import Banli
    from tasks.simulation.clock import Settable
    from tasks.simulation.hands import Hands
    from tasks.simulation.order import Calls
    from tasks.simulation.rates import Plan, Rates

APPROVER = "zhoukai"
"""Who approves the list of the common assignment."""
BETWEEN_ACTS = dt.timedelta(seconds=20)
RECESS = (40, 200)
"""Days after the opening on which the few matters of the recess come in."""
_WORK = table_of(Work)
_HOLDER = Statement(select(_WORK.c.state, _WORK.c.assignee).where(_WORK.c.task_id == bindparam("task_id")))
_ROUNDS_A_DAY = 12
_NEVER = dt.date.max
_BESIDE = {"evaluation", "annual"}
_SILENT_STEPS = {"opinion", "sign_in"}
_PACED = {"plan", "consult", "consult_again", "opinion", "draft"}
Arrivals = dict[dt.date, list[Tale]]
"""Which matters come in on which day."""


@dataclass
class Year:
    """A simulated year, or several, on the way."""

    banli: Banli
    clock: Settable
    seed: int
    rates: Rates
    seasons: Sequence[Season] = (SEASON,)
    away: Mapping[str, dt.date] = field(default_factory=dict)
    """Accounts that leave their desks alone, and since when."""
    spared: Collection[str] = ()
    """Accounts and groups whose tasks are somebody else's affair: a visitor's."""
    courses: dict[int, Course] = field(default_factory=dict)
    beside: dict[str, Course] = field(default_factory=dict)
    """What concerns no item, by its key: the evaluation of a unit, and its report of a year."""
    planned: dict[str, dt.date] = field(default_factory=dict)
    """On which day a task will be done."""
    desks: dict[dt.date, list[str]] = field(default_factory=lambda: defaultdict(list))
    actors: dict[str, Actor] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    """What will be done, as it was when somebody looked."""
    calls: Calls = field(default_factory=dict)
    members: dict[str, str | None] = field(default_factory=dict)
    """Who acts for a group: its first member."""
    troubles: list[Message] = field(default_factory=list)
    """What a person could not do though the story asked for it."""
    acts: int = 0
    looked: dt.datetime | None = None
    hands: Hands | None = None
    """Who acts beside this process."""

    def __post_init__(self) -> None:
        self.calendar = self.banli.reference().calendar

    def actor(self, account: str) -> Actor:
        """A person; nobody's roles change in the year."""
        if account not in self.actors:
            self.actors[account] = actor_named(self.banli, account)
        return self.actors[account]

    def acted(self) -> None:
        """Time goes on a little, so that acts have an order."""
        self.acts += 1
        self.clock.at += BETWEEN_ACTS

    def attempt(self, what: str, tale: Tale, act: Callable[[], object]) -> bool:
        """Let somebody act; what the services refuse is a trouble of the year, told at its end."""
        try:
            act()
        except (EngineError, SQLAlchemyError) as refused:
            self.troubles.append(
                say("“{title}”, {what} on {day}: {reason}", title=tale.title, what=what,
                    day=self.clock.at.astimezone(BEIJING).date().isoformat(), reason=_reason(refused))
            )  # fmt: skip
            return False
        finally:
            self.acted()
        return True

    def is_away(self, account: str, day: dt.date) -> bool:
        """Whether this person does nothing on that day."""
        return day >= self.away.get(account, _NEVER)

    def is_spared(self, work: Work) -> bool:
        """Whether the task is a visitor's, or one that she may claim."""
        return work.assignee in self.spared if work.assignee else any(group in self.spared for group in work.candidates)


def _reason(refused: EngineError | SQLAlchemyError) -> Message | str:
    if isinstance(refused, FormInvalid):
        first = refused.errors[0]
        return say("“{label}”: {message}", label=first.label, message=first.message)
    return refused.message if isinstance(refused, EngineError) else str(refused).splitlines()[0]


def live(year: Year, plan: Plan, progress: Callable[[int, int], None] | None = None) -> None:
    """Live through the year of a plan."""
    arrivals = _arrivals(plan)
    days = list(days_between(SITTING.opened, LAST_DAY))
    for number, day in enumerate(days, start=1):
        live_a_day(year, day, arrivals)
        if progress is not None:
            progress(number, len(days))


def live_a_day(year: Year, day: dt.date, arrivals: Arrivals) -> None:
    """One day: timers fire, matters come in, people do what is on their desks."""
    year.clock.at = max(morning(day), year.clock.at)
    year.banli.engine.run_due()
    for tale in arrivals.get(day, ()):
        hand_in(year, tale)
    happen(year, day)
    if _meets(year, day):
        _meet(year)
    if _working(year, day):
        _work(year, day)


def _arrivals(plan: Plan) -> Arrivals:
    random = Random(f"arrivals:{plan.seed}")  # noqa: S311 - no secret
    sitting = (SITTING.closed - SITTING.opened).days
    found: Arrivals = defaultdict(list)
    for tale in population(plan):
        after = random.randint(0, sitting - 1) if tale.in_session else random.randint(*RECESS)
        found[SITTING.opened + dt.timedelta(days=after)].append(tale)
    return found


def hand_in(year: Year, tale: Tale) -> None:
    """Somebody submits a matter; the hub registers what an upper level has passed down."""
    person = year.actor(tale.account)
    values: dict[str, Any] = {
        "title": tale.title,
        "category": category_of(tale.title, tale.category, year.banli.reference().settings.get(SUB) or {}),
        "timing": "in_session" if tale.in_session else "recess",
        "situation": situation_of(tale.title, tale.number),
        "measures": measures_of(tale.title, tale.category, tale.number),
        "publish_consent": "true",
        "no_secret": "true", "proposer_type": "individual",
    }
    if tale.cosigner:
        values |= {"proposer_type": "joint", "cosigners": [str(year.actor(tale.cosigner).person_id)]}

    def act() -> None:
        receipt = (
            register_upper(year.banli, person, _passed_down(year, tale, values), f"upper:{tale.number}")
            if tale.upper
            else submit(year.banli, person, values, request_id=f"simulation:{tale.number}")
        )
        year.courses[receipt.item_id] = Course(tale, year.seed, receipt.item_id)

    year.attempt("submission", tale, act)


def _passed_down(year: Year, tale: Tale, values: Mapping[str, Any]) -> dict[str, Any]:
    day = year.clock.at.astimezone(BEIJING).date()
    kept = {name: values[name] for name in ("title", "category", "situation", "measures")}
    return {
        **kept,
        "kind": tale.kind,
        "role": "lead",
        "external_number": f"{tale.number % 1000:04}",
        "external_due": (day + dt.timedelta(days=75)).isoformat(),
        "external_lead": "市住房和城乡建设局",
        "contact": "市政府办公室",
        "contact_phone": "0700-7000000",
    }


def _meets(year: Year, day: dt.date) -> bool:
    """On the day of a common assignment, and on Mondays for what came later; not between a session and its meeting."""
    season = next((one for one in reversed(year.seasons) if one.sitting.opened <= day), year.seasons[0])
    return day == season.meeting or (day > season.meeting and day.weekday() == 0 and not year.is_away(APPROVER, day))


def _meet(year: Year) -> None:
    with year.banli.reading() as session:
        ids = [item.id for item in waiting_items(session)]
    if ids:
        assign_together(year.banli, year.actor(APPROVER), ids)
        year.acted()


def _working(year: Year, day: dt.date) -> bool:
    sits = any(one.sitting.opened <= day <= one.sitting.closed for one in year.seasons)
    return sits or year.calendar.is_working(day)


def _work(year: Year, day: dt.date) -> None:
    """Everybody's desk, until what is planned for today is done."""
    for _ in range(_ROUNDS_A_DAY):
        _look(year, day)
        today = [task for planned in sorted(year.desks) if planned <= day for task in year.desks.pop(planned)]
        if not today:
            return
        works = [year.works.pop(task) for task in today]
        begins = year.clock.at
        whole = Round(begins, day, [Turn(number, work) for number, work in enumerate(works)])
        lived = year.hands.work(year, whole) if year.hands is not None else act_in_turn(year, whole)
        year.clock.at = begins + len(works) * BETWEEN_ACTS
        year.troubles += [trouble for _, trouble in sorted(lived.troubles, key=itemgetter(0))]
        for number in sorted(lived.left):
            _leave_for(year, works[number], day + dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Turn:
    """One task of a round, and its place in it."""

    number: int
    work: Work


@dataclass(frozen=True, slots=True)
class Round:
    """What is done on a day before anybody looks again, or a part of it."""

    begins: dt.datetime
    day: dt.date
    turns: list[Turn]

    def of(self, turns: list[Turn]) -> Round:
        """A part of the same round."""
        return Round(self.begins, self.day, turns)


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of a round, by the places of its turns."""

    troubles: list[tuple[int, Message]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    """What stays for another day."""

    def and_(self, more: Lived) -> Lived:
        """Of two parts."""
        return Lived(self.troubles + more.troubles, self.left + more.left)


def act_in_turn(year: Year, part: Round) -> Lived:
    """Act for everybody, each act at the moment of its place."""
    lived = Lived()
    for turn in part.turns:
        year.clock.at = part.begins + turn.number * BETWEEN_ACTS
        before = len(year.troubles)
        if _act(year, turn.work, part.day):
            lived.left.append(turn.number)
        lived.troubles.extend((turn.number, trouble) for trouble in year.troubles[before:])
        del year.troubles[before:]
    return lived


def _look(year: Year, day: dt.date) -> None:
    """See what is new, and plan when it will be done."""
    moment = year.clock.at
    with year.banli.reading() as session:
        new = select(Work).where(Work.state == "open")
        if year.looked is not None:
            new = new.where(Work.opened_at >= year.looked)
        found = [work for work in session.scalars(new) if work.task_id not in year.planned]
        ordered = in_order(session, found, year.calls)
    year.looked = moment
    for work in ordered:
        when = _day_for(year, work, day)
        year.planned[work.task_id] = when
        if when != _NEVER:
            year.desks[when].append(work.task_id)
            year.works[work.task_id] = work


def course_of(year: Year, work: Work) -> Course | None:
    """The course of what a task concerns; None where it is none of the simulation's."""
    if work.item_id is not None:
        return year.courses.get(work.item_id)
    if work.subject_kind not in _BESIDE:
        return None
    if work.subject_key not in year.beside:
        unit = work.subject_key.rpartition(":")[2]
        tale = Tale(-1 - len(year.beside), "", work.subject_kind, work.subject, "", in_session=False, story=Story(unit))
        year.beside[work.subject_key] = Course(tale, year.seed, 0)
    return year.beside[work.subject_key]


def _day_for(year: Year, work: Work, day: dt.date) -> dt.date:
    course = course_of(year, work)
    if course is None:
        return _NEVER
    random = course.random(work)
    tale = course.tale
    place = course.place(work)
    if tale.holds == f"{work.element_id}:{course.visits[place]}":
        return _NEVER
    if work.element_id == "rate" and tale.silent and course.visits[place] == 1:
        return _NEVER
    late = tale.late == work.element_id and not tale.objects
    if late and work.element_id in _SILENT_STEPS:
        return _NEVER
    due = work.due.astimezone(BEIJING).date() if work.due is not None else None
    takes = days_taken(random, work.element_id)
    if tale.pace != 1 and work.element_id in _PACED:
        takes = round(takes * tale.pace)
    wanted = _after(year, day, takes)
    if late and due is not None:
        return _after(year, max(due, day), random.randint(1, 12))
    if due is not None and work.element_id in {"draft", "opinion"}:
        wanted = min(wanted, due - dt.timedelta(days=12 if work.element_id == "draft" else 1))
    if not _working(year, wanted):
        wanted = _after(year, wanted, 1)
    return max(wanted, day)


def _after(year: Year, day: dt.date, working_days: int) -> dt.date:
    while working_days:
        day += dt.timedelta(days=1)
        working_days -= _working(year, day)
    return day


def finish(year: Year, task_id: str, day: dt.date) -> None:
    """Whoever has a task does it now."""
    _act(year, year.works.pop(task_id), day)


def _act(year: Year, work: Work, day: dt.date) -> bool:
    """Whoever has a task does it; true if it stays for another day, because she is away or it is a visitor's."""
    with year.banli.reading() as session:
        found = Cursor(session.connection()).one(_HOLDER, {"task_id": work.task_id})
        course = course_of(year, work)
        if found[0] != "open" or course is None:
            return False
        work.assignee = found[1]
        for group in work.candidates:
            if group not in year.members:
                year.members[group] = member_of(session, group)
    account = work.assignee or next(
        (name for group in work.candidates if (name := year.members[group]) is not None), None
    )
    if account is None:
        year.troubles.append(say("Nobody belongs to the groups of the step {step}.", step=work.step_name))
        return False
    if year.is_away(account, day) or year.is_spared(work):
        return True
    person, now = year.actor(account), year.clock.at
    tale, place = course.tale, course.place(work)
    random = Random(f"{year.seed}:{tale.number}:{place}:{course.visits[place]}:typed")  # noqa: S311 - no secret
    fill = fill_for(course, work, year.rates, random, now)
    year.attempt(work.step_name, tale, lambda: perform(year.banli, work, fill, person))
    return False


def _leave_for(year: Year, work: Work, day: dt.date) -> None:
    year.planned[work.task_id] = day
    year.desks[day].append(work.task_id)
    year.works[work.task_id] = work
