"""The page of statistics: every number opens as many cases as it says."""

import html
import re

import pytest
from sqlalchemy import update
from tests_support.people import setting

from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.demonstration.answers import Story, fill_by
from tasks.demonstration.player import open_steps, perform
from tasks.handling.models import Feedback
from tasks.statistics.queries import statistics


def numbers(page):
    """Each counted link: its number, and the address of the cases behind it."""
    tags = re.findall(r"<a [^>]*data-counts[^>]*>", page)
    return [
        (int(re.search(r'data-counts="(\d+)"', tag)[1]), html.unescape(re.search(r'href="([^"]+)"', tag)[1]))
        for tag in tags
    ]


def opened(page):
    """How many cases a register says it holds."""
    return int(found[1]) if (found := re.search(r"共 (\d+) 件", page)) else 0


@pytest.fixture
def played(banli):
    """Of the three cases one is returned, answered and rated, one is being handled, one waits."""
    stories = {
        1: (Story("zjj", ("jjdd", "cgj"), returned_for="写得太空"), "closing_review"),
        2: (Story("cgj", ("zjj",)), "consult"),
    }
    for item_id, (story, until) in stories.items():
        returned = False
        for _ in range(60):
            works = open_steps(banli, item_id)
            if not works or until in {work.element_id for work in works}:
                break
            told = story if works[0].element_id == "review" and not returned else Story(story.lead, story.co)
            returned = returned or works[0].element_id == "review"
            perform(banli, works[0], fill_by(told, banli.now()))
    return banli


@pytest.mark.parametrize("account", ["wangmin", "sunjie"])
def test_every_number_opens_as_many_cases_as_it_says(played, visitor, account):
    links = numbers(visitor.be(account).read("/statistics"))
    assert len(links) > 15
    assert {(count, address) for count, address in links if opened(visitor.read(address)) != count} == set()


def test_silence_that_counts_as_satisfied_is_in_the_number_and_in_the_list_behind_it(played, visitor):
    setting(played, "silence_policy", "satisfied")
    with played.writing() as session:
        session.execute(update(Feedback).values(overall="none"))
    page = visitor.be("sunjie").read("/statistics")
    assert "按本区规定计为“满意”" in page
    links = [(count, address) for count, address in numbers(page) if "rating=" in address]
    assert len(links) == 3
    assert {(count, opened(visitor.read(address))) for count, address in links} == {(1, 1)}
    assert "到期未评价" in visitor.read(links[0][1])


def test_a_count_of_one_kind_opens_cases_of_that_kind(played, visitor):
    links = numbers(visitor.be("wangmin").read("/statistics?kind=suggestion&year=2026"))
    assert all("kind=suggestion" in address and "year=2026" in address for _, address in links)
    assert [count for count, _ in numbers(visitor.read("/statistics?kind=proposal"))] == [0] * 6


def test_the_committee_reads_ratings_and_the_hub_does_not(played, visitor):
    assert "代表评价" in visitor.be("sunjie").read("/statistics")
    assert "代表评价" not in visitor.be("wangmin").read("/statistics")


@pytest.mark.parametrize("rating", ["satisfied", "basic", "dissatisfied", "none"])
@pytest.mark.parametrize("account", ["wangmin", "zhaoqian"])
def test_filtering_by_rating_tells_nothing_to_those_who_must_not_know(played, visitor, account, rating):
    assert opened(visitor.be(account).read(f"/cases?rating={rating}")) == 0


@pytest.mark.parametrize("account", ["zhaoqian", "linguoqiang"])
def test_units_and_deputies_have_no_statistics(visitor, account):
    visitor.be(account)
    assert visitor.get("/statistics").status_code == 403
    assert 'href="/statistics"' not in visitor.read("/")


def test_a_filter_from_the_statistics_stands_on_the_register_and_can_be_taken_away(played, visitor):
    page = visitor.be("wangmin").read("/cases?unit=zjj&role=lead&only=answered")
    assert opened(page) == 1
    assert "已答复" in page
    assert 'href="/cases?unit=zjj&amp;role=lead"' in page
    assert '<input type="hidden" name="only" value="answered">' in page


def test_a_reader_of_english_finds_the_page_in_english(played, visitor):
    visitor.be("wangmin").post("/preferences", {"language": "en", "back": "/statistics"})
    page = visitor.read("/statistics")
    assert "<h1>Statistics</h1>" in page
    assert "By category" in page


def test_actors_are_refused_in_the_query_too(banli):
    with pytest.raises(NotAllowed, match="Statistics are for"):
        statistics(banli, actor_named(banli, "zhaoqian"))
