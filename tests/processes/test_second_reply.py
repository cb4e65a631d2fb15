"""From a class B reply to the second one, through the whole procedure as it is shipped."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from tasks.cases.views import ItemState
from tasks.demonstration.answers import Story
from tasks.handling.models import Feedback, Reply
from tasks.register.models import Item
from tasks.settings import BEIJING
from tasks.tracking.models import Commitment


@pytest.fixture
def tracked(banli, clock):
    """A case with promises for a later day, closed and now being tracked."""
    play = submitted(banli, clock, Story("zjj", result_class="B"))
    for _ in range(60):
        if item_of(play).state == ItemState.TRACKING or not play.open():
            break
        play.do(play.open()[0])
    assert item_of(play).state == ItemState.TRACKING
    return play


def item_of(play) -> Item:
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id)


def dues(play) -> list[dt.date]:
    with play.banli.reading() as session:
        return list(session.scalars(select(Commitment.due).where(Commitment.item_id == play.item_id)))


def at(play, day: dt.date) -> None:
    play.clock.now = max(dt.datetime.combine(day, dt.time(9, 0), BEIJING), play.clock.now)
    play.banli.engine.run_due()


def test_a_promise_is_kept_answered_again_and_rated_again(tracked):
    assert len(set(dues(tracked))) == 1
    due = dues(tracked)[0]
    at(tracked, due - dt.timedelta(days=20))
    tracked.do_all("progress")
    at(tracked, due)
    tracked.do_all("fulfil")
    assert "draft" in tracked.open(), "the unit writes its second reply"
    assert [note["rule"] for note in tracked.step("draft").due_notes] == ["PR2"]
    tracked.story = tracked.told(result_class="A")
    for _ in range(40):
        if not tracked.open():
            break
        tracked.do(tracked.open()[0])
    item = item_of(tracked)
    assert (item.result_class, item.state) == ("A", ItemState.CLOSED)
    with tracked.banli.reading() as session:
        stages = session.scalars(
            select(Reply.stage).where(Reply.item_id == item.id, Reply.state == "issued").order_by(Reply.id)
        ).all()
        rated = session.scalars(select(Feedback.stage).where(Feedback.item_id == item.id).order_by(Feedback.id)).all()
    assert stages == ["first", "second"]
    assert rated == ["first", "second"]


def test_a_second_reply_that_promises_again_is_followed_by_another_that_is_rated_too(tracked):
    for result_class in ("B", "A"):
        tracked.story = tracked.told(result_class=result_class)
        due = max(dues(tracked))
        at(tracked, due - dt.timedelta(days=20))
        tracked.do_all("progress")
        at(tracked, due)
        tracked.until("rate").do("rate")
    with tracked.banli.reading() as session:
        rated = session.execute(
            select(Feedback.stage, Feedback.round)
            .where(Feedback.item_id == tracked.item_id, Feedback.person_id.is_not(None))
            .order_by(Feedback.id)
        ).all()
    assert [tuple(row) for row in rated] == [("first", 1), ("second", 1), ("second", 2)]


def test_a_merged_item_that_was_promised_something_gets_its_own_second_reply(banli, clock):
    promising = Story("cgj", result_class="B")
    other = submitted(banli, clock, promising, title="关于整治河道采砂的建议").until("draft")
    mine = submitted(
        banli, clock, Story("cgj", result_class="B", words={"filing": "merged"}), title="关于整治河道采砂乱象的建议"
    )
    other.until("rate")
    banli.engine.run_due()
    mine.until("closing_check").do("closing_check")
    due = max(dues(mine))
    at(mine, due - dt.timedelta(days=20))
    mine.do_all("progress")
    at(mine, due)
    mine.until("draft").do("draft", result_class="A")
    assert mine.open() == ["review"]
    assert banli.engine.incidents() == []
