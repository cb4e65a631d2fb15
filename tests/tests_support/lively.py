"""A county in the middle of everything: so that every page of the application has something to show."""

from __future__ import annotations

import datetime as dt
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import select

from tasks.absences.service import set_absence
from tasks.absences.views import AbsenceWish
from tasks.accounts.actors import actor_named, demonstration_accounts
from tasks.annual.service import ask_for
from tasks.attachments.service import add_to_case
from tasks.attachments.views import Upload
from tasks.changes.service import Part, change, contents
from tasks.countersigning.asking import ask, offered
from tasks.countersigning.views import CountersignWish
from tasks.demonstration.answers import Story
from tasks.designing.service import open_draft
from tasks.evaluation.models import EvaluationRun
from tasks.evaluation.service import NewRun, start_evaluation
from tasks.filing.upper import register_upper
from tasks.pausing.service import pause
from tasks.supervision.inspections import NewInspection, record
from tasks.supervision.slips import LEVELS, NewSlip, issue
from tasks.tracking.campaigns import NewCampaign, open_campaign
from tasks.worklist.models import Work
from tasks.worklist.service import claim
from tests_support.county import DAY, made, opened
from tests_support.people import submitted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tasks.bootstrap import Banli

UPPER = {
    "kind": "suggestion", "role": "co", "external_number": "市0217", "external_due": dt.date(2026, 7, 31),
    "external_lead": "市住建局", "contact": "张工", "contact_phone": "0700-8123001", "category": "城建交通·道路桥梁",
    "title": "关于统筹市域停车资源的建议", "situation": "停车资源不均。", "measures": [{"text": "共享停车位"}],
}  # fmt: skip
AFTERNOON = DAY + dt.timedelta(hours=5)


STEPS = (
    "closing_check", "closing_review", "rate", "issue", "review", "draft", "opinion", "consult", "sign_in", "triage",
)  # fmt: skip
"""Where the cases stand; the newest is the one that has just come in."""


class Standing:
    """The afternoon's clock: it does not move while the cases are played."""

    def __call__(self) -> dt.datetime:
        return AFTERNOON

    def move(self, **_span: float) -> None:
        """No time passes between two steps."""


@contextmanager
def lively(folder: Path) -> Iterator[Banli]:
    """A case at each step, an evaluation, a campaign, a slip, an absence, a countersignature and a drawn draft."""
    made(folder)
    with opened(folder, Standing()) as banli:
        for step in STEPS:
            story = Story("zjj", ("jjdd", "cgj"), complaint="没有解决")
            play = submitted(banli, Standing(), story, title=f"关于{step}一事的建议")
            if step != "triage":
                play.until(step)
            if step in ("closing_check", "review"):  # one is closed, one has come to the unit's leader
                play.do(step)
        look_after(banli)
        furnish(banli)
        yield banli


def look_after(banli: Banli) -> None:
    """What has dates of its own: a promise, a paused clock behind a returned reply, an upper level's item, a visit."""
    promising = submitted(banli, Standing(), Story("zjj", ("cgj",), result_class="B"), title="关于改造老旧管网的建议")
    promising.until("closing_check").do("closing_check")
    returned = submitted(banli, Standing(), Story("cgj"), title="关于增设公交站点的建议")
    returned.until("review").do("review", returned_for="时间不明确")
    returned.do("draft")
    hub = actor_named(banli, "wangmin")
    pause(banli, hub, returned.item_id, {"kind": "litigation", "reason": "县人民法院正在审理"})
    register_upper(banli, hub, UPPER, None)
    to_do = (("补划标线", (AFTERNOON + dt.timedelta(days=12)).date()),)
    day = AFTERNOON.date()
    record(banli, hub, NewInspection("on_site", "zjj", promising.item_id, day, "三办", "标线不清", to_do))


def furnish(banli: Banli) -> None:
    """Begin what no case begins by itself."""
    hub, today = actor_named(banli, "wangmin"), banli.today()
    start_evaluation(banli, hub, NewRun(today.year, "standard", today + dt.timedelta(days=200)))
    ask_for(banli, hub, today.year, "work")
    soon = today + dt.timedelta(days=20)
    open_campaign(banli, hub, NewCampaign("年中回头看", "term", (), soon, "已办结事项是否落实"))
    with banli.reading() as session:
        late = session.scalars(
            select(Work).where(Work.state == "open", Work.unit_code == "zjj", Work.confidential == "")
        ).all()
    issue(banli, hub, NewSlip((late[0].item_id or 0,), "zjj", next(iter(LEVELS)), "没有按期办理", "三日内书面说明"))
    draft = next(work for work in late if work.candidates and work.item_id)
    _ask_beside(banli, draft)
    handler = actor_named(banli, "wufang")
    days = [(today + dt.timedelta(days=span)).isoformat() for span in (1, 5)]
    set_absence(banli, handler, AbsenceWish("wufang", "jianglin", *days, "外出学习"))
    administrator = actor_named(banli, "chenli")
    open_draft(banli, administrator, "handling")
    light = contents(banli, "light")["reply"]
    change(banli, administrator, [Part("light", "reply", {**light, "near": light["near"] + 1})], "提前提醒")
    add_to_case(banli, hub, draft.item_id or 0, Upload("说明.txt", "情况说明".encode()), audience="all")
    with banli.writing() as session:  # so that the page of places has something to show
        session.scalars(select(EvaluationRun)).one().ranked_at = banli.now()
    banli.engine.run_due()


def _ask_beside(banli: Banli, work: Work) -> None:
    """A colleague of the unit is asked for a countersignature."""
    holders = [account.account for account in demonstration_accounts(banli) if account.unit_name == "住建局"]
    for name in [work.assignee] if work.assignee else holders:
        actor = actor_named(banli, name)
        if not work.assignee and actor.groups.isdisjoint(work.candidates):
            continue
        if not work.assignee:
            claim(banli, actor, work.task_id)
        colleagues = offered(banli, actor, work.task_id)
        asked = next(option.value for options in colleagues.values() for option in options)
        ask(banli, actor, work.task_id, CountersignWish((asked,), "请核对数据", required=False))
        return
