"""Units, people and roles as an administrator changes them."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from engine.consistency import find_faults
from tasks.accounts import service as accounts
from tasks.accounts.actors import actor_named
from tasks.accounts.errors import SignInRefused
from tasks.accounts.resetting import reset_password
from tasks.accounts.who_may import empty_roles, who_may
from tasks.changes import service
from tasks.changes.errors import TakingBackRefused
from tasks.changes.service import Part
from tasks.changes.sheets import exported, rehearse
from tasks.demonstration.answers import Story
from tasks.worklist.errors import FormInvalid
from tasks.worklist.models import Work
from tasks.worklist.pages import open_task
from tasks.worklist.queries import in_view
from tasks.worklist.views import WorklistView

WHY = "县编办第2号批复"


@pytest.fixture
def chenli(banli):
    return actor_named(banli, "chenli")


def changed(banli, kind, subject, **fields):
    return Part(kind, subject, {**service.contents(banli, kind)[subject], **fields})


def a_unit(code="dzj", **fields):
    return {"code": code, "name": "云岭县地震局", "short_name": "地震局", "kind": "handling", "document_mark": "云水函",
            "duties": "防震减灾", "position": 90, "sections": ["办公室", "工程股"], "disabled": False, "successor": "",
            **fields}  # fmt: skip


def a_person(account="zhaoliu", **fields):
    return {"account": account, "name": "赵六", "title": "科员", "phone": "0700-8010001", "unit": "zjj",
            "roles": ["unit_handler"], "further": [], "disabled": False, **fields}  # fmt: skip


def errors_of(banli, chenli, *parts):
    with pytest.raises(FormInvalid) as refused:
        service.change(banli, chenli, list(parts), WHY)
    return [(error.key, str(error.message)) for error in refused.value.errors]


def test_a_new_unit_can_be_given_an_item_by_a_case_that_runs_already(banli, chenli, clock):
    play = submitted(banli, clock, Story("dzj"), title="关于整治河道的建议")
    service.change(banli, chenli, [Part("unit", "dzj", a_unit())], WHY)
    people = [a_person("shuiban", name="水办", unit="dzj", roles=["unit_office", "unit_handler", "unit_head"])]
    service.change(banli, chenli, [Part("account", one["account"], one) for one in people], WHY)
    play.until("draft").do("draft")
    assert play.step("review").unit_code == "dzj"
    assert find_faults(banli.engine.runtime) == []


def test_an_abolished_unit_s_open_tasks_go_to_its_successor(banli, chenli, clock):
    play = submitted(banli, clock, Story("zjj"), title="关于老旧小区改造的建议").until("draft")
    task = play.step("draft")
    assert errors_of(banli, chenli, changed(banli, "unit", "zjj", disabled=True))[0][0] == "successor"
    number = service.change(banli, chenli, [changed(banli, "unit", "zjj", disabled=True, successor="cgj")], WHY)
    heir = next(one for one in who_may(banli, chenli).roles if one.role == "unit_handler")
    account = next(one.account for one in heir.holders if one.unit == "城管局")
    with banli.reading() as session:
        assert session.get(Work, task.task_id).assignee is None
        actor = actor_named(banli, account)
        offered = session.scalars(select(Work.task_id).where(in_view(actor, WorklistView.CLAIMABLE))).all()
    assert task.task_id in offered
    service.take_back(banli, chenli, number, "批复撤销")
    assert not any(group.startswith("zjj:") for group in actor_named(banli, account).groups)


def test_a_disabled_person_cannot_go_on_and_her_tasks_go_back(banli, chenli, clock):
    play = submitted(banli, clock, Story("zjj"), title="关于一件事的建议").until("draft")
    task = play.step("draft")
    holder = task.assignee or "zhaoqian"
    signed = accounts.sign_in_as(banli, holder)
    service.change(banli, chenli, [changed(banli, "account", holder, disabled=True)], WHY)
    assert accounts.resolve(banli, signed.token) is None
    with banli.reading() as session:
        assert session.get(Work, task.task_id).assignee is None


def test_a_changed_role_ends_the_sessions_and_counts_at_once(banli, chenli):
    signed = accounts.sign_in_as(banli, "zhaoqian")
    roles = service.contents(banli, "account")["zhaoqian"]["roles"]
    service.change(banli, chenli, [changed(banli, "account", "zhaoqian", roles=sorted({*roles, "unit_deputy"}))], WHY)
    assert accounts.resolve(banli, signed.token) is None
    assert "unit_deputy" in {role.value for role in actor_named(banli, "zhaoqian").roles}


def test_a_new_password_is_shown_once_and_ends_the_sessions(banli, chenli):
    signed = accounts.sign_in_as(banli, "zhaoqian")
    fresh = reset_password(banli, chenli, "zhaoqian", "忘记密码")
    assert accounts.resolve(banli, signed.token) is None
    assert accounts.sign_in(banli, "zhaoqian", fresh, "127.0.0.1").actor.account == "zhaoqian"
    with pytest.raises(SignInRefused):
        accounts.sign_in(banli, "zhaoqian", fresh + "x", "127.0.0.1")
    with pytest.raises(FormInvalid):
        reset_password(banli, chenli, "zhaoqian", "")
    with banli.reading() as session:
        assert fresh not in str(session.connection().exec_driver_sql("select * from setting_change").all())


@pytest.mark.parametrize(("fields", "key"), [
    ({"roles": ["unit_handler", "npc_reviewer"]}, "roles"),
    ({"unit": "", "roles": ["unit_handler"]}, "unit"),
    ({"further": ["nowhere:unit_head"]}, "further"),
    ({"further": ["zjj:emperor"]}, "further"),
    ({"further": ["zjj"]}, "further"),
])  # fmt: skip
def test_a_person_that_does_not_fit_is_refused_at_the_field(banli, chenli, fields, key):
    assert errors_of(banli, chenli, Part("account", "zhaoliu", a_person(**fields)))[0][0] == key


def test_nobody_changes_her_own_roles_and_the_last_administrator_stays(banli, chenli):
    own = errors_of(banli, chenli, changed(banli, "account", "chenli", roles=["admin", "hub_leader"]))
    assert "another administrator" in own[0][1]
    service.change(banli, chenli, [Part("account", "zweite", a_person("zweite", unit="fb", roles=["admin"]))], WHY)
    second = actor_named(banli, "zweite")
    service.change(banli, second, [changed(banli, "account", "chenli", roles=["process_designer"])], WHY)
    assert "Somebody must stay" in str(errors_of(banli, second, changed(banli, "account", "zweite", disabled=True)))


@pytest.mark.parametrize(("fields", "key"), [
    ({"short_name": "住建局"}, "short_name"),
    ({"successor": "cgj"}, "successor"),
    ({"disabled": True, "successor": "dzj"}, "successor"),
])  # fmt: skip
def test_a_unit_that_does_not_fit_is_refused_at_the_field(banli, chenli, fields, key):
    assert errors_of(banli, chenli, Part("unit", "dzj", a_unit(**fields)))[0][0] == key


def test_what_others_depend_on_is_neither_removed_nor_taken_back(banli, chenli):
    assert "successor instead" in errors_of(banli, chenli, Part("unit", "zjj", None))[0][1]
    assert "only one" in errors_of(banli, chenli, changed(banli, "unit", "fb", disabled=True))[0][1]
    assert "not removed" in errors_of(banli, chenli, Part("account", "zhaoqian", None))[0][1]
    number = service.change(banli, chenli, [Part("unit", "dzj", a_unit())], WHY)
    service.change(banli, chenli, [Part("account", "zhaoliu", a_person(unit="dzj"))], WHY)
    with pytest.raises(TakingBackRefused):
        service.take_back(banli, chenli, number, "不设了")


def test_a_new_session_and_its_mandates(banli, chenli):
    service.change(banli, chenli, [Part("sitting", "npc-17-6", {
        "term": "npc-17", "ordinal": 6, "name": "县十七届人大六次会议", "opened": "2027-02-22", "closed": "2027-02-26",
    })], WHY)  # fmt: skip
    assert actor_named(banli, "linguoqiang").session_name == "县十七届人大六次会议"
    wrong = {"term": "npc-17", "ordinal": 7, "name": "x", "opened": "2028-02-22", "closed": "2028-02-20"}
    assert errors_of(banli, chenli, Part("sitting", "npc-17-7", wrong))[0][0] == "closed"
    held = service.contents(banli, "membership")
    card = next(iter(held.values()))["card"]
    double = {"account": "zhaoqian", "term": next(iter(held.values()))["term"], "card": card, "delegation": "一组"}
    assert errors_of(banli, chenli, Part("membership", f"zhaoqian@{double['term']}", double))[0][0] == "card"


def test_a_role_that_nobody_holds_any_more_is_noticed(banli, chenli):
    assert empty_roles(banli) == []
    holders = [one.account for row in who_may(banli, chenli).roles if row.role == "unit_office"
               for one in row.holders if one.unit == "住建局"]  # fmt: skip
    for account in holders:
        roles = service.contents(banli, "account")[account]["roles"]
        left = [role for role in roles if role != "unit_office"]
        service.change(banli, chenli, [changed(banli, "account", account, roles=left)], WHY)
    assert ("住建局", "单位办公室") in empty_roles(banli)


def test_who_may_do_this_and_what_may_she_do(banli, chenli):
    page = who_may(banli, chenli, "area:setting:change", "zhaoqian")
    assert [one.account for one in page.able] == ["chenli"]
    assert "看本单位承办的办件" in [name for name, _ in page.she.permissions]


@pytest.mark.parametrize("kind", ["unit", "account", "sitting", "term", "membership", "deadline", "light", "list",
                                  "result_class", "review_node"])  # fmt: skip
def test_what_is_exported_comes_in_again_without_any_change(banli, chenli, kind):
    found, rows = exported(banli, chenli, kind, str)
    headings = ["Key of the row", *(str(field.label) for field in found.fields)]
    rehearsal = rehearse(banli, chenli, kind, [headings, *rows], str)
    assert [row for row in rehearsal.rows if row.state != "same"] == []
    assert rehearsal.problem is None


def test_a_sheet_is_checked_row_by_row(banli, chenli):
    found, rows = exported(banli, chenli, "account", str)
    headings = ["Key of the row", *(str(field.label) for field in found.fields)]
    places = {name: place for place, name in enumerate(headings)}
    rows[0][places["Telephone"]] = "=HYPERLINK(1)"
    rows[1][places["Office"]] = "办公室主任"
    rows.append(["", "neu", "新人", "科员", "", "住建局", "承办人", "", "否"])
    rows.append(rows[1])
    rehearsal = rehearse(banli, chenli, "account", [headings, *rows], str)
    states = [row.state for row in rehearsal.rows]
    assert (states[0], states[1], states[-2], states[-1]) == ("wrong", "changed", "new", "wrong")
    assert service.contents(banli, "account").get("neu") is None


def test_the_handler_s_section_is_filled_in_where_a_plan_asks_for_it(banli, chenli, clock):
    service.change(banli, chenli, [changed(banli, "unit", "zjj", sections=["办公室", "建设股"])], WHY)
    play = submitted(banli, clock, Story("zjj", key="leader"), title="关于重点工程的建议").until("plan")
    page = open_task(banli, actor_named(banli, "zhaoqian"), play.step("plan").task_id)
    assert page.values["section"] == "建设股"
