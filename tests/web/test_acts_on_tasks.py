"""Acts beside a form: hand over, take back."""

import io
import re

import pytest
from sqlalchemy import select
from tests_support.county import DAY
from tests_support.diagrams import chain, end, process, start, user_task
from tests_support.people import submitted

from tasks.accounts.models import Account, RoleGrant
from tasks.demonstration.answers import Story
from tasks.demonstration.player import step_named
from tasks.directory.models import Person, Unit


@pytest.fixture
def _second_officer(banli):
    with banli.writing() as session:
        hub = session.scalars(select(Unit).where(Unit.code == "fb")).one()
        person = Person(name="马丽", phone="", title="科员")
        session.add(person)
        session.flush()
        account = Account(name="mali", person_id=person.id, unit_id=hub.id, password_hash="!", about="交办")
        session.add(account)
        session.flush()
        session.add(RoleGrant(account_id=account.id, unit_id=hub.id, role="hub_officer"))


def claimed(visitor):
    page = visitor.be("wangmin").read("/tasks?view=claimable")
    task = re.search(r'data-task="([^"]+)"', page)[1]
    visitor.post(f"/tasks/{task}/claim")
    return task


@pytest.mark.usefixtures("_second_officer")
def test_a_task_is_handed_over_by_a_plain_form(visitor):
    task = claimed(visitor)
    assert "改派…" in visitor.read(f"/tasks/{task}")
    sent = {"hand_over_to": "mali", "hand_over_remark": "你熟悉停车的事"}
    answer = visitor.post(f"/tasks/{task}/hand-over", sent, follow_redirects=True)
    assert "已改派给马丽" in answer.get_data(as_text=True)
    assert task not in visitor.read("/tasks")
    page = visitor.be("mali").read("/tasks")
    assert task in page
    assert "王敏" in page
    assert "改派：你熟悉停车的事" in page


@pytest.mark.usefixtures("_second_officer")
def test_what_is_missing_in_the_hand_over_is_said_at_its_field(visitor):
    task = claimed(visitor)
    answer = visitor.post(f"/tasks/{task}/hand-over", {"hand_over_to": "", "hand_over_remark": "你熟悉停车的事"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-hand_over_to"' in page
    assert "请选择接办的同事" in page
    assert "你熟悉停车的事" in page


def test_where_there_is_no_colleague_the_button_is_not_there(visitor):
    assert "改派…" not in visitor.read(f"/tasks/{claimed(visitor)}")


class StandingClock:
    """The county's clock stands still."""

    def __call__(self):
        return DAY

    def move(self, **_span):
        """No time passes."""


@pytest.fixture
def handed_in(banli):
    """A case whose reply Wu Fang has just handed in, and the task with which she did."""
    play = submitted(banli, StandingClock(), Story("cgj")).until("draft")
    task = play.step("draft").task_id
    play.do("draft")
    return task


def test_what_was_just_submitted_is_taken_back_from_the_list_of_done_things(visitor, handed_in):
    visitor.be("wufang")
    assert "撤回…" in visitor.read("/tasks?view=done")
    assert f'action="/tasks/{handed_in}/withdraw"' in visitor.read(f"/tasks/{handed_in}")
    answer = visitor.post(f"/tasks/{handed_in}/withdraw", {"request_id": "mine"}, follow_redirects=True)
    page = answer.get_data(as_text=True)
    assert "已撤回" in page
    assert 'id="f-body"' in page
    assert "撤回…" not in visitor.read("/tasks?view=done")


def test_what_a_reviewer_has_claimed_is_refused_with_a_sentence(visitor, handed_in):
    visitor.be("jianglin")
    task = re.search(r'data-task="([^"]+)"', visitor.read("/tasks?view=claimable"))[1]
    visitor.post(f"/tasks/{task}/claim")
    visitor.be("wufang")
    assert "撤回…" not in visitor.read("/tasks?view=done")
    answer = visitor.post(f"/tasks/{handed_in}/withdraw")
    assert answer.status_code == 403
    assert "不能再撤回" in answer.get_data(as_text=True)


def test_a_colleague_cannot_take_it_back(visitor, handed_in):
    assert visitor.be("jianglin").post(f"/tasks/{handed_in}/withdraw").status_code in (403, 404)


BACK = '<zeebe:taskHeaders><zeebe:header key="return_to" value="plan"/></zeebe:taskHeaders>'
TWO_STEPS = process(
    start()
    + user_task("plan", groups="fb:hub_officer")
    + user_task("check", BACK, groups="fb:hub_deputy")
    + end()
    + chain("start", "plan", "check", "end")
)


@pytest.fixture
def checked(banli):
    """A small case at a step whose diagram names the earlier one."""
    banli.engine.deploy({"small.bpmn": TWO_STEPS})
    banli.engine.start("p", {}, business_key="1")
    banli.engine.complete(step_named(banli, 1, "plan").task_id, {}, actor="wangmin")
    return step_named(banli, 1, "check").task_id


def test_a_case_is_sent_back_with_a_reason_that_its_people_read(visitor, checked):
    assert "退回到plan…" in visitor.be("lijianguo").read(f"/tasks/{checked}")
    answer = visitor.post(f"/tasks/{checked}/send-back", {"send_back_reason": ""})
    assert answer.status_code == 422
    assert "请写明退回的原因" in answer.get_data(as_text=True)
    sent = visitor.post(f"/tasks/{checked}/send-back", {"send_back_reason": "没有写明时限"}, follow_redirects=True)
    assert "已退回" in sent.get_data(as_text=True)
    assert "没有写明时限" in visitor.be("wangmin").read("/tasks?view=claimable")


def test_where_the_diagram_names_no_earlier_step_the_button_is_not_there(visitor, checked):
    assert checked
    assert "退回到" not in visitor.read(f"/tasks/{claimed(visitor)}")


PDF = b"%PDF-1.7\nsigned\n%%EOF"


@pytest.fixture
def for_the_head(banli):
    """A reply that waits for the signature of the bureau's head."""
    play = submitted(banli, StandingClock(), Story("cgj")).until("review")
    while "cgj:unit_head" not in play.step("review").candidates:
        play.do("review")
    return play


def test_a_secretary_records_what_her_leader_signed_on_paper(visitor, for_the_head):
    task = for_the_head.step("review").task_id
    listed = visitor.be("jianglin").read("/tasks?view=on_paper")
    assert "领导纸质签批" in listed
    assert task in listed
    assert "签批件扫描" in visitor.read(f"/tasks/{task}")
    sent = {"verdict": "pass", "recorded_for": "suntao"}
    refused = visitor.post(f"/tasks/{task}/record", sent, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert 'href="#f-recorded_scan"' in refused.get_data(as_text=True)
    signed = {**sent, "files:recorded_scan": (io.BytesIO(PDF), "签批单.pdf"), "request_id": "mine"}
    answer = visitor.post(f"/tasks/{task}/record", signed, content_type="multipart/form-data", follow_redirects=True)
    assert "已代录" in answer.get_data(as_text=True)
    page = visitor.read(f"/cases/{for_the_head.item_id}")
    assert "代孙涛（纸质签批）" in page
    assert "签批单.pdf" in page


def test_a_scan_that_came_with_a_mistake_elsewhere_need_not_be_sent_again(visitor, for_the_head):
    task = for_the_head.step("review").task_id
    visitor.be("jianglin")
    sent = {"recorded_for": "suntao", "files:recorded_scan": (io.BytesIO(PDF), "签批单.pdf")}
    answer = visitor.post(f"/tasks/{task}/record", sent, content_type="multipart/form-data")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    kept = re.search(r'name="recorded_scan" value="([0-9a-f]{32})" checked', page)[1]
    again = {"recorded_for": "suntao", "recorded_scan": kept, "verdict": "pass"}
    assert visitor.post(f"/tasks/{task}/record", again).status_code == 303


def test_nobody_else_finds_a_form_to_record_it(visitor, for_the_head):
    task = for_the_head.step("review").task_id
    assert visitor.be("wufang").post(f"/tasks/{task}/record", {"recorded_for": "suntao"}).status_code in (403, 404)
    assert "领导纸质签批" not in visitor.read("/tasks")
