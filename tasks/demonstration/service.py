"""Builds the demonstration: the county, its items from the sheet, and cases that are already on their way.

Every case is played by its people through the services that the pages use, under a clock that walks through the past:
so dates, lights, history and numbers are real, and the same on every machine on the same day.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.accounts.actors import actor_named
from tasks.bootstrap import Banli, bootstrap
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.player import open_steps, perform, person_for
from tasks.directory.queries import account_of_person
from tasks.directory.setup import SittingDates, establish
from tasks.handling.extensions import ask
from tasks.handling.item_withdrawals import withdraw_item
from tasks.handling.together import assign_together
from tasks.packages.service import deploy_shipped
from tasks.register.models import Item
from tasks.register.service import submit
from tasks.register.sheet import import_sheet
from tasks.settings import BEIJING
from tasks.worklist.service import claim

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tasks.worklist.models import Work

OPENED_AGO, CLOSED_AGO, IMPORTED_AGO = 64, 56, 62
MEETING = "meeting"
"""Where the story leaves a case that waits for the common assignment."""
APPROVER = "zhoukai"
"""Who approves the list of a common assignment."""
IMPORTER = "wangmin"

DELAYS = {
    "assign": 0,
    "sign_in": 1,
    "decide_objection": 2,
    "leader_ruling": 2,
    "endorse": 1,
    "consider_addition": 1,
    "consult": 3,
    "opinion": 2,
    "draft": 3,
    "review": 1,
    "issue": 1,
    "rate": 3,
    "study": 2,
    "closing_review": 2,
}
"""Working days that a person takes for each step."""


class StagedClock:
    """A clock that stands where the story has come to."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        """The moment of the story."""
        return self.at


def build(banli: Banli, progress: Callable[[int, int], None] | None = None) -> bool:
    """Build the county once; False when this installation has an area already."""
    folder = banli.process_folder / "demonstration"
    today = banli.today()
    clock = StagedClock(_morning(today - dt.timedelta(days=OPENED_AGO)))
    staged = bootstrap(banli.settings, clock)
    try:
        dates = SittingDates(today - dt.timedelta(days=OPENED_AGO), today - dt.timedelta(days=CLOSED_AGO))
        if not establish(staged, folder / "county.toml", dates):
            return False
        deploy_shipped(staged, actor="chenli")
        clock.at = _morning(today - dt.timedelta(days=IMPORTED_AGO))
        import_sheet(staged, actor_named(staged, IMPORTER), folder / "items.xlsx")
        story = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))
        acts: list[Callable[[], None]] = [
            *(lambda row=row: _play_case(staged, clock, row, banli.now()) for row in story["case"]),
            *(lambda row=row: _play_submission(staged, clock, row, banli.now()) for row in story["submission"]),
        ]
        for done, act in enumerate(acts, start=1):
            act()
            if progress is not None:
                progress(done, len(acts))
    finally:
        staged.engine.close()
    banli.engine.run_due()
    return True


def _play_case(banli: Banli, clock: StagedClock, row: Mapping[str, Any], now: dt.datetime) -> None:
    with banli.reading() as session:
        item_id = session.scalars(select(Item.id).where(Item.title == row["title"])).one()
    clock.at = _morning(now.astimezone(BEIJING).date() - dt.timedelta(days=row["ago"]))
    _play(banli, clock, item_id, row, now)


def _play_submission(banli: Banli, clock: StagedClock, row: Mapping[str, Any], now: dt.datetime) -> None:
    today = now.astimezone(BEIJING).date()
    clock.at = _morning(today - dt.timedelta(days=row["ago"]))
    submitted = submit(
        banli,
        actor_named(banli, row["account"]),
        {
            "title": row["title"],
            "category": row["category"],
            "timing": "recess",
            "situation": row["situation"],
            "measures": [{"text": measure} for measure in row["measures"]],
            "publish_consent": "true",
            "no_secret": "true",
        },
        request_id=f"demonstration:{row['title']}",
    )
    if "lead" in row:
        clock.at = _morning(today - dt.timedelta(days=row["assigned_ago"]))
        _play(banli, clock, submitted.item_id, {**row, "stop": {"step": "sign_in"}}, now)
    elif "stop" in row:
        _play(banli, clock, submitted.item_id, {"lead": "", **row}, now)


def _play(banli: Banli, clock: StagedClock, item_id: int, row: Mapping[str, Any], now: dt.datetime) -> None:
    """Let the people of a case act until the step at which the story leaves it, or until today."""
    story = _story(row)
    returns = list(row.get("returns", ()))
    visits: dict[str, int] = {}
    while True:
        waiting = [work for work in open_steps(banli, item_id) if not _held(banli, work, row, visits)]
        if not waiting:
            if _stops(row) == MEETING or not assign_together(banli, actor_named(banli, APPROVER), [item_id]):
                break
            continue
        work = waiting[0]
        due = _after(banli, clock.at, _delay(work, row, visits))
        if due > now:
            break
        clock.at = due
        visits[_place(work)] = visits.get(_place(work), 0) + 1
        told = story
        if returns and work.element_id == "review" and row.get("returned_by") in _groups(work):
            told = replace(story, returned_for=returns.pop(0))
        perform(banli, work, fill_by(told, clock.at))
    _beside(banli, item_id, row)
    if row.get("claim"):
        for work in open_steps(banli, item_id):
            if work.assignee is None:
                claim(banli, person_for(banli, work), work.task_id)


def _beside(banli: Banli, item_id: int, row: Mapping[str, Any]) -> None:
    """What people do to the case beside its steps: ask for more time, withdraw it."""
    if row.get("withdrawn"):
        with banli.reading() as session:
            proposer = session.get_one(Item, item_id).proposers[0].person_id
            account = account_of_person(session, proposer)
        if account is not None:
            withdraw_item(banli, actor_named(banli, account), item_id, str(row["withdrawn"]))
    if row.get("more_time"):
        draft = next(work for work in open_steps(banli, item_id) if work.element_id == "draft")
        wanted = (draft.due or banli.now()).astimezone(BEIJING).date() + dt.timedelta(days=45)
        values = {"kind": "hard", "reason": str(row["more_time"]), "wanted": wanted, "plan": "先完成摸底，再分步实施。",
                  "told_by": "phoned", "told_on": banli.today()}  # fmt: skip
        ask(banli, person_for(banli, draft), item_id, values)


def _stops(row: Mapping[str, Any]) -> str:
    return str((row.get("stop") or {}).get("step") or "")


def _delay(work: Work, row: Mapping[str, Any], visits: Mapping[str, int]) -> int:
    """Working days before this step is done; `slack` is what the handler takes before the first draft."""
    if work.element_id == "review" and row.get("brisk"):
        return 0
    usual = DELAYS.get(work.element_id, 1)
    first_draft = work.element_id == "draft" and _place(work) not in visits
    return usual + int(row.get("slack", 0)) if first_draft else usual


def _held(banli: Banli, work: Work, row: Mapping[str, Any], visits: Mapping[str, int]) -> bool:
    stop = row.get("stop")
    if stop is None or work.element_id != stop["step"]:
        return False
    if "group" in stop and stop["group"] not in _groups(work):
        return False
    if visits.get(_place(work), 0) + 1 < stop.get("visit", 1):
        return False
    with banli.reading() as session:
        return session.get_one(Item, work.item_id).round >= int(stop.get("round", 0))


def _place(work: Work) -> str:
    return f"{work.element_id}:{','.join(sorted(_groups(work)))}"


def _groups(work: Work) -> Sequence[str]:
    return [group.name for group in work.groups]


def _story(row: Mapping[str, Any]) -> Story:
    known = ("lead", "key", "result_class", "rating", "complaint", "questions", "decision", "mode", "wide")
    return Story(co=tuple(row.get("co", ())), **{name: row[name] for name in known if name in row})


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9, 10), BEIJING)


def _after(banli: Banli, at: dt.datetime, working_days: int) -> dt.datetime:
    """The same hour so many working days later, a few minutes on, so that no two acts share a moment."""
    calendar = banli.reference().calendar
    local = at.astimezone(BEIJING) + dt.timedelta(minutes=7)
    while working_days or not calendar.is_working(local.date()):
        local += dt.timedelta(days=1)
        if working_days and calendar.is_working(local.date()):
            working_days -= 1
    return local
