"""Asking for a countersignature, and giving one, through the pages."""

import re

import pytest
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.demonstration.answers import Story


class StandingClock:
    """The county's clock stands still."""

    def __call__(self):
        return DAY

    def move(self, **_span):
        """No time passes."""


@pytest.fixture
def drafting(banli):
    return submitted(banli, StandingClock(), Story("cgj")).until("draft").step("draft").task_id


def ask(visitor, task, **changes):
    sent = {"countersign_by": "jianglin", "countersign_question": "请核对车位数", "required": "true", **changes}
    return visitor.post(f"/tasks/{task}/countersign", sent, follow_redirects=True)


def test_a_question_goes_round_and_its_answer_stands_beside_the_form(visitor, drafting):
    visitor.be("wufang")
    assert f"/tasks/{drafting}/countersign" in visitor.read(f"/tasks/{drafting}")
    page = ask(visitor, drafting).get_data(as_text=True)
    assert "已请1位同事会签" in page
    assert "尚未回复" in page
    listed = visitor.be("jianglin").read("/tasks")
    assert "请您会签" in listed
    number = re.search(r'data-countersign="(\d+)"', listed)[1]
    assert "请核对车位数" in visitor.read(f"/countersignatures/{number}")
    sent = {"verdict": "disagree", "answer": "数字不实"}
    answered = visitor.post(f"/countersignatures/{number}", sent, follow_redirects=True)
    assert "会签意见已送出" in answered.get_data(as_text=True)
    page = visitor.be("wufang").read(f"/tasks/{drafting}")
    assert "不同意" in page
    assert "数字不实" in page


def test_what_is_missing_is_said_at_its_field(visitor, drafting):
    visitor.be("wufang")
    answer = ask(visitor, drafting, countersign_question="")
    assert answer.status_code == 422
    assert 'href="#f-countersign_question"' in answer.get_data(as_text=True)
    ask(visitor, drafting)
    visitor.be("jianglin")
    answer = visitor.post("/countersignatures/1", {"verdict": "remark", "answer": ""})
    assert answer.status_code == 422
    assert 'href="#f-answer"' in answer.get_data(as_text=True)


def test_a_task_that_waits_for_an_answer_says_so_when_it_is_submitted(visitor, drafting):
    visitor.be("wufang")
    ask(visitor, drafting)
    answer = visitor.post(f"/tasks/{drafting}", {"body": "写了一半"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "加签尚未回复" in page
    assert "写了一半" in page
    assert "已撤回加签" in visitor.post("/countersignatures/1/withdraw", follow_redirects=True).get_data(as_text=True)


def test_a_request_to_somebody_else_is_as_good_as_absent(visitor, drafting):
    ask(visitor.be("wufang"), drafting)
    assert visitor.be("zhaoqian").get("/countersignatures/1").status_code == 404
    assert visitor.get(f"/tasks/{drafting}/countersign").status_code == 404
