"""What units report at the end of a year: on their work (P15) and on their promises (P14)."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import submitted
from tests_support.walking import told, walked

from engine.errors import NotFound
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.annual.models import AnnualReport
from tasks.annual.queries import annual_report, annual_reports
from tasks.annual.service import ask_for, business_key
from tasks.demonstration.answers import Story
from tasks.directory.models import Unit
from tasks.handling.models import Reply
from tasks.notices.service import people_of as holders_of
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.models import Commitment
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.service import complete, open_task

HUB, COMMITTEE = "wangmin", "sunjie"


@pytest.fixture
def year(banli, clock):
    """The first of November; the city management bureau has answered one suggestion in the year."""
    play = submitted(banli, clock, Story("cgj", closing="close"), title="关于疏浚灌渠的建议").until("rate")
    clock.now = dt.datetime(banli.today().year, 11, 2, 2, 0, tzinfo=dt.UTC)
    return play


def people_of(banli, unit):
    """By role: an account of the unit."""
    with banli.reading() as session:
        return {role: holders_of(session, unit, role)[0] for role in ("unit_office", "unit_head")}


def works(banli, key):
    with banli.reading() as session:
        return session.scalars(
            select(Work).where(Work.subject_key == key.partition(":")[2], Work.state == "open")
        ).all()


def do(banli, key, account, **values):
    """Finish the open step; what the form shows already is sent back as it stands."""
    (work,) = works(banli, key)
    actor = actor_named(banli, account)
    page = open_task(banli, actor, work.task_id)
    keys = {one.key for one in page.form.components if one.key and not one.read_only}
    kept = {name: value for name, value in page.values.items() if name in keys and value}
    complete(banli, actor, work.task_id, {**kept, **values}, None)
    return page


def test_the_hub_asks_each_unit_with_items_until_the_date_of_the_rule(banli, year):
    assert ask_for(banli, actor_named(banli, HUB), banli.today().year, "work") == 1
    key = business_key(banli.today().year, "work", "cgj")
    (work,) = works(banli, key)
    assert work.due.astimezone(BEIJING).date() == dt.date(banli.today().year, 11, 30)
    assert work.due_notes[-1]["rule"] == "P15"
    assert work.subject == f"城管局 {banli.today().year}年度办理报告"


def test_the_draft_begins_with_the_figures_of_the_records(banli, year):
    ask_for(banli, actor_named(banli, HUB), banli.today().year, "work")
    key = business_key(banli.today().year, "work", "cgj")
    who = people_of(banli, "cgj")
    page = do(banli, key, who["unit_office"])
    handled, answered = "承办建议提案1件，其中主办（含分别办理）1件、会办0件", "已印发答复1件（A类1件），被退办0次"
    assert f"{handled}；{answered}" in page.values["report_text"]


def test_asking_twice_asks_nobody_twice(banli, year):
    hub = actor_named(banli, HUB)
    ask_for(banli, hub, banli.today().year, "work")
    ask_for(banli, hub, banli.today().year, "work")
    with banli.reading() as session:
        assert len(session.scalars(select(AnnualReport)).all()) == 1
    assert annual_reports(banli, hub, banli.today().year).missing == {"work": 0, "commitments": 0}


def test_units_do_not_ask_and_where_nothing_was_promised_nobody_is_asked(banli, year):
    with pytest.raises(NotAllowed):
        ask_for(banli, actor_named(banli, people_of(banli, "cgj")["unit_head"]), banli.today().year, "work")
    with pytest.raises(FormInvalid):
        ask_for(banli, actor_named(banli, COMMITTEE), banli.today().year, "commitments")


def test_promises_are_told_one_by_one_to_the_committee(banli, year):
    promise(banli, year)
    this = banli.today().year
    assert ask_for(banli, actor_named(banli, COMMITTEE), this, "commitments") == 1
    key = business_key(this, "commitments", "cgj")
    who = people_of(banli, "cgj")
    (work,) = works(banli, key)
    assert (work.due_notes[-1]["rule"], work.due.astimezone(BEIJING).date()) == ("P14", dt.date(this, 11, 15))
    page = do(banli, key, who["unit_office"])
    assert "疏浚两条干渠" in page.values["report_text"]
    do(banli, key, who["unit_head"], signature="sign")
    do(banli, key, COMMITTEE, receipt="accept")
    assert annual_report(banli, actor_named(banli, COMMITTEE), this, "commitments", "cgj").state == "received"


def test_the_cppcc_reads_the_statements_that_it_asked_for(banli, year):
    promise(banli, year)
    this = banli.today().year
    assert ask_for(banli, actor_named(banli, "fanglan"), this, "commitments") == 1
    assert receiver(banli, business_key(this, "commitments", "cgj")) == "zx:cppcc_reviewer"


@pytest.mark.parametrize(("kind", "role"), [("suggestion", "npc_reviewer"), ("proposal", "cppcc_reviewer")])
def test_what_the_hub_asks_for_goes_to_the_committee_of_the_promises(banli, year, kind, role):
    promise(banli, year)
    with banli.writing() as session:
        session.get_one(Item, year.item_id).kind = kind
    this = banli.today().year
    ask_for(banli, actor_named(banli, HUB), this, "commitments")
    assert receiver(banli, business_key(this, "commitments", "cgj")).endswith(f":{role}")


def receiver(banli, key):
    """The group that will read the report."""
    (work,) = works(banli, key)
    return banli.engine.task_variables(work.task_id)["receiver"]


def promise(banli, play):
    with banli.writing() as session:
        unit = session.scalars(select(Unit).where(Unit.code == "cgj")).one()
        reply = session.scalars(select(Reply).where(Reply.item_id == play.item_id)).first()
        session.add(
            Commitment(
                item_id=play.item_id, unit_id=unit.id, reply_answer_id=reply.answers[0].id, measure="疏浚",
                promise="疏浚两条干渠", promised_on=banli.today(), original_due=banli.today() + dt.timedelta(days=90),
                due=banli.today() + dt.timedelta(days=90), state="open",
            )
        )  # fmt: skip


def test_another_unit_does_not_read_the_report(banli, year):
    this = banli.today().year
    ask_for(banli, actor_named(banli, HUB), this, "work")
    other = actor_named(banli, people_of(banli, "zjj")["unit_head"])
    assert annual_reports(banli, other, this).rows == []
    with pytest.raises(NotFound):
        annual_report(banli, other, this, "work", "cgj")


def test_every_flow_of_an_annual_report_is_walked(banli, year):
    this = banli.today().year
    ask_for(banli, actor_named(banli, HUB), this, "work")
    key, who = business_key(this, "work", "cgj"), people_of(banli, "cgj")
    do(banli, key, who["unit_office"])
    do(banli, key, who["unit_head"], signature="back", signature_note="补充存在问题")
    page = do(banli, key, who["unit_office"], problems="会办意见宜提前")
    assert page.values["returned"] == "补充存在问题"
    do(banli, key, who["unit_head"], signature="sign")
    do(banli, key, HUB, receipt="more", receipt_note="写明下一步打算")
    do(banli, key, who["unit_office"])
    do(banli, key, who["unit_head"], signature="sign")
    do(banli, key, HUB, receipt="accept")
    report = annual_report(banli, actor_named(banli, HUB), this, "work", "cgj")
    assert (report.state, report.problems, report.returned) == ("received", "会办意见宜提前", "")
    with banli.reading() as session:
        root = session.scalars(select(AnnualReport)).one().instance_id
    taken, there = walked(banli, [root])
    print(told("annual_report", taken["annual_report"], there["annual_report"]))  # noqa: T201 - the coverage is to be read
    assert taken["annual_report"] == there["annual_report"]
