"""Units that say “not ours” (申请调整): inside their window, once more after a refusal, or too late."""

from __future__ import annotations

from collections import defaultdict

import pytest
from sqlalchemy import select
from tests_support.people import Play, submitted

from engine.bpmn.reader import read_diagram
from tasks.accounts.actors import actor_named
from tasks.cases.paths import path_of
from tasks.cases.queries import case, register
from tasks.cases.views import RegisterFilters
from tasks.demonstration.answers import Story
from tasks.handling.models import Assignment
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.worklist.errors import FormInvalid
from tasks.worklist.service import open_task

SOLE = Story("zjj")
JOINT = Story("zjj", ("jjdd", "cgj"))


@pytest.fixture
def assigned(banli, clock):
    """A case that has just been given to the housing bureau alone."""
    play = submitted(banli, clock, SOLE)
    play.do("assign")
    return play


def page_of(play: Play):
    return case(play.banli, actor_named(play.banli, "wangmin"), play.item_id)


def unit_diagram(play: Play):
    """The diagram of the lead unit's work, as a click on the procedure opens it."""
    link = page_of(play).diagram.details["handle"].opens[0]
    return case(play.banli, actor_named(play.banli, "wangmin"), play.item_id, link.instance_id).diagram


def units(play: Play) -> dict[str, str]:
    """Who has a part that counts, with its role."""
    return {part.unit_code: part.role for part in page_of(play).assignments}


def offered(play: Play, account: str, unit: str | None = None) -> list[str]:
    page = open_task(play.banli, actor_named(play.banli, account), play.step("sign_in", unit).task_id)
    return [option.value for option in page.options["sign_in_answers"]]


def test_a_granted_objection_moves_only_this_part_and_keeps_the_date_of_the_reply(banli_on_both, clock):
    play = submitted(banli_on_both, clock, JOINT)
    play.do("assign")
    before = page_of(play).item.reply_due
    play.do("sign_in", "jjdd")
    play.do("sign_in", "zjj", answer="object", suggests=("jtys",))
    assert play.open() == ["decide_objection", "sign_in"], "the other unit signs in meanwhile"
    assert [note["rule"] for note in play.step("decide_objection").due_notes] == ["P4"]
    play.do("decide_objection")
    assert units(play) == {"jtys": "lead", "jjdd": "co", "cgj": "co"}
    assert page_of(play).item.reply_due.at == before.at
    play.do("sign_in", "cgj")
    assert play.open() == ["sign_in"], "the new unit has a window of its own"
    play.do("sign_in", "jtys")
    assert sorted(play.open()) == ["consult", "opinion", "opinion"]
    assert play.step("consult").unit_code == "jtys"
    play.until("draft")
    assert play.step("draft").due == before.at
    play.until("closing_check").do("closing_check")
    assert play.open() == []


def test_the_new_unit_has_the_whole_window(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection")
    note = assigned.step("sign_in").due_notes[-1]
    assert (note["rule"], note["start"]) == ("P3", assigned.clock().astimezone(BEIJING).date().isoformat())


def test_the_hub_reads_the_request_above_its_decision(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    page = open_task(assigned.banli, actor_named(assigned.banli, "wangmin"), assigned.step("decide_objection").task_id)
    assert page.values["asked"] == (
        "申请调整：不属本单位职责；建议由城管局承办；理由：三定方案中没有这项职责；审批人：郑涛"
    )
    assert page.values["new_unit"] == "cgj"
    assert "zjj" not in {option.value for option in page.options["other_units"]}, "a unit that has a part is no choice"


def test_a_refused_unit_must_handle_the_item(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection", ruling="refuse")
    assert assigned.open() == ["sign_in"]
    assert offered(assigned, "qianlei") == ["accept", "add", "again"]
    assigned.do("sign_in")
    assert assigned.open() == ["consult"]
    assert units(assigned) == {"zjj": "sole"}


def test_the_hubs_leader_overrides_a_refusal_when_the_units_head_signs_the_second_request(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection", ruling="refuse")
    assigned.do("sign_in", answer="again", suggests=("cgj",))
    assert assigned.open() == ["endorse"]
    assert assigned.do("endorse").account == "zhengtao", "the head of the unit"
    assert assigned.do("leader_ruling").account == "zhoukai", "the leader of the hub"
    assert units(assigned) == {"cgj": "sole"}


def test_the_leaders_refusal_is_final(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection", ruling="refuse")
    assigned.do("sign_in", answer="again", suggests=("cgj",))
    assigned.do("endorse")
    assigned.do("leader_ruling", ruling="refuse")
    assert offered(assigned, "qianlei") == ["accept", "add"]
    with pytest.raises(FormInvalid):
        assigned.do("sign_in", answer="again", suggests=("cgj",))


def test_without_the_heads_signature_there_is_no_second_request(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection", ruling="refuse")
    assigned.do("sign_in", answer="again", suggests=("cgj",))
    assigned.do("endorse", ruling="refuse")
    assert assigned.open() == ["sign_in"]
    assert offered(assigned, "qianlei") == ["accept", "add"]


def test_a_late_objection_is_not_accepted(assigned):
    assigned.clock.now = assigned.step("sign_in").due
    with pytest.raises(FormInvalid) as refused:
        assigned.do("sign_in", answer="object", suggests=("cgj",))
    assert [error.key for error in refused.value.errors] == ["answer"]
    assert assigned.open() == ["sign_in"]
    page = open_task(assigned.banli, actor_named(assigned.banli, "qianlei"), assigned.step("sign_in").task_id)
    late = next(option for option in page.options["sign_in_answers"] if option.value == "late")
    assert "不予受理" in late.hint


def test_the_hubs_leader_may_take_a_late_objection_up(assigned):
    assigned.clock.now = assigned.step("sign_in").due
    assigned.do("sign_in", answer="late", suggests=("cgj",))
    assert assigned.open() == ["leader_ruling"], "it does not go to the desk"
    assigned.do("leader_ruling")
    assert units(assigned) == {"cgj": "sole"}


def test_nobody_is_late_inside_the_window(assigned):
    assert "late" not in offered(assigned, "qianlei")
    with pytest.raises(FormInvalid):
        assigned.do("sign_in", answer="late", suggests=("cgj",))


def test_who_says_nothing_after_a_refusal_has_accepted(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection", ruling="refuse")
    assigned.clock.move(days=20)
    assigned.banli.engine.run_due()
    assert assigned.open() == ["consult"]


def test_a_pending_objection_is_not_overtaken_by_the_window(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.clock.move(days=20)
    assigned.banli.engine.run_due()
    assert assigned.open() == ["decide_objection"]


def test_a_co_handling_unit_can_be_released_without_a_successor(banli, clock):
    play = submitted(banli, clock, JOINT)
    play.do("assign")
    play.do("sign_in", "cgj", answer="object", objection="outside")
    play.do("decide_objection", ruling="release")
    play.do("sign_in", "zjj")
    play.do("sign_in", "jjdd")
    assert play.open() == ["consult", "opinion"]
    assert units(play) == {"zjj": "lead", "jjdd": "co"}


def test_an_added_unit_signs_in_and_its_opinion_counts_from_its_own_date(assigned):
    assigned.do("sign_in", answer="add", suggests=("jjdd", "cgj"))
    assigned.do("consider_addition")
    added_on = assigned.clock().astimezone(BEIJING).date()
    assert assigned.open() == ["sign_in", "sign_in"]
    assert offered(assigned, "maxiao", "jjdd") == ["accept", "object"], "an added unit adds no further ones"
    assigned.do("sign_in", "jjdd")
    assigned.do("sign_in", "cgj")
    assert units(assigned) == {"zjj": "lead", "jjdd": "co", "cgj": "co"}
    note = assigned.step("opinion").due_notes[-1]
    assert (note["rule"], note["start"]) == ("P5", added_on.isoformat())
    assert assigned.step("consult").due_notes[-1]["start"] < added_on.isoformat()


def test_an_added_unit_may_object_too(assigned):
    assigned.do("sign_in", answer="add", suggests=("jjdd",))
    assigned.do("consider_addition")
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection")
    assigned.do("sign_in", "cgj")
    assert units(assigned) == {"zjj": "lead", "cgj": "co"}
    assert assigned.open() == ["consult", "opinion"]


def test_units_are_added_only_when_the_hub_agrees(assigned):
    assigned.do("sign_in", answer="add", suggests=("jjdd",))
    assigned.do("consider_addition", ruling="refuse")
    assert assigned.open() == ["consult"]
    assert units(assigned) == {"zjj": "sole"}


def test_two_objections_of_one_item_are_a_matter_for_a_meeting(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection")
    assert [why.heading for why in page_of(assigned).why if "申请调整" in why.heading] == ["申请调整 1 次"]
    assigned.do("sign_in", answer="object", suggests=("zjj",))
    assigned.do("decide_objection")
    page = page_of(assigned)
    why = next(why for why in page.why if "申请调整" in why.heading)
    assert why.heading == "申请调整 2 次，请会商确定"
    assert "城管局申请调整" in str(why.sentence)
    told = [entry.text for entry in page.timeline if entry.element_id == "decide_objection"]
    assert [text.split("；")[0] for text in told] == ["同意，改由住建局承办", "同意，改由城管局承办"]
    assert units(assigned) == {"zjj": "sole"}, "it came back to where it began"


def test_the_proposer_does_not_read_the_quarrel(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection")
    page = case(assigned.banli, actor_named(assigned.banli, "linguoqiang"), assigned.item_id)
    assert not any("申请调整" in entry.text for entry in page.timeline)
    assert not any("申请调整" in why.heading for why in page.why)


def test_the_register_finds_the_case_under_its_new_unit_only(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection")
    hub = actor_named(assigned.banli, "wangmin")
    found = {unit: register(assigned.banli, hub, RegisterFilters(unit=unit)).total for unit in ("zjj", "cgj")}
    assert found == {"zjj": 0, "cgj": 1}


def test_the_part_that_was_handed_over_stays_on_record(assigned):
    assigned.do("sign_in", answer="object", suggests=("cgj",))
    assigned.do("decide_objection")
    with assigned.banli.reading() as session:
        rows = session.scalars(select(Assignment).where(Assignment.item_id == assigned.item_id)).all()
        ended = {row.unit.code: row.ended_at is not None for row in rows}
    assert ended == {"zjj": True, "cgj": False}


def test_the_case_page_shows_the_call_as_active_until_everybody_has_signed_in(assigned):
    assert unit_diagram(assigned).active == ("signing",)
    assigned.do("sign_in")
    diagram = unit_diagram(assigned)
    assert diagram.active == ("consult",)
    assert diagram.details["signing"].who == "住建局 钱磊"


def taken(play: Play) -> dict[str, set[str]]:
    """The flows walked in the called diagrams of a case, and all that there are."""
    with play.banli.reading() as session:
        root = session.get_one(Item, play.item_id).instance_id
    engine = play.banli.engine
    found: dict[str, set[str]] = defaultdict(set)
    for instance in {run.instance_id for run in engine.history(root)}:
        process = read_diagram(engine.diagram(instance)[0]).processes[0]
        found[process.id] |= set(path_of(process, engine.history(instance)).flows)
        found[f"all of {process.id}"] = set(process.flows)
    return found


def test_every_flow_of_the_called_diagrams_is_walked(banli, clock):
    def begun(title: str, **told: object) -> Play:
        play = submitted(banli, clock, SOLE, title=f"关于第{title}件事的建议")
        play.do("assign")
        play.do("sign_in", **told)
        return play

    signed = begun("一", answer="add", suggests=("jjdd",))
    signed.do("consider_addition", ruling="refuse")
    silent = submitted(banli, clock, SOLE, title="关于第二件事的建议")
    silent.do("assign")
    clock.move(days=20)
    banli.engine.run_due()
    extended = begun("三", answer="add", suggests=("jjdd",))
    extended.do("consider_addition")
    extended.do("sign_in", answer="object", suggests=("cgj",))
    extended.do("decide_objection", ruling="release")
    pressed = begun("四", answer="object", suggests=("cgj",))
    pressed.do("decide_objection", ruling="refuse")
    pressed.do("sign_in", answer="again", suggests=("cgj",))
    pressed.do("endorse")
    pressed.do("leader_ruling")
    dropped = begun("五", answer="object", suggests=("cgj",))
    dropped.do("decide_objection", ruling="refuse")
    dropped.do("sign_in", answer="again", suggests=("cgj",))
    dropped.do("endorse", ruling="refuse")
    late = submitted(banli, clock, SOLE, title="关于第六件事的建议")
    late.do("assign")
    clock.now = late.step("sign_in").due
    late.do("sign_in", answer="late", suggests=("cgj",))
    late.do("leader_ruling")
    plain = begun("七")
    walked: dict[str, set[str]] = defaultdict(set)
    for play in (signed, silent, extended, pressed, dropped, late, plain):
        for name, flows in taken(play).items():
            walked[name] |= flows
    for name in ("assignment", "signing"):
        assert walked[name] == walked[f"all of {name}"]
