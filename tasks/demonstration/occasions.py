"""What an office does once in these two years, besides its cases: settings, reports of the year, a look back."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from tasks.annual.service import ask_for
from tasks.changes.registry import KINDS
from tasks.changes.service import Part, change, contents, take_back
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.cast import HUB
from tasks.demonstration.player import perform, step_named
from tasks.handling.extensions import ask
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.campaigns import NewCampaign, open_campaign
from tasks.worklist.models import Work
from tasks.worklist.queries import worklist
from tasks.worklist.service import claim
from tasks.worklist.views import WorklistView

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.simulation.year import Year

ADMINISTRATOR = "chenli"
CLAIMED = 12
"""So many of the most urgent tasks of her office the hub's officer has taken on her desk."""


def _set(year: Year, kind: str, subject: str, why: str, **values: Any) -> int:
    before = contents(year.banli, kind)[subject]
    after = KINDS[kind].compose(before, {**before, **values})
    number = change(year.banli, year.actor(ADMINISTRATOR), [Part(kind, subject, after)], why)
    year.acted()
    return number


def _new_duties(year: Year) -> None:
    _set(year, "unit", "zjj", "县委编办〔2025〕9号：海绵城市建设划归住建局",
         duties="城镇建设、住房、老旧小区改造、停车设施建设、海绵城市建设")  # fmt: skip


def _another_telephone(year: Year) -> None:
    _set(year, "account", "helei", "办公室搬迁，电话改号", phone="0700-8015009")


def _another_source(year: Year) -> None:
    known = contents(year.banli, "list")["origins"]["entries"]
    _set(year, "list", "origins", "县人大常委会办公室来函，增加线上征集", entries=[*known, "线上征集"])


def _publish_sooner(year: Year) -> None:
    _set(year, "deadline", "P13", "县政府办公室通知〔2026〕3号：答复公开提前到15个工作日", amount=15,
         source="本县通知〔2026〕3号", effective_from=year.banli.today().isoformat())  # fmt: skip


def _lights_that_were_put_back(year: Year) -> None:
    number = _set(year, "light", "commitment", "试行提前45天提醒", near=45)
    take_back(year.banli, year.actor(ADMINISTRATOR), number, "各单位反映提醒过早，恢复30天")
    year.acted()


def _ask_for_reports(year: Year) -> None:
    for kind in ("work", "commitments"):
        ask_for(year.banli, year.actor(HUB), year.banli.today().year, kind)
        year.acted()


def _look_back(name: str, units: tuple[str, ...], until: dt.date) -> Callable[[Year], None]:
    def begin(year: Year) -> None:
        asked = NewCampaign(name, "year", units, until, "已办结事项是否落实；代表是否满意；有没有反复")
        open_campaign(year.banli, year.actor(HUB), asked)
        year.acted()

    return begin


def _ask_for_time(year: Year) -> None:
    """A unit that cannot finish asks for more time; the hub agrees, and it comes to the committee's desk."""
    with year.banli.reading() as session:
        draft = next(
            work
            for work in session.scalars(
                select(Work)
                .join(Item, Item.id == Work.item_id)
                .where(Work.state == "open", Work.element_id == "draft", Item.kind == "suggestion", Item.round == 1)
                .order_by(Work.opened_at.desc(), Work.task_id)
            )
            if work.assignee and work.assignee not in year.away and work.due
        )
        item, handler, due = int(draft.item_id or 0), str(draft.assignee), draft.due
    today = year.banli.today()
    until = (due.astimezone(BEIJING).date() if due else today) + dt.timedelta(days=40)
    wanted = {
        "kind": "hard", "reason": "涉及三个乡镇的管线迁改，省属单位的方案七月才能定。",
        "plan": "先完成勘测和征求意见。", "told_by": "phoned", "wanted": until, "told_on": today,
    }  # fmt: skip
    ask(year.banli, year.actor(handler), item, wanted)
    year.acted()
    agree = fill_by(Story("", extension="agree"), year.clock.at)
    perform(year.banli, step_named(year.banli, item, "hub_extension"), agree, year.actor(HUB))
    year.acted()


OCCASIONS: dict[dt.date, Callable[[Year], None]] = {
    dt.date(2025, 4, 15): _another_telephone,
    dt.date(2025, 9, 1): _new_duties,
    dt.date(2025, 9, 22): _look_back("2025年办结件回头看", ("cgj", "jjdd", "mzj"), dt.date(2025, 10, 24)),
    dt.date(2025, 10, 13): _ask_for_reports,
    dt.date(2026, 1, 12): _another_source,
    dt.date(2026, 2, 2): _publish_sooner,
    dt.date(2026, 4, 20): _lights_that_were_put_back,
    dt.date(2026, 6, 5): _ask_for_time,
    dt.date(2026, 6, 1): _look_back("2026年上半年办结件回头看", (), dt.date(2026, 7, 10)),
}
"""What happens on which day."""


def take_on_desk(year: Year) -> None:
    """The hub's officer claims what is most urgent, as she does in the morning before the visitor comes."""
    officer = year.actor(HUB)
    for row in worklist(year.banli, officer, WorklistView.CLAIMABLE).rows[:CLAIMED]:
        claim(year.banli, officer, row.task_id)
        year.acted()
