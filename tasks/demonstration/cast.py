"""The matters of the living county: the finished year with its published figures, and the current year."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections import defaultdict
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING, Any

from tasks.demonstration.answers import Story
from tasks.directory.setup import SittingDates
from tasks.simulation.calendar import Season
from tasks.simulation.people import ASPECTS, ENDINGS, PLACES, Tale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tasks.simulation.year import Arrivals

TRIAGED_LATE = dt.date(2026, 5, 25)
APPROVED_LATE = (
    ("关于疏通城关镇排水沟渠的建议", "cgj"),
    ("关于调整河滨街道早市位置的建议", "scjg"),
    ("关于修剪遮挡路灯行道树的建议", "cgj"),
    ("关于增设云溪河防护栏的建议", "slj"),
)
WAITING: Sequence[Mapping[str, Any]] = (
    {
        "title": "关于云溪河沿线夜间照明改造的建议",
        "story": Story("cgj", rating="dissatisfied", complaint="上游两公里没有灯，答复没有提。"),
        "pace": 0.5,
        "holds": "study:1",
    },
    {"title": "关于老旧小区加装电梯的建议", "story": Story("zjj"), "pace": 0.5, "holds": "issue:1"},
    {"title": "关于县城停车引导标识的建议", "story": Story("zjj"), "pace": 0.5, "holds": "publish:1"},
)
"""What waits at a desk for a visitor: to be studied, to be issued, to be published."""
WAITING_SINCE = dt.date(2026, 2, 26)
SIGNED_LATE = dt.date(2026, 5, 13)
HUB, DEPUTY = "wangmin", "linguoqiang"
CURRENT = 1_000
"""Numbers of the current year's tales begin here."""
RECESS_BEGINS = dt.timedelta(days=45)
"""After the opening of the session; from then on matters of the recess come in."""


@dataclass(frozen=True, slots=True)
class Script:
    """What `living.toml` says."""

    content: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Script:
        """The script of the living county."""
        return cls(tomllib.loads((folder / "demonstration" / "living.toml").read_text(encoding="utf-8")))

    @property
    def seed(self) -> int:
        """By which everything is chosen that the script leaves open."""
        return int(self.content["seed"])

    @property
    def today(self) -> dt.datetime:
        """The moment at which a visitor comes."""
        moment: dt.datetime = self.content["today"]
        return moment

    @property
    def seasons(self) -> list[Season]:
        """The finished and the current year."""
        return [Season(SittingDates(row["opened"], row["closed"]), row["meeting"]) for row in self.content["season"]]

    @property
    def visitors(self) -> Mapping[str, Mapping[str, Any]]:
        """Whom a visitor can be."""
        found: Mapping[str, Mapping[str, Any]] = self.content["visitors"]
        return found

    @property
    def away(self) -> dict[str, dt.date]:
        """Since when the people whom a visitor can be have left their desks alone."""
        return {account: row["since"] for account, row in self.visitors.items()}


def arrivals(script: Script, people: Mapping[str, Sequence[str]]) -> Arrivals:
    """Which matters come in on which day of the two years; `people` are the accounts of each kind's members."""
    random = Random(f"living:{script.seed}")  # noqa: S311 - a story, no secret
    subjects = _subjects(script, random)
    found: Arrivals = defaultdict(list)
    finished, current = script.seasons
    for tale in _published(script, random, subjects, people["suggestion"]):
        found[_in_session(random, finished)].append(tale)
    for day, tale in _scenes(random.choice(people["suggestion"])):
        found[day or _in_session(random, current)].append(tale)
    for tale in _current(script, random, subjects, people):
        recess = (script.today.date() - current.sitting.opened - RECESS_BEGINS).days
        after = current.sitting.opened + RECESS_BEGINS + dt.timedelta(days=random.randint(0, recess))
        found[_in_session(random, current) if tale.in_session else after].append(tale)
    return found


def _in_session(random: Random, season: Season) -> dt.date:
    length = (season.sitting.closed - season.sitting.opened).days
    return season.sitting.opened + dt.timedelta(days=random.randint(0, length - 1))


@dataclass(slots=True)
class _Subjects:
    """What can be asked for, each subject once; by category, and of all."""

    by_category: dict[str, Iterator[tuple[str, str]]]
    random: Random

    def of(self, category: str) -> tuple[str, str]:
        """Leading unit and subject of the next matter of this category."""
        return next(self.by_category[category])

    def any(self) -> tuple[str, str, str]:
        """Category, leading unit and subject of the next matter."""
        category = self.random.choice(sorted(self.by_category))
        return (category, *self.of(category))


def _subjects(script: Script, random: Random) -> _Subjects:
    matters: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in script.content["matter"]:
        matters[row["category"]] += [(row["unit"], subject) for subject in row["subjects"]]
    return _Subjects({category: _told(random, found) for category, found in matters.items()}, random)


def _told(random: Random, found: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Subjects without a place first, as they were written; then each with every place, then other aspects."""
    once = [(unit, subject) for unit, subject in found if "{p}" not in subject]
    placed = [(unit, subject.replace("{p}", place)) for unit, subject in found if "{p}" in subject for place in PLACES]
    random.shuffle(once)
    random.shuffle(placed)
    yield from once
    for aspect in ASPECTS:
        yield from ((unit, subject + aspect) for unit, subject in placed)


def _published(script: Script, random: Random, subjects: _Subjects, deputies: Sequence[str]) -> Iterator[Tale]:
    """The finished year: the published figures are what these cases add up to."""
    told = script.content["published"]
    categories = [name for name, count in told["categories"].items() for _ in range(count)]
    classes = [code for code, count in told["classes"].items() for _ in categories[:count]]
    ratings = [code for code, count in told["ratings"].items() for _ in categories[:count]]
    for row in (categories, classes, ratings):
        random.shuffle(row)
    content = [number for number, rating in enumerate(ratings) if rating == "satisfied"]
    key = frozenset(random.sample(content, told["key"]))
    for number, (category, result, rating) in enumerate(zip(categories, classes, ratings, strict=True)):
        lead, subject = subjects.of(category)
        account = random.choice(deputies)
        yield Tale(
            number=number,
            account=account,
            kind="suggestion",
            title=f"关于{subject}的建议",
            category=category,
            in_session=True,
            story=Story(
                lead,
                _co(random, script, lead),
                key=random.choice(("leader", "leader", "mayor")) if number in key else "no",
                result_class=result,
                rating=rating,
                promise_days=random.randint(440, 640),
            ),
            cosigner=random.choice([one for one in deputies if one != account]) if random.random() < 0.2 else "",
            late=random.choice(("", "", "", "", "", "", "", "opinion")),
            returns=random.choice((0, 0, 0, 1)),
            certain=True,
            pace=random.choice((1.0, 1.4)),
        )


def _current(
    script: Script, random: Random, subjects: _Subjects, people: Mapping[str, Sequence[str]]
) -> Iterator[Tale]:
    told = script.content["current"]
    kinds = ["suggestion"] * told["suggestions"] + ["proposal"] * told["proposals"]
    random.shuffle(kinds)
    for number, kind in enumerate(kinds):
        yield _tale(script, random, subjects, people, CURRENT + number, kind)


def _tale(
    script: Script,
    random: Random,
    subjects: _Subjects,
    people: Mapping[str, Sequence[str]],
    number: int,
    kind: str,
) -> Tale:
    category, lead, subject = subjects.any()
    account = DEPUTY if kind == "suggestion" and random.random() < 0.08 else random.choice(people[kind])
    co = _co(random, script, lead)
    separate = bool(co) and random.random() < 0.06
    upper = number - CURRENT < script.content["current"]["upper"]
    others = [one for one in people[kind] if one != account]
    return Tale(
        number=number,
        account=HUB if upper else account,
        kind=kind,
        title=f"关于{subject}的{ENDINGS[kind]}",
        category=category,
        in_session=not upper and random.random() < 0.87,
        story=Story(
            lead,
            co,
            key=random.choices(("no", "leader", "mayor"), (92, 6, 2))[0],
            result_class=random.choices("ABC", (60, 26, 14))[0],
            rating=random.choices(("satisfied", "basic", "dissatisfied"), (83, 8, 9))[0],
            questions="请逐条写明完成时间和负责单位。",
            decision=random.choices(("rehandle", "explain", "meeting"), (75, 15, 10))[0],
            mode="separate" if separate else "",
            ruling=random.choice(("agree", "refuse")),
            suggests=(random.choice([unit for unit in _units(script) if unit != lead and unit not in co]),),
            promise_days=random.randint(12, 60),
            words={} if upper else _filing(random),
        ),
        cosigner=random.choice(others) if not upper and random.random() < 0.15 else "",
        late=random.choice(("sign_in", "opinion", "draft")) if random.random() < 0.12 else "",
        returns=random.choice((1, 1, 2)) if random.random() < 0.25 else 0,
        objects=random.random() < 0.08,
        silent=random.random() < 0.1,
        withdrawn=random.random() < 0.015,
        extension=random.random() < 0.04,
        key_late=random.random() < 0.02,
        pace=random.choice((1.0, 1.0, 1.2, 1.6, 2.2)),
        upper=upper,
    )


def _scenes(account: str) -> Iterator[tuple[dt.date | None, Tale]]:
    """What every county has once, and on which day it comes in; None: in the session."""
    plain = Tale(2 * CURRENT, account, "suggestion", "", "城市管理", in_session=True, story=Story("cgj"))
    # Three units in turn say that it is not theirs; the hub has to decide for the third time.
    yield (
        None,
        replace(
            plain,
            title="关于明确云溪河沿线健身步道管护责任的建议",
            story=Story("cgj", suggests=("slj", "jtj", "hbj")),
            disputes=3,
            holds="decide_objection:3",
        ),
    )
    # Late matters of the recess that wait for their unit to sign.
    for number, title in enumerate(("关于修缮老旧小区外墙脱落的建议", "关于规范小区公共收益公示的建议"), start=1):
        late = replace(plain, number=2 * CURRENT + number, title=title, category="群众生活", in_session=False)
        yield SIGNED_LATE, replace(late, story=Story("zjj", ("cgj",)))
    # Matters that are triaged, and wait for the hub's leader to approve the list.
    for number, (title, lead) in enumerate(APPROVED_LATE, start=10):
        yield TRIAGED_LATE, replace(
            plain, number=2 * CURRENT + number, title=title, in_session=False, story=Story(lead, ("zjj",))
        )
    for number, one in enumerate(WAITING, start=20):
        yield WAITING_SINCE, replace(plain, number=2 * CURRENT + number, **one)


def _filing(random: Random) -> dict[str, str]:
    filing = random.choices(("", "not_filed", "converted", "merged", "returned_for_edit"), (92, 2, 1, 3, 2))[0]
    return {"filing": filing} if filing else {}


def _units(script: Script) -> list[str]:
    return [row["unit"] for row in script.content["matter"]]


def _co(random: Random, script: Script, lead: str) -> tuple[str, ...]:
    many = random.choices((0, 1, 2, 3), (45, 35, 15, 5))[0]
    return tuple(random.sample([unit for unit in _units(script) if unit != lead], many))
