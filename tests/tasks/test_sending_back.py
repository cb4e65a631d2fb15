"""退回上一环节: where the diagram names an earlier step, a case goes back to it with a reason."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests_support.diagrams import chain, end, process, start, user_task
from tests_support.people import submitted

from engine import Conflict
from tasks.accounts.errors import NotAllowed
from tasks.accounts.models import Account, RoleGrant
from tasks.cases.queries import case
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story
from tasks.demonstration.player import step_named
from tasks.directory.models import Unit
from tasks.worklist.errors import FormInvalid
from tasks.worklist.queries import worklist
from tasks.worklist.sending_back import send_back
from tasks.worklist.service import claim, open_task
from tasks.worklist.views import WorklistView

BACK = '<zeebe:taskHeaders><zeebe:header key="return_to" value="plan"/></zeebe:taskHeaders>'
DIAGRAM = process(
    start()
    + user_task("plan", groups="fb:hub_officer")
    + user_task("check", BACK, groups="fb:hub_deputy")
    + end()
    + chain("start", "plan", "check", "end")
)


@pytest.fixture
def item(banli, clock):
    """An item with a small case beside its own, at the step `check`."""
    play = submitted(banli, clock, Story("cgj"))
    banli.engine.deploy({"small.bpmn": DIAGRAM})
    banli.engine.start("p", {}, business_key=str(play.item_id))
    banli.engine.complete(step_named(banli, play.item_id, "plan").task_id, {}, actor="wangmin")
    clock.move(hours=1)
    return play.item_id


def test_the_case_is_at_the_earlier_step_and_its_people_read_who_and_why(banli, item, as_):
    send_back(banli, as_("lijianguo"), step_named(banli, item, "check").task_id, "没有写明时限")
    rows = worklist(banli, as_("wangmin"), WorklistView.CLAIMABLE).rows
    row = next(row for row in rows if row.step == "plan")
    assert (row.why.values["name"], row.why.values["remark"]) == ("李建国", "没有写明时限")
    newest = case(banli, as_("wangmin"), item).timeline[0]
    assert (newest.who, newest.text, newest.tone) == ("李建国", "没有写明时限", "return")
    assert find_faults(banli) == []


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_without_a_fitting_reason_nothing_moves(banli, item, as_, reason):
    task = step_named(banli, item, "check").task_id
    with pytest.raises(FormInvalid) as caught:
        send_back(banli, as_("lijianguo"), task, reason)
    assert [error.key for error in caught.value.errors] == ["send_back_reason"]
    assert step_named(banli, item, "check").task_id == task


def test_a_step_that_names_no_earlier_one_cannot_be_sent_back(banli, item, as_):
    with pytest.raises(NotAllowed):
        send_back(banli, as_("wangmin"), step_named(banli, item, "assign").task_id, "退回")


def test_sent_twice_it_goes_back_once(banli, item, as_):
    task = step_named(banli, item, "check").task_id
    for _ in range(2):
        send_back(banli, as_("lijianguo"), task, "没有写明时限", "the same")
    reasons = [entry.text for entry in case(banli, as_("wangmin"), item).timeline]
    assert reasons.count("没有写明时限") == 1


def test_who_may_send_back_is_told_to_which_step(banli, item, as_):
    assert open_task(banli, as_("lijianguo"), step_named(banli, item, "check").task_id).earlier_step == "plan"
    assert open_task(banli, as_("wangmin"), step_named(banli, item, "assign").task_id).earlier_step is None


def test_what_a_colleague_has_claimed_in_this_very_moment_is_not_sent_back(banli, item, as_, monkeypatch):
    with banli.writing() as session:
        unit = session.scalars(select(Unit).where(Unit.code == "fb")).one()
        leader = session.scalars(select(Account).where(Account.name == "zhoukai")).one()
        session.add(RoleGrant(account_id=leader.id, unit_id=unit.id, role="hub_deputy"))
    task = step_named(banli, item, "check").task_id
    move = banli.engine.move

    def after_the_claim(*told, **more):
        claim(banli, as_("zhoukai"), task)
        move(*told, **more)

    monkeypatch.setattr(banli.engine, "move", after_the_claim)
    with pytest.raises(Conflict):
        send_back(banli, as_("lijianguo"), task, "没有写明时限")
    assert step_named(banli, item, "check").assignee == "zhoukai"
