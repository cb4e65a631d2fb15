"""What the simulated colleagues remember between a visitor's looks: how far each case has come, and their plans."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.demonstration.answers import Story
from tasks.simulation.acting import Course
from tasks.simulation.people import Tale
from tasks.simulation.year import Year
from tasks.worklist.models import Work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tasks.bootstrap import Banli
    from tasks.demonstration.moving_clock import MovingClock
    from tasks.simulation.calendar import Season
    from tasks.simulation.rates import Rates

_FILE = "demonstration.json"


def memory_of(banli: Banli) -> Path:
    """The file beside the demonstration's database."""
    return banli.settings.data_folder / _FILE


def remember(year: Year, path: Path) -> None:
    """Write down the moment, the courses and the plans."""
    content = {
        "at": year.clock.at.isoformat(),
        "acts": year.acts,
        "courses": {str(item): _written(course) for item, course in year.courses.items()},
        "beside": {key: _written(course) for key, course in year.beside.items()},
        "planned": {task: day.isoformat() for task, day in year.planned.items()},
    }
    fresh = path.with_suffix(".fresh")
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def moment_remembered(path: Path) -> dt.datetime:
    """Where the demonstration's clock stood when it was left."""
    return dt.datetime.fromisoformat(json.loads(path.read_text(encoding="utf-8"))["at"])


def recall(banli: Banli, clock: MovingClock, *, seed: int, rates: Rates, seasons: list[Season]) -> Year:
    """The simulated county as it was left; what a visitor has done meanwhile is seen in the database."""
    content = json.loads(memory_of(banli).read_text(encoding="utf-8"))
    year = Year(banli, clock, seed, rates, seasons)
    year.acts = content["acts"]
    year.courses = {int(item): _course(row) for item, row in content["courses"].items()}
    year.beside = {key: _course(row) for key, row in content["beside"].items()}
    with banli.reading() as session:
        works = {work.task_id: work for work in session.scalars(select(Work).where(Work.state == "open"))}
    for task, text in content["planned"].items():
        day = dt.date.fromisoformat(text)
        if task in works:
            year.planned[task] = day
            if day != dt.date.max:
                year.desks[day].append(task)
                year.works[task] = works[task]
    return year


def _written(course: Course) -> dict[str, Any]:
    return {**asdict(replace(course, visits=Counter())), "visits": dict(course.visits)}


def _course(row: Mapping[str, Any]) -> Course:
    tale = dict(row["tale"])
    story = dict(tale.pop("story"))
    told = Story(**{**story, "co": tuple(story["co"]), "suggests": tuple(story["suggests"])})
    return Course(**{**row, "tale": Tale(**tale, story=told), "visits": Counter(row["visits"])})
