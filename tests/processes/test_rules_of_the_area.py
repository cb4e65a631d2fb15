"""Rules that an area sets and the procedure acts upon: merged numbers, the overall rating, the express channel."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from tests_support.people import setting, submitted

from tasks.cases.views import ItemState
from tasks.demonstration.answers import Story
from tasks.handling.models import Assignment, Feedback
from tasks.handling.ratings import overall_of
from tasks.register.models import Item
from tasks.settings import BEIJING

SOLE = Story("cgj", closing="close")


def item_of(play):
    with play.banli.reading() as session:
        return session.get_one(Item, play.item_id)


def merged_pair(banli, clock):
    main = submitted(banli, clock, SOLE, title="关于整治河道采砂的建议").until("draft")
    into = replace(SOLE, words={"filing": "merged"})
    return main, submitted(banli, clock, into, title="关于整治河道采砂乱象的建议")


def test_merged_items_may_stand_behind_the_number_of_the_other(banli, clock):
    setting(banli, "merge_keeps_number", value=False)
    main, merged = merged_pair(banli, clock)
    after = submitted(banli, clock, SOLE, title="关于疏浚灌渠的建议")
    number = item_of(main).number
    assert (item_of(merged).number, item_of(merged).state) == (f"{number}-1", ItemState.MERGED)
    assert int(item_of(after).number) == int(number) + 1, "the sequence has no gap"


def test_a_merged_item_behind_another_number_is_answered_and_closed_like_any_other(banli, clock):
    setting(banli, "merge_keeps_number", value=False)
    main, merged = merged_pair(banli, clock)
    main.until("rate")
    banli.engine.run_due()
    merged.until("closing_check").do("closing_check")
    assert item_of(merged).state == ItemState.CLOSED


def test_the_result_alone_may_decide_the_overall_rating(banli, clock):
    setting(banli, "overall_rule", "result")
    scores = {"attitude": "dissatisfied", "result": "satisfied"}
    assert (overall_of(scores), overall_of(scores, "result")) == ("dissatisfied", "satisfied")
    play = submitted(banli, clock, replace(SOLE, rating="satisfied"), title="关于疏浚灌渠的建议").until("rate")
    play.do("rate")
    with banli.reading() as session:
        assert session.scalars(select(Feedback).where(Feedback.item_id == play.item_id)).one().overall == "satisfied"


def test_an_item_of_the_express_channel_is_answered_within_a_month(banli, clock):
    play = submitted(banli, clock, SOLE, title="关于抢修危桥的建议")
    with banli.writing() as session:
        session.get_one(Item, play.item_id).urgency = "直通车"
    play.until("draft")
    with banli.reading() as session:
        part = session.scalars(select(Assignment).where(Assignment.item_id == play.item_id)).one()
    assert part.due_notes[-1]["rule"] == "P16"
    start = part.assigned_at.astimezone(BEIJING).date()
    assert (part.due.astimezone(BEIJING).date() - start).days in range(28, 38)
    assert play.step("draft").due == part.due
