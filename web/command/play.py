"""`banli play`: one case from intake to closing in the terminal, each wait state shown."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy import select

from engine.message import say
from tasks.accounts.actors import actor_named
from tasks.bootstrap import SHIPPED_PROCESSES, bootstrap
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.cast import HUB
from tasks.demonstration.player import open_steps, perform, person_for
from tasks.directory.setup import SittingDates, establish
from tasks.packages.service import deploy_shipped
from tasks.register.models import Item
from tasks.register.sheet import import_sheet
from tasks.settings import BEIJING, Settings
from tasks.simulation.clock import StagedClock
from web.terminal import fail, line, plain_errors, progress, tell

if TYPE_CHECKING:
    from tasks.bootstrap import Banli
    from tasks.worklist.models import Work

DEFAULT_CASE = "关于增加老旧小区停车泊位的建议"
_STORY = Story(lead="zjj", co=("jjdd", "cgj"), result_class="B")
_RETURNED = replace(_STORY, returned_for="“近期”请写明时间。")
_COMPLAINT = replace(_STORY, rating="dissatisfied", complaint="夜间限时泊位一条没有回答。",
                     questions="夜间限时泊位划在哪些路段，什么时候划好？")


@click.command("play", help=tell(say("Play one case step by step in the terminal, on a scratch county.")))
@click.argument("title", default=DEFAULT_CASE)
@click.option("--pause", is_flag=True, help=tell(say("Wait for Enter before each step.")))
def command(title: str, pause: bool) -> None:  # noqa: FBT001 - options
    """One return of the reply and one dissatisfied rating are part of the story."""
    with tempfile.TemporaryDirectory(prefix="banli-play-") as folder, plain_errors():
        clock = StagedClock(dt.datetime.combine(dt.datetime.now(BEIJING).date(), dt.time(9), BEIJING))
        settings = Settings(Path(folder), f"sqlite:///{folder}/play.db", demonstration=True, secret_key="play")  # noqa: S106
        banli = bootstrap(settings, clock)
        try:
            item_id = _prepare(banli, clock, title)
            _walk(banli, clock, item_id, pause=pause)
        finally:
            banli.engine.close()


def _prepare(banli: Banli, clock: StagedClock, title: str) -> int:
    folder = SHIPPED_PROCESSES / "demonstration"
    today = clock.at.date()
    establish(banli, folder / "county.toml", SittingDates(today - dt.timedelta(days=8), today - dt.timedelta(days=4)))
    deploy_shipped(banli, actor="banli play")
    with progress(say("Preparing the county")) as show:
        import_sheet(banli, actor_named(banli, HUB), folder / "items.xlsx", progress=show)
    with banli.reading() as session:
        found = session.scalars(select(Item.id).where(Item.title == title)).one_or_none()
        titles = session.scalars(select(Item.title).order_by(Item.id)).all()
    if found is None:
        fail(say("No item is called “{title}”. There are: {titles}", title=title, titles=titles))
    return int(found or 0)


def _walk(banli: Banli, clock: StagedClock, item_id: int, *, pause: bool) -> None:
    returned = complained = False
    number = 0
    while waiting := open_steps(banli, item_id):
        number += 1
        _show(banli, clock, number, waiting)
        if pause:
            click.pause(tell(say("Enter goes on …")))
        work = waiting[0]
        story = _STORY
        if work.element_id == "review" and not returned and any(group.name.startswith("fb:") for group in work.groups):
            story, returned = _RETURNED, True
        if work.element_id == "rate" and not complained:
            story, complained = _COMPLAINT, True
        person = perform(banli, work, fill_by(story, clock.at))
        line(say("   → {person} finished “{step}”", person=person.name, step=work.step_name))
        clock.at += dt.timedelta(days=1, minutes=7)
    with banli.reading() as session:
        case = session.scalars(select(Item).where(Item.id == item_id)).one()
        line(say("The case “{title}” is closed after {count} steps.", title=case.title, count=number))


def _show(banli: Banli, clock: StagedClock, number: int, waiting: list[Work] | tuple[Work, ...]) -> None:
    line(f"{number:>3}  {clock.at.astimezone(BEIJING):%Y-%m-%d}")
    for work in waiting:
        due = work.due.astimezone(BEIJING).strftime("%Y-%m-%d") if work.due else "–"
        line(say("     waiting: {step} · {person} ({unit}) · due {due}", step=work.step_name,
                 person=person_for(banli, work).name, unit=work.unit_code or "–", due=due))
