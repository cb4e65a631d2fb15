"""The board of lights, reminders, slips and inspections, as the hub and the units see them."""

import datetime as dt
import re

import pytest
from sqlalchemy import select, update
from tests_support.county import DAY
from tests_support.tracking import answered, track

from tasks.supervision.models import Reminder, Slip
from tasks.worklist.models import Work


@pytest.fixture
def late(banli):
    """Two tasks whose dates have passed: a report of the housing bureau, and a rating."""
    play = answered(banli, lambda: DAY - dt.timedelta(days=60), {"zjj": [DAY.date() + dt.timedelta(days=10)]})
    track(play)
    banli.engine.run_due()
    with banli.writing() as session:
        work = session.scalars(select(Work).where(Work.item_id == play.item_id, Work.state == "open")).one()
        work.due = DAY - dt.timedelta(days=2)
    return play


def task_of(banli, play):
    with banli.reading() as session:
        return session.scalars(select(Work.task_id).where(Work.item_id == play.item_id, Work.state == "open")).one()


def slip_of(banli):
    with banli.reading() as session:
        return session.scalars(select(Slip.id).order_by(Slip.id.desc())).first()


SLIP = {"unit": "zjj", "level": "orange", "problem": "半程反馈逾期", "requirement": "三日内说明"}


def test_the_board_lists_what_is_late_and_its_figures_lead_there(visitor, late):
    page = visitor.be("wangmin").read("/supervision")
    assert page.count('data-light="overdue"') == 1
    shown = int(re.search(r'data-counts="(\d+)" href="[^"]*light=overdue', page)[1])
    assert visitor.read("/supervision?light=overdue").count("data-light=") == shown
    assert visitor.read("/supervision?unit=cgj").count("data-light=") == 0


def test_the_hub_presses_the_chosen_tasks(visitor, banli, late):
    task = task_of(banli, late)
    answer = visitor.be("wangmin").post(
        "/supervision/remind", {"task": [task], "text": "请本周内报送。"}, follow_redirects=True
    )
    assert "已催办 1 件" in answer.get_data(as_text=True)
    with banli.reading() as session:
        assert session.scalars(select(Reminder.text)).all() == ["请本周内报送。"]


def test_the_holder_reads_the_reminder_on_the_task_and_the_case(visitor, banli, late):
    task = task_of(banli, late)
    visitor.be("wangmin").post("/supervision/remind", {"task": [task], "text": "请本周内报送。"})
    assert "请本周内报送。" in visitor.read(f"/cases/{late.item_id}")
    assert "请本周内报送。" in visitor.be("zhaoqian").read(f"/tasks/{task}")


def test_a_reminder_without_words_keeps_the_choice(visitor, banli, late):
    answer = visitor.be("wangmin").post("/supervision/remind", {"task": [task_of(banli, late)], "text": ""})
    assert answer.status_code == 422
    assert "checked" in answer.get_data(as_text=True)


def test_a_slip_is_issued_and_printed(visitor, banli, late):
    visitor.be("wangmin")
    assert "住建局" in visitor.read(f"/supervision/slips/new?item={late.item_id}&unit=zjj")
    answer = visitor.post("/supervision/slips", {**SLIP, "item": late.item_id})
    page = visitor.read(answer.headers["Location"])
    assert "督办单〔2026〕1号" in page
    assert "半程反馈逾期" in page
    assert "承办单位说明" in page


def test_a_unit_reads_its_own_slips_only(visitor, banli, late):
    visitor.be("wangmin").post("/supervision/slips", {**SLIP, "item": late.item_id})
    address = f"/supervision/slips/{slip_of(banli)}"
    assert visitor.be("qianlei").get(address).status_code == 200
    assert visitor.be("jianglin").get(address).status_code == 404


def test_an_incomplete_slip_says_what_is_missing(visitor, late):
    answer = visitor.be("wangmin").post("/supervision/slips", {**SLIP, "item": late.item_id, "problem": ""})
    assert answer.status_code == 422
    assert 'href="#f-problem"' in answer.get_data(as_text=True)


def test_the_round_can_be_made_at_once(visitor, banli, late):
    answer = visitor.be("wangmin").post("/supervision/round", follow_redirects=True)
    assert "已巡查" in answer.get_data(as_text=True)
    with banli.reading() as session:
        assert session.scalars(select(Slip.level)).all() == ["orange"]


@pytest.mark.parametrize("account", ["sunjie", "liuzheng"])
def test_who_does_not_press_reads_the_board_without_its_buttons(visitor, late, account):
    page = visitor.be(account).read("/supervision")
    assert "催办督办" in page
    assert 'action="/supervision/round"' not in page
    assert visitor.post("/supervision/round").status_code == 403


def test_an_inspection_is_recorded_and_ticked_off(visitor):
    visitor.be("hanbing")
    sent = {
        "kind": "unannounced", "unit": "cgj", "on": "2026-05-06", "people": "督查室", "findings": "现场没有动工。",
        "rectify-0": "五日内进场", "due-0": "2026-05-12",
    }  # fmt: skip
    page = visitor.post("/supervision/inspections", sent, follow_redirects=True).get_data(as_text=True)
    assert "现场没有动工。" in page
    address = re.search(r'action="(/supervision/rectifications/\d+)"', page)[1]
    done = visitor.post(address, {"result": "已进场", "done_on": "2026-05-07"}, follow_redirects=True)
    assert "已进场" in done.get_data(as_text=True)


def test_an_incomplete_inspection_is_kept_as_typed(visitor):
    answer = visitor.be("hanbing").post("/supervision/inspections", {"kind": "phone", "findings": "没有人接电话"})
    assert answer.status_code == 422
    assert "没有人接电话" in answer.get_data(as_text=True)


def test_an_inspection_of_a_case_stands_on_its_page(visitor, late):
    visitor.be("hanbing")
    assert f'name="item" value="{late.item_id}"' in visitor.read(f"/supervision?item={late.item_id}")
    sent = {"kind": "on_site", "unit": "zjj", "item": late.item_id, "on": "2026-05-06", "findings": "进度滞后。"}
    visitor.post("/supervision/inspections", sent)
    assert "进度滞后。" in visitor.read(f"/cases/{late.item_id}")


def test_a_committee_does_not_read_inspections_of_the_other_bodys_cases(visitor, late):
    sent = {"kind": "phone", "unit": "zjj", "item": late.item_id, "on": "2026-05-06", "findings": "尚未动工。"}
    visitor.be("hanbing").post("/supervision/inspections", sent)
    assert "尚未动工。" in visitor.be("sunjie").read("/supervision")
    assert "尚未动工。" not in visitor.be("fanglan").read("/supervision")


def test_one_slip_about_several_cases_is_issued_from_the_unit_and_answered_case_by_case(visitor, banli, late):
    other = answered(banli, lambda: DAY - dt.timedelta(days=60), {"zjj": [DAY.date() + dt.timedelta(days=10)]})
    track(other)
    banli.engine.run_due()
    with banli.writing() as session:
        session.execute(update(Work).where(Work.unit_code == "zjj").values(due=DAY - dt.timedelta(days=2)))
    visitor.be("wangmin")
    assert "/supervision/units/zjj/slip" in visitor.read("/supervision?unit=zjj")
    page = visitor.read("/supervision/units/zjj/slip")
    assert len(re.findall(r'name="item" value="\d+"[^>]*checked', page)) == 2
    nothing = visitor.post("/supervision/units/zjj/slip", {**SLIP, "item": []})
    assert nothing.status_code == 422
    assert "checked" not in re.findall(r'name="item" value="\d+"[^>]*', nothing.get_data(as_text=True))[0]
    answer = visitor.post("/supervision/units/zjj/slip", {**SLIP, "item": [late.item_id, other.item_id]})
    printed = visitor.read(answer.headers["Location"])
    assert "下列2件建议提案" in printed
    assert "督办单〔2026〕1号" in visitor.read(f"/cases/{other.item_id}")
    assert "等，另有1件" in visitor.read("/supervision")
    with banli.reading() as session:
        task = session.scalars(select(Work.task_id).where(Work.subject_kind == "slip", Work.state == "open")).one()
    unit = visitor.be("qianlei")
    assert task in unit.read("/office")
    said = {f"explanations.{n}.{key}": value for n in (0, 1)
            for key, value in (("explanation", f"说明{n}"), ("promised_on", "2026-12-01"))}  # fmt: skip
    done = unit.post(f"/tasks/{task}", said)
    assert done.status_code == 303, done.get_data(as_text=True)
    read = unit.read(answer.headers["Location"])
    assert "说明0" in read
    assert "说明1" in read
    assert unit.be("zhaoqian").get("/supervision/units/zjj/slip").status_code == 403
