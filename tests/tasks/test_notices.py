"""Who is told what, without a task."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from tasks.absences.service import set_absence
from tasks.absences.views import AbsenceWish
from tasks.accounts.actors import actor_named
from tasks.countersigning.answering import answer
from tasks.countersigning.asking import ask
from tasks.countersigning.views import CountersignWish
from tasks.deadlines.models import AreaSetting
from tasks.demonstration.answers import Story
from tasks.directory.models import Person
from tasks.notices.queries import notices, unread
from tasks.notices.service import read
from tasks.notices.views import NoticeKind
from tasks.register.models import ItemProposer
from tasks.supervision.slips import NewSlip, issue
from tasks.worklist.service import claim


@pytest.fixture
def told(banli):
    def kinds(account):
        return [row.kind for row in notices(banli, actor_named(banli, account)).rows]

    return kinds


def cosigned(banli, item_id, account):
    with banli.writing() as session:
        person = session.get_one(Person, actor_named(banli, account).person_id)
        session.add(ItemProposer(item_id=item_id, person_id=person.id, position=1))


def reply_to(banli, whom):
    with banli.writing() as session:
        row = session.scalar(select(AreaSetting).where(AreaSetting.name == "settings"))
        row.content = {**row.content, "reply_to": whom}


@pytest.mark.parametrize(("whom", "expected"), [("every", ["reply_issued"]), ("lead", [])])
def test_an_issued_reply_is_told_to_whom_the_area_sends_it(banli, clock, told, whom, expected):
    reply_to(banli, whom)
    play = submitted(banli, clock, Story("cgj"))
    cosigned(banli, play.item_id, "hexiulan")
    play.until("rate")
    assert told("linguoqiang") == [NoticeKind.REPLY_ISSUED]
    assert told("hexiulan") == expected


def test_a_substitute_reads_for_whom_and_when(banli, told):
    wish = AbsenceWish("wufang", "jianglin", banli.today().isoformat(), banli.today().isoformat())
    set_absence(banli, actor_named(banli, "wufang"), wish)
    assert told("jianglin") == [NoticeKind.SUBSTITUTE]
    assert told("wufang") == []
    set_absence(banli, actor_named(banli, "wufang"), wish)
    assert told("jianglin") == [NoticeKind.SUBSTITUTE], "sent twice it counts once"


def test_a_countersignature_is_told_to_who_is_asked_and_its_answer_to_who_asked(banli, clock, told):
    work = submitted(banli, clock, Story("cgj")).until("draft").step("draft")
    handler = actor_named(banli, "wufang")
    if work.assignee is None:
        claim(banli, handler, work.task_id)
    ask(banli, handler, work.task_id, CountersignWish(("suntao",), "请核对数据", required=False))
    row = notices(banli, actor_named(banli, "suntao")).rows[0]
    assert (row.kind, row.request_id is not None) == (NoticeKind.COUNTERSIGN_ASKED, True)
    assert "请核对数据" in str(row.sentence)
    answer(banli, actor_named(banli, "suntao"), row.request_id or 0, "agree", "")
    assert told("wufang") == [NoticeKind.COUNTERSIGN_ANSWERED]


def test_who_let_a_reply_pass_reads_that_it_came_back(banli, clock, told):
    play = submitted(banli, clock, Story("cgj", returned_for="时限不明确")).until("review")
    while play.step("review").candidates[0].startswith("cgj"):
        play.do("review", returned_for="")
    play.do("review")
    assert NoticeKind.REPLY_RETURNED in told("jianglin")


def test_a_slip_is_told_to_office_and_head_of_the_unit(banli, clock, told):
    play = submitted(banli, clock, Story("cgj")).until("draft")
    issue(banli, actor_named(banli, "wangmin"), NewSlip((play.item_id,), "cgj", "letter", "没有按期办理", "三日内说明"))
    banli.engine.run_due()
    assert told("suntao") == told("jianglin") == [NoticeKind.SLIP_ISSUED]
    assert told("zhengtao") == []


def test_what_was_read_is_not_counted_any_more(banli, clock, told):
    submitted(banli, clock, Story("cgj")).until("rate")
    deputy = actor_named(banli, "linguoqiang")
    assert unread(banli, deputy) == 1
    read(banli, deputy)
    assert unread(banli, deputy) == 0
    assert told("linguoqiang") == [NoticeKind.REPLY_ISSUED]


def test_nobody_reads_the_notices_of_another(banli, clock):
    submitted(banli, clock, Story("cgj")).until("rate")
    row = notices(banli, actor_named(banli, "linguoqiang")).rows[0]
    read(banli, actor_named(banli, "wangmin"), row.notice_id)
    assert unread(banli, actor_named(banli, "linguoqiang")) == 1


def test_no_notice_tells_a_unit_how_its_reply_was_rated(banli, clock, told):
    for rating in ("satisfied", "dissatisfied"):
        play = submitted(banli, clock, Story("cgj", complaint="没有解决"), title=f"关于{rating}的建议").until("rate")
        before = [told(account) for account in ("wufang", "jianglin", "suntao")]
        play.do("rate", rating=rating)
        assert [told(account) for account in ("wufang", "jianglin", "suntao")] == before
