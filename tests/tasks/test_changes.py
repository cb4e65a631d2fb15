"""Changes of settings: with a reason, in words, in force at once, and to be taken back."""

from __future__ import annotations

import pytest

from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.changes import queries, service
from tasks.changes.errors import TakingBackRefused
from tasks.changes.service import Part, digest_of
from tasks.deadlines.changing import with_version
from tasks.deadlines.library import freeze_today
from tasks.deadlines.result_classes import result_names
from tasks.worklist.errors import FormInvalid

WHY = "区政府办公室第3号通知"


def longer(banli, code="P5", **fields):
    before = service.contents(banli, "deadline")[code]
    typed = {name: before[name] for name in before if name != "earlier"}
    return Part("deadline", code, with_version(before, {**typed, "effective_from": "2026-03-27", **fields}))


def test_a_change_is_in_force_for_the_next_case_without_a_restart(banli, as_):
    before = banli.reference().version
    service.change(banli, as_("chenli"), [longer(banli, amount=30, unit="wd")], WHY)
    assert banli.reference().rule("P5").amount_words == "30个工作日"
    assert banli.reference(before).rule("P5").amount_words == "1个月"


def test_the_log_says_who_why_and_from_what_to_what(banli, as_, clock):
    number = service.change(banli, as_("chenli"), [longer(banli, amount=30, unit="wd")], WHY)
    [row] = queries.changes(banli, as_("chenli"))
    assert (row.change_id, row.by, row.why, row.at) == (number, "陈立", WHY, clock())
    [part] = row.parts
    assert part.name == "会办意见（P5）"
    assert [(str(one.label), one.before, one.after) for one in part.differences] == [
        ("Amount", "1", "30"), ("Unit", "个月", "个工作日"), ("In force from", "2026-02-24", "2026-03-27")]


def test_a_change_is_taken_back_by_one_act_which_is_a_change_itself(banli, as_):
    before = banli.reference().rule("P5")
    number = service.change(banli, as_("chenli"), [longer(banli, amount=30, unit="wd")], WHY)
    back = service.take_back(banli, as_("chenli"), number, "通知撤销")
    assert banli.reference().rule("P5") == before
    newest, oldest = queries.changes(banli, as_("chenli"))
    assert (newest.change_id, newest.undoes, oldest.undone_by) == (back, number, back)
    with pytest.raises(TakingBackRefused, match="already"):
        service.take_back(banli, as_("chenli"), number, "再撤一次")


def test_what_something_later_depends_on_is_not_taken_back(banli, as_):
    first = service.change(banli, as_("chenli"), [longer(banli, amount=30, unit="wd")], WHY)
    second = service.change(banli, as_("chenli"), [longer(banli, amount=25, unit="wd")], "再改")
    with pytest.raises(TakingBackRefused, match="changed again on"):
        service.take_back(banli, as_("chenli"), first, "撤回")
    service.take_back(banli, as_("chenli"), second, "撤回")
    service.take_back(banli, as_("chenli"), first, "撤回")
    assert banli.reference().rule("P5").amount_words == "1个月"


def test_a_future_version_waits_for_its_day(banli, as_, clock):
    service.change(banli, as_("chenli"), [longer(banli, amount=30, unit="wd", effective_from="2026-05-01")], WHY)
    assert banli.reference().rule("P5").amount_words == "1个月"
    clock.move(days=40)
    freeze_today(banli)
    assert banli.reference().rule("P5").amount_words == "30个工作日"


@pytest.mark.parametrize(("why", "fields", "key"), [
    ("", {"amount": 30}, "why"),
    ("x", {"amount": 30}, "why"),
    ("长" * 501, {"amount": 30}, "why"),
    (WHY, {}, ""),
    (WHY, {"amount": 61, "unit": "cm"}, "amount"),
    (WHY, {"effective_from": "2026-01-01", "amount": 3}, "effective_from"),
])  # fmt: skip
def test_a_wrong_change_is_refused_at_its_field(banli, as_, why, fields, key):
    part = longer(banli, **({"effective_from": "2026-02-24"} | fields))
    with pytest.raises(FormInvalid) as refused:
        service.change(banli, as_("chenli"), [part], why)
    assert [error.key for error in refused.value.errors] == [key]
    assert queries.changes(banli, as_("chenli")) == []


def test_the_law_bounds_the_reply(banli, as_):
    with pytest.raises(FormInvalid, match="1 things"):
        service.change(banli, as_("chenli"), [longer(banli, "P8", amount=4)], WHY)


def test_two_administrators_do_not_overwrite_each_other(banli, as_):
    seen = digest_of(service.contents(banli, "deadline")["P5"])
    service.change(banli, as_("chenli"), [longer(banli, amount=30, unit="wd")], WHY)
    late = longer(banli, amount=20, unit="wd")
    with pytest.raises(FormInvalid) as refused:
        service.change(banli, as_("chenli"), [Part(late.kind, late.subject, late.after, seen)], WHY)
    assert "has changed it since" in str(refused.value.errors[0].message)


@pytest.mark.parametrize("account", ["wangmin", "linguoqiang", "liuzheng"])
def test_nobody_but_an_administrator_changes_or_reads(banli, as_, account):
    with pytest.raises(NotAllowed):
        service.change(banli, as_(account), [longer(banli, amount=30)], WHY)
    with pytest.raises(NotAllowed):
        queries.changes(banli, as_(account))


def test_the_same_act_works_on_both_databases(banli_on_both):
    chenli = actor_named(banli_on_both, "chenli")
    number = service.change(banli_on_both, chenli, [longer(banli_on_both, amount=30, unit="wd")], WHY)
    service.take_back(banli_on_both, chenli, number, "撤回")
    assert len(queries.changes(banli_on_both, chenli)) == 2


def test_a_result_class_is_renamed_and_keeps_its_meaning(banli, as_):
    before = service.contents(banli, "result_class")["B"]
    service.change(banli, as_("chenli"), [Part("result_class", "B", {**before, "name": "列入计划解决"})], WHY)
    with banli.reading() as session:
        assert result_names(session)["B"] == "列入计划解决"
    with pytest.raises(FormInvalid):
        service.change(banli, as_("chenli"), [Part("result_class", "C", {"name": "x", "canonical": ["SOLVED"]})], WHY)
