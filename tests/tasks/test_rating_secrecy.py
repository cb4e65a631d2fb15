"""Nothing that a handling unit can open tells it how it was rated."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from tests_support.people import submitted

from engine import NotFound
from engine.message import Message
from tasks.cases.queries import case, home, register
from tasks.demonstration.answers import Story
from tasks.worklist.queries import worklist
from tasks.worklist.service import open_task
from tasks.worklist.views import WorklistView

COMPLAINT = "态度很好但是问题没有解决"
WORDS = ("dissatisfied", "satisfied", "不满意", "结案审查", COMPLAINT, "feedback_action", "overall")
UNIT_PEOPLE = ("zhaoqian", "qianlei", "zhengtao", "helei", "wufang")
STORY = Story("zjj", ("jjdd", "cgj"), complaint=COMPLAINT)


def texts(value: Any) -> list[str]:
    """Every text that a read model holds, but the diagram file itself, which is the same for all cases."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Message):
        return [str(value)]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [
            text
            for field in dataclasses.fields(value)
            if field.name not in {"xml", "name", "details"}
            for text in texts(getattr(value, field.name))
        ] + [text for detail in getattr(value, "details", {}).values() for text in texts(_without_name(detail))]
    if isinstance(value, dict):
        return [text for key, entry in value.items() for text in [*texts(key), *texts(entry)]]
    if isinstance(value, list | tuple | set | frozenset):
        return [text for entry in value for text in texts(entry)]
    return []


def _without_name(detail):
    return dataclasses.replace(detail, name="", element_id="")


def everything_seen_by(banli, actor, item_id) -> list[str]:
    seen = [case(banli, actor, item_id), home(banli, actor), register(banli, actor)]
    seen += [dataclasses.replace(worklist(banli, actor, view), steps=()) for view in WorklistView]
    return texts(seen)


@pytest.fixture
def rated(banli, clock):
    """Two cases after their rating: one satisfied, one not."""
    content = submitted(banli, clock, STORY).until("rate")
    content.do("rate", rating="satisfied")
    unhappy = submitted(banli, clock, STORY, title="关于增设夜间公交的建议").until("rate")
    unhappy.do("rate", rating="dissatisfied")
    return content, unhappy


@pytest.mark.parametrize("account", UNIT_PEOPLE)
def test_no_page_of_a_unit_tells_a_rating(rated, banli, as_, account):
    for play in rated:
        seen = "\n".join(everything_seen_by(banli, as_(account), play.item_id))
        for word in WORDS:
            assert word not in seen, word


def test_a_rated_and_an_unrated_case_look_alike_while_the_committee_studies(banli, clock, as_):
    unhappy = submitted(banli, clock, STORY).until("rate")
    before = case(banli, as_("zhaoqian"), unhappy.item_id)
    unhappy.do("rate", rating="dissatisfied")
    after = case(banli, as_("zhaoqian"), unhappy.item_id)
    assert (before.diagram.active, before.diagram.visited, before.diagram.flows) == (
        after.diagram.active,
        after.diagram.visited,
        after.diagram.flows,
    )
    assert [(one.unit, one.now, one.done) for one in before.holders] == [
        (one.unit, one.now, one.done) for one in after.holders
    ]
    assert before.timeline == after.timeline
    assert before.why == after.why
    assert before.item.state == after.item.state


def test_a_contented_and_a_discontented_case_look_alike_to_the_unit(rated, banli, as_):
    content, unhappy = (case(banli, as_("zhaoqian"), play.item_id) for play in rated)
    assert content.diagram.active == unhappy.diagram.active
    assert content.diagram.visited == unhappy.diagram.visited
    assert [holder.now for holder in content.holders] == [holder.now for holder in unhappy.holders]
    assert content.item.state == unhappy.item.state


def test_a_closed_case_shows_its_closing(rated, banli, as_):
    content, _ = rated
    content.until("closing_check").do("closing_check")
    page = case(banli, as_("zhaoqian"), content.item_id)
    assert "closing_review" in page.diagram.visited
    assert "handle" not in page.diagram.active


def test_the_unit_sees_none_where_the_committee_sees_the_rating(rated, banli, as_):
    _, unhappy = rated
    assert case(banli, as_("zhaoqian"), unhappy.item_id).ratings is None
    assert [rating.overall for rating in case(banli, as_("sunjie"), unhappy.item_id).ratings] == ["dissatisfied"]
    assert case(banli, as_("linguoqiang"), unhappy.item_id).ratings is not None


def test_the_committee_of_the_other_body_sees_neither_item_nor_rating(rated, banli, as_):
    with pytest.raises(NotFound):
        case(banli, as_("fanglan"), rated[0].item_id)


def test_the_tasks_of_rating_and_study_cannot_be_opened_by_a_unit(rated, banli, as_):
    _, unhappy = rated
    with pytest.raises(NotFound):
        open_task(banli, as_("zhaoqian"), unhappy.step("study").task_id)


def test_after_a_rehandling_is_ordered_the_unit_reads_the_questions_and_not_the_rating(rated, banli, as_):
    _, unhappy = rated
    unhappy.do("study", questions="末班车几点？")
    page = case(banli, as_("zhaoqian"), unhappy.item_id)
    assert [order.questions for order in page.instructions] == ["末班车几点？"]
    seen = "\n".join(everything_seen_by(banli, as_("zhaoqian"), unhappy.item_id))
    assert COMPLAINT not in seen
    assert "dissatisfied" not in seen


def test_the_committee_studies_with_the_rating_before_its_eyes(rated, banli, as_):
    _, unhappy = rated
    page = open_task(banli, as_("sunjie"), unhappy.step("study").task_id)
    assert page.context.ratings[0].opinion == COMPLAINT


def test_a_unit_reads_only_cases_in_which_it_has_a_part(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj")).until("consult")
    with pytest.raises(NotFound):
        case(banli, as_("zhaoqian"), play.item_id)
    assert register(banli, as_("zhaoqian")).total == 0
    assert case(banli, as_("wufang"), play.item_id).item.item_id == play.item_id


def test_another_deputy_cannot_read_a_case_that_is_not_hers(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj"))
    with pytest.raises(NotFound):
        case(banli, as_("hexiulan"), play.item_id)


def test_a_proposer_follows_the_steps_but_not_the_reviewers_remarks(banli, clock, as_):
    play = submitted(banli, clock, Story("cgj")).until("review")
    play.do("review", returned_for="写得太空")
    play.until("issue").do("issue")
    page = case(banli, as_("linguoqiang"), play.item_id)
    seen = "\n".join(texts([page.timeline, page.item, page.replies, page.opinions]))
    assert "写得太空" not in seen
    assert page.item.returns == 0
    assert [reply.version for reply in page.replies] == [2]
    assert {entry.element_id for entry in page.timeline} >= {"assign", "consult", "draft", "issue"}
    assert case(banli, as_("wufang"), play.item_id).item.returns == 1
