"""The page of absences, and what a substitute sees in her lists."""

import pytest
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.demonstration.answers import Story

TODAY = DAY.date().isoformat()


class StandingClock:
    """The county's clock stands still."""

    def __call__(self):
        return DAY

    def move(self, **_span):
        """No time passes."""


@pytest.fixture
def drafting(banli):
    return submitted(banli, StandingClock(), Story("cgj")).until("draft").step("draft").task_id


def leave(visitor, **changes):
    sent = {"account": "wufang", "substitute": "jianglin", "first_day": TODAY, "last_day": TODAY, "remark": "出差"}
    return visitor.post("/absences", {**sent, **changes}, follow_redirects=True)


def test_a_person_names_a_colleague_who_then_finds_and_opens_her_tasks(visitor, drafting):
    answer = leave(visitor.be("wufang")).get_data(as_text=True)
    assert "已设置外出与代办人" in answer
    assert "生效中" in answer
    page = visitor.be("jianglin").read("/tasks?view=delegated")
    assert "今天为吴芳代办" in page
    assert drafting in page
    assert "您正在为吴芳代办" in visitor.read(f"/tasks/{drafting}")


def test_who_stands_in_for_nobody_has_no_such_list(visitor):
    page = visitor.be("jianglin").read("/tasks")
    assert "委托给我的" not in page
    assert 'class="standing"' not in page


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(visitor):
    answer = leave(visitor.be("wufang"), substitute="", remark="去省里学习")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#f-substitute"' in page
    assert "请选择代办人" in page
    assert "去省里学习" in page


def test_it_is_taken_back_from_the_page(visitor, drafting):
    leave(visitor.be("wufang"))
    assert "已结束" in visitor.post("/absences/1/end", follow_redirects=True).get_data(as_text=True)
    assert visitor.be("jianglin").get(f"/tasks/{drafting}").status_code == 404


def test_an_administrator_accepts_a_substitute_of_another_unit(visitor):
    assert "待管理员同意" in leave(visitor.be("wufang"), substitute="zhaoqian").get_data(as_text=True)
    assert visitor.post("/absences/1/accept").status_code == 403
    page = visitor.be("chenli").read("/absences")
    assert "/absences/1/accept" in page
    assert "已同意该代办人" in visitor.post("/absences/1/accept", follow_redirects=True).get_data(as_text=True)
    assert "今天为吴芳代办" in visitor.be("zhaoqian").read("/tasks")


def test_a_deputy_has_no_such_page(visitor):
    assert visitor.be("linguoqiang").get("/absences").status_code == 403
