"""Playing the living county: two years of work through the real services, under a clock that walks through them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.absences.service import set_absence
from tasks.absences.views import AbsenceWish
from tasks.accounts.models import Account
from tasks.demonstration.cast import HUB, Script, arrivals
from tasks.demonstration.occasions import OCCASIONS, take_on_desk
from tasks.directory.models import Membership, Term
from tasks.directory.queries import BODY_OF_KIND
from tasks.directory.setup import add_sitting, establish
from tasks.evaluation.service import NewRun, start_evaluation
from tasks.packages.models import Origin
from tasks.packages.queries import newest
from tasks.packages.service import Package, deploy, deploy_shipped, read_package, roll_back
from tasks.pausing.reminding import remind_of_ends
from tasks.settings import BEIJING
from tasks.simulation.calendar import days_between
from tasks.simulation.rates import Rates
from tasks.simulation.year import Year, finish, live_a_day
from tasks.supervision.chasing import daily_round
from tasks.supervision.inspections import NewInspection, record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tasks.bootstrap import Banli
    from tasks.simulation.calendar import Season
    from tasks.simulation.clock import StagedClock

DESIGNER = "chenli"
CHAINS = "review-chain.dmn"
ABSENT, SUBSTITUTE = "lijianguo", "wangmin"
PRESSED = dt.timedelta(days=9)
"""Since when the daily round presses for what is late; before, the office did so by telephone."""
RATES = Rates(dissatisfied=0.2)
"""Of those who were dissatisfied once, with the second reply; all else stands in the tales."""


def play(banli: Banli, clock: StagedClock, progress: Callable[[int, int], None] | None = None) -> Year | None:
    """Live through both years up to the script's today; None when this installation has an area already."""
    script = Script.read(banli.process_folder)
    first, *later = script.seasons
    folder = banli.process_folder / "demonstration"
    if not establish(banli, folder / "living.toml", first.sitting):
        return None
    _introduce(banli, script)
    deploy_shipped(banli, actor=DESIGNER)
    year = Year(banli, clock, script.seed, RATES, script.seasons, script.away)
    coming = arrivals(script, _members(banli))
    days = list(days_between(first.sitting.opened, script.today.date() - dt.timedelta(days=1)))
    for number, day in enumerate(days, start=1):
        for season in later:
            if day == season.sitting.opened:
                _open_session(banli, script, season)
        live_a_day(year, day, coming)
        _events(year, script, day)
        if progress is not None:
            progress(number, len(days))
    clock.at = script.today
    banli.engine.run_due()
    take_on_desk(year)
    return year


def _members(banli: Banli) -> Mapping[str, list[str]]:
    """Accounts of the deputies and of the members of the CPPCC, by the kind of item that they submit."""
    with banli.reading() as session:
        return {
            kind: list(
                session.scalars(
                    select(Account.name)
                    .join(Membership, Membership.person_id == Account.person_id)
                    .join(Term, Term.id == Membership.term_id)
                    .where(Term.body == body)
                    .order_by(Account.id)
                )
            )
            for kind, body in BODY_OF_KIND.items()
        }


def _introduce(banli: Banli, script: Script) -> None:
    """The sign-in page tells of those whom a visitor can be, and of nobody else."""
    with banli.writing() as session:
        for account in session.scalars(select(Account).order_by(Account.id)):
            account.about = str(script.visitors.get(account.name, {}).get("does", ""))


def _open_session(banli: Banli, script: Script, season: Season) -> None:
    row = next(row for row in script.content["season"] if row["opened"] == season.sitting.opened)
    for body, name in row["names"].items():
        add_sitting(banli, body, row["ordinal"], name, season.sitting)


def _events(year: Year, script: Script, day: dt.date) -> None:
    """What happens once: the evaluation of the finished year is started, a reviewer leaves for a training."""
    for row in script.content["season"]:
        if row.get("evaluated") == day:
            self_due, panel_due = day + dt.timedelta(days=18), day + dt.timedelta(days=40)
            run = NewRun(row["meeting"].year, "standard", day - dt.timedelta(days=3), self_due, panel_due)
            start_evaluation(year.banli, year.actor(HUB), run)
            year.acted()
    if day in OCCASIONS:
        OCCASIONS[day](year)
    today = script.today.astimezone(BEIJING).date()
    if day >= today - PRESSED:
        daily_round(year.banli)
        remind_of_ends(year.banli)
    if day == today - dt.timedelta(days=5):
        _visit(year, day)
    if day == today - dt.timedelta(days=1):
        _mistake(year, day)
    if day == today - dt.timedelta(days=2):
        wish = AbsenceWish(
            ABSENT, SUBSTITUTE, day.isoformat(), (day + dt.timedelta(days=11)).isoformat(), "参加市委党校培训"
        )
        set_absence(year.banli, year.actor(ABSENT), wish)
        year.acted()


def _visit(year: Year, day: dt.date) -> None:
    """Hub and committees look at a place together; what they found has to be put right."""
    found = NewInspection(
        "joint_visit", "cgj", None, day, "县府办、县人大代表联络委、县政协提案委",
        "抽查3处新建公厕，1处已开放，2处完工后没有移交。",
        (("完成移交并开放", day + dt.timedelta(days=12)), ("公厕位置标上电子地图", day + dt.timedelta(days=25))),
    )
    record(year.banli, year.actor(HUB), found)
    year.acted()


def _mistake(year: Year, day: dt.date) -> None:
    """A table of review chains with a misspelt node is in force for some minutes, and meets one reply.

    The mistake has been put right when the visitor comes; the reply's case waits to be repeated.
    """
    banli = year.banli
    right = read_package(banli.process_folder / "handling")
    wrong = {**right.files, CHAINS: right.files[CHAINS].replace(b'"UO"', b'"UQ"')}
    before = newest(banli, right.name)
    deploy(banli, Package(right.manifest, wrong), DESIGNER, "调整审核链", origin=Origin.TABLE)
    year.acted()
    planned, draft = next(
        (planned, task)
        for planned in sorted(year.desks)
        for task in year.desks[planned]
        if (work := year.works[task]).element_id == "draft" and work.assignee not in year.away
    )
    year.desks[planned].remove(draft)
    finish(year, draft, day)
    roll_back(banli, right.name, before.number if before else 1, DESIGNER, "审核链的节点代码写错了，恢复上一版")
    year.acted()
