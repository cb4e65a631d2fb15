"""The board: units by steps, each cell a list."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from tests_support.people import Play, Standing

from tasks.accounts.actors import actor_named
from tasks.board.queries import board_of_units, tasks_behind
from tasks.demonstration.answers import Story
from tasks.worklist.models import Work


@pytest.fixture
def county_at_work(banli):
    """One case in a review of the hub, one whose opinions are being written, one not assigned."""
    clock = Standing(banli)
    Play(banli, clock, 1, Story("cgj")).until("review").do_all("review")
    first = Play(banli, clock, 2, Story("zjj", ("jjdd", "cgj"))).until("opinion")
    assert first.open()
    return banli


def test_each_task_stands_at_its_unit_and_stage(county_at_work):
    page = board_of_units(county_at_work, actor_named(county_at_work, "wangmin"))
    lines = {line.code: {stage: cell.count for stage, cell in line.cells.items()} for line in page.lines}
    assert lines == {"cgj": {"issue": 1, "opinion": 1}, "jjdd": {"opinion": 1}, "zjj": {"consult": 1}}
    assert page.totals["open"] == 4


def test_a_review_outside_the_unit_counts_where_the_reply_comes_from(banli):
    play = Play(banli, Standing(banli), 1, Story("cgj")).until("review")
    hub = actor_named(banli, "wangmin")
    assert set(board_of_units(banli, hub).lines[0].cells) == {"own_review"}
    play.do("review")
    play.do("review")
    assert set(board_of_units(banli, hub).lines[0].cells) == {"review"}
    assert [row.step_name for row in tasks_behind(banli, hub, "cgj", "review").rows] == ["答复审核"]


def test_the_sum_of_the_board_is_the_sum_of_its_lists(county_at_work):
    hub = actor_named(county_at_work, "wangmin")
    page = board_of_units(county_at_work, hub)
    for line in page.lines:
        assert tasks_behind(county_at_work, hub, line.code).total == line.total
        for stage, cell in line.cells.items():
            assert tasks_behind(county_at_work, hub, line.code, stage).total == cell.count


def test_ratings_are_on_no_board(banli):
    play = Play(banli, Standing(banli), 1, Story("cgj")).until("rate")
    hub = actor_named(banli, "wangmin")
    with banli.reading() as session:
        assert session.scalar(select(Work.task_id).where(Work.element_id == "rate", Work.state == "open"))
    before = board_of_units(banli, hub).totals
    play.do("rate", rating="dissatisfied")
    assert board_of_units(banli, hub).totals == before


def test_the_page_shows_lines_and_opens_cells(visitor, county_at_work):
    page = visitor.be("wangmin").read("/board")
    assert "城管局" in page
    assert "/board/jjdd/opinion" in page
    assert "交警大队" in visitor.read("/board/jjdd/opinion")
    assert visitor.get("/board/nobody").status_code == 404
    assert visitor.get("/board/zjj/nowhere").status_code == 404


@pytest.mark.parametrize("account", ["zhaoqian", "linguoqiang"])
def test_units_and_deputies_see_no_board(visitor, account):
    assert visitor.be(account).get("/board").status_code == 403
