"""What the fields of the steps record is kept, and read back where people look for it (handbook §3.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from tests_support.people import SUGGESTION, setting, submitted

from engine import NotFound
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.attachments.service import add_to_form
from tasks.attachments.views import Upload
from tasks.cases.queries import case, portal_item
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.player import perform
from tasks.handling.confirming import confirm
from tasks.handling.key_items import Designation, make_key
from tasks.handling.models import Reply
from tasks.notices.queries import notices
from tasks.notices.views import NoticeKind
from tasks.register import service as register
from tasks.register.models import Item
from tasks.worklist.errors import FormInvalid

PDF = b"%PDF-1.7\nsomething\n%%EOF"
PROMISED = Story("zjj", ("jjdd",), result_class="B", closing="track")


@pytest.fixture
def play(banli_on_both, clock):
    return submitted(banli_on_both, clock, PROMISED)


def does(play, element, unit=None, **fields):
    """Finish a step as the story tells, with these fields in place of its own."""
    play.clock.move(days=1)
    fill = fill_by(play.story, play.clock())
    return perform(play.banli, play.step(element, unit), lambda page: {**fill(page), **fields})


def refused(play, element, **fields):
    with pytest.raises(FormInvalid) as caught:
        does(play, element, **fields)
    return {error.key for error in caught.value.errors}


def read(play, account="wangmin"):
    return case(play.banli, actor_named(play.banli, account), play.item_id)


def lines(play, kind, account="wangmin"):
    return [dict(entry.lines) for entry in read(play, account).file if entry.kind == kind]


def test_a_talk_keeps_its_pictures_and_waits_for_the_proposer_to_confirm_it(play):
    banli = play.until("consult").banli
    task = play.step("consult")
    photo = add_to_form(banli, actor_named(banli, task.assignee), task.task_id, Upload("合影.pdf", PDF))
    does(play, "consult", confirmation="asked", photos=[photo])
    deputy, other = actor_named(banli, "linguoqiang"), actor_named(banli, "hexiulan")
    (talk,) = read(play).consultations
    assert (talk.highest_rank, talk.photos, talk.confirmed_at) == ("分管领导", [(photo, "合影.pdf")], None)
    assert portal_item(banli, deputy, play.item_id).to_confirm == {talk.id}
    assert NoticeKind.TALK_RECORDED in {notice.kind for notice in notices(banli, deputy).rows}
    with pytest.raises(NotFound):
        confirm(banli, other, play.item_id, talk.id)
    with pytest.raises(NotAllowed):
        confirm(banli, actor_named(banli, "wangmin"), play.item_id, talk.id)
    for _ in range(2):
        confirm(banli, deputy, play.item_id, talk.id)
    assert read(play).consultations[0].confirmed_at == play.clock()
    mine = portal_item(banli, deputy, play.item_id)
    assert (mine.to_confirm, mine.consultations[0].photos) == (frozenset(), [])


def test_an_area_may_ask_for_the_proposers_signature(banli, clock):
    setting(banli, "consultation_signed", value=True)
    play = submitted(banli, clock, PROMISED).until("consult")
    assert refused(play, "consult", confirmation="none") == {"confirmation"}
    does(play, "consult", mode="phone", place="", confirmation="none")


def test_an_opinion_goes_out_under_a_number_and_a_seal_with_what_the_unit_promises(play):
    play.until("accept_opinion")
    (opinion,) = [one for one in read(play).opinions if one.at]
    assert opinion.agrees == "agree"
    assert opinion.commitments[0]["what"] == "完成现场整治"
    assert opinion.document_number.endswith("〔2026〕会1号")
    assert (opinion.seal, opinion.issuer) == ("paper", "唐军")
    other = submitted(play.banli, play.clock, PROMISED, title="关于整治占道停车的建议").until("approve_opinion")
    assert refused(other, "approve_opinion", document_number=opinion.document_number) == {"document_number"}
    other.do("approve_opinion")
    assert any(one.document_number.endswith("〔2026〕会2号") for one in read(other).opinions)


def test_a_reply_keeps_who_carries_out_what_it_promises_and_what_will_show_it(play):
    play.until("draft")
    fill = fill_by(PROMISED, play.clock())
    rows = []

    def promising(page):
        values = fill(page)
        rows.extend({**row, "unit": unit} for row, unit in zip(values["answers"], ("jjdd", "zjj"), strict=True))
        return {**values, "answers": rows, "class_reason": "已立项，年内完工。"}

    perform(play.banli, play.step("draft"), promising)
    (reply,) = read(play).replies
    assert [(answer.unit, answer.evidence) for answer in reply.answers] == [
        ("交警大队", "竣工验收报告、现场照片"), ("", "竣工验收报告、现场照片")]  # fmt: skip
    assert "交警大队" in reply.opinions_summary
    assert (reply.class_reason, bool(reply.leader), bool(reply.leader_phone)) == ("已立项，年内完工。", True, True)
    play.until("review").do("review", returned_for="请写明时间。")
    assert play.step("draft")


def test_a_promise_without_proof_and_a_class_c_without_reasons_are_refused(banli, clock):
    play = submitted(banli, clock, Story("cgj", result_class="B")).until("draft")
    due = (clock() + dt.timedelta(days=90)).date().isoformat()
    answers = [{"text": "已列入计划。", "adopted": "adopted", "due": due}] * 2
    assert refused(play, "draft", answers=answers) == {"answers.0.evidence", "answers.1.evidence"}
    kept = [{"text": "不具备条件。", "adopted": "rejected"}] * 2
    assert refused(play, "draft", result_class="C", answers=kept, class_reason="") == {"class_reason"}


def test_a_reviewer_changes_the_text_and_it_goes_on_without_counting_as_a_return(play):
    play.until("review")
    before = read(play).replies[0].body
    assert refused(play, "review", verdict="edit", body=before) == {"body"}
    first = play.step("review").candidates
    does(play, "review", verdict="edit", body=f"{before}\n欢迎继续监督。", text="")
    reply = read(play).replies[0]
    (review,) = reply.reviews
    assert (review.former_body, review.body, reply.body) == (before, reply.body, f"{before}\n欢迎继续监督。")
    assert (reply.version, reply.state, review.verdict) == (1, "in_review", "pass")
    assert play.step("review").candidates != first
    with play.banli.reading() as session:
        assert session.get_one(Item, play.item_id).returns == 0


def test_who_countersigns_a_reply_does_not_change_its_text(play):
    play.until("review")
    while play.step("review").candidates != ["jjdd:unit_head"]:
        play.do("review")
    assert refused(play, "review", verdict="edit", body="改过的答复正文，足够长，有二十个字以上。") == {"verdict"}


def test_an_issued_reply_keeps_seal_copies_and_delivery(play):
    play.until("issue").do("issue")
    (reply,) = read(play).replies
    assert (reply.seal, reply.delivery) == ("paper", ["system", "paper"])
    names = "".join(reply.cc)
    assert all(name in names for name in ("代表", "政府办公室", "交"))


@pytest.mark.parametrize(("rule", "later"), [("issue", 0), ("delivery", 3), ("upload", 5)])
def test_the_date_of_a_reply_is_the_areas_rule(banli_on_both, clock, rule, later):
    setting(banli_on_both, "reply_date", rule)
    play = submitted(banli_on_both, clock, Story("cgj")).until("issue")
    issued = clock().date()
    clock.move(days=4)
    day = lambda days: (issued + dt.timedelta(days=days)).isoformat()  # noqa: E731
    does(play, "issue", issued_on=day(0), delivered_on=day(3))
    with banli_on_both.reading() as session:
        reply = session.scalars(select(Reply)).one()
        assert reply.replied_on == issued + dt.timedelta(days=later)
        assert reply.days == (reply.replied_on - session.get_one(Item, play.item_id).assigned_at.date()).days
        assert reply.delivered_on == (issued + dt.timedelta(days=3) if rule == "delivery" else None)


def test_the_last_decision_says_how_the_proposer_took_it_and_no_unit_reads_it(play):
    play.story = replace(PROMISED, rating="dissatisfied", decision="explain", words={"outcome": "dissatisfied"})
    play.until("study").do("study")
    assert lines(play, "decision", "sunjie")[0]["代表的态度"] == "说明后仍不满意"
    assert lines(play, "decision", "zhaoqian") == lines(play, "decision", "wangmin") == []


def test_a_key_item_keeps_who_leads_and_supervises_it_how_and_why(play):
    play.story = replace(PROMISED, key="leader")
    does(play, "assign", key_note="刘正副县长领办", key_supervisor="县人大城环工委")
    (told,) = lines(play, "key")
    assert (told["领办领导"], told["督办单位"]) == ("刘正副县长领办", "县人大城环工委")
    assert told["督办安排"].startswith("年中")
    assert told["理由"]
    assert read(play).item.key_note == "刘正副县长领办，县人大城环工委"
    play.clock.move(days=1)
    upgraded = Designation("mayor", "高峰县长", reason="升格")
    make_key(play.banli, actor_named(play.banli, "wangmin"), play.item_id, upgraded)
    assert [one["理由"] for one in lines(play, "key")] == ["升格", told["理由"]]


def test_units_that_a_leader_coordinates_need_the_leader(banli, clock):
    play = submitted(banli, clock, PROMISED)
    assert refused(play, "assign", handling_mode="coordinated") == {"responsible_leader"}
    does(play, "assign", handling_mode="coordinated", responsible_leader="liuzheng")
    play.until("review")
    with banli.reading() as session:
        item = session.get_one(Item, play.item_id)
        assert (item.handling_mode, item.responsible_leader) == ("coordinated", "liuzheng")
    assert {one.role for one in read(play).assignments} == {"lead", "co"}


def test_the_proposer_may_give_the_overall_rating_herself(banli, clock):
    setting(banli, "overall_rule", "explicit")
    play = submitted(banli, clock, Story("cgj")).until("rate")
    assert refused(play, "rate", attitude="basic", result="basic") == {"overall"}
    does(play, "rate", attitude="basic", result="basic", overall="satisfied")
    assert [one.overall for one in read(play, "sunjie").ratings] == ["satisfied"]


def test_a_body_that_proposes_seals_its_item(banli, as_):
    deputy = as_("linguoqiang")
    values = {**SUGGESTION, "proposer_type": "delegation"}
    with pytest.raises(FormInvalid) as caught:
        register.submit(banli, deputy, values, "once")
    assert [error.key for error in caught.value.errors] == ["signed_scan"]
    scan = register.add_file(banli, deputy, Upload("盖章件.pdf", PDF))
    item_id = register.submit(banli, deputy, {**values, "signed_scan": [scan]}, "once").item_id
    with banli.reading() as session:
        assert session.get_one(Item, item_id).signed_scan == [scan]
