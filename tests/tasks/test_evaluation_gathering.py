"""What the evaluation reads from a case that people played: whose part it was, and how it went."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from tests_support.people import setting, submitted

from tasks.demonstration.answers import Story
from tasks.directory.models import Unit
from tasks.evaluation.facts import CO, LEAD, SEPARATE
from tasks.evaluation.gathering import parts_of, units_of_year
from tasks.handling.models import Assignment, Publication, Reply
from tasks.register.models import Item

YEAR_END = dt.date(2026, 12, 31)


def part(banli, code, cut_off=YEAR_END):
    """The only part of a unit."""
    with banli.reading() as session:
        unit = session.scalars(select(Unit.id).where(Unit.code == code)).one()
        found = parts_of(session, 2026, unit, cut_off)
    assert len(found) == 1
    return found[0]


def units(banli):
    with banli.reading() as session:
        found = units_of_year(session, 2026, YEAR_END)
        return set(session.scalars(select(Unit.code).where(Unit.id.in_(found))))


def returned_day(banli):
    """The day of the assignment."""
    with banli.reading() as session:
        return session.scalars(select(Assignment.assigned_at)).first().date()


@pytest.fixture
def returned_once(banli, clock):
    """A reply of two units that the hub returned once, issued and rated as satisfied."""
    play = submitted(banli, clock, Story("zjj", ("jjdd",))).until("review")
    play.do("review", returned_for="写得太空")
    play.until("rate").do("rate")
    return play


def test_the_lead_units_part_holds_reply_returns_talks_and_rating(returned_once, banli):
    found = part(banli, "zjj")
    assert (found.role, found.several, found.replied, found.returns) == (LEAD, True, True, 1)
    assert (found.met, found.on_time) == (True, True)
    assert (found.first_class, found.result_class) == ("A", "A")
    assert (found.proposed, found.adopted) == (2, 2)
    assert found.rating.overall == "satisfied"
    assert found.days > 0


@pytest.mark.parametrize("policy", ["exclude", "satisfied", "basic"])
def test_a_reply_that_nobody_rated_in_time_counts_as_the_area_says(banli_on_both, clock, policy):
    setting(banli_on_both, "silence_policy", policy)
    submitted(banli_on_both, clock, Story("zjj")).until("rate")
    clock.move(days=60)
    banli_on_both.engine.run_due()
    found = part(banli_on_both, "zjj").rating
    if policy == "exclude":
        assert found is None
    else:
        assert (found.overall, found.scores, found.last) == (policy, {"attitude": policy, "result": policy}, "")


def test_the_co_handling_units_part_holds_its_opinion_and_no_rating(returned_once, banli):
    found = part(banli, "jjdd")
    assert (found.role, found.opinion, found.on_time, found.opinion_redone) == (CO, True, True, False)
    assert (found.replied, found.rating, found.returns) == (False, None, 0)


def test_a_bounced_opinion_is_remembered(banli, clock):
    play = submitted(banli, clock, Story("zjj", ("jjdd",))).until("accept_opinion")
    play.do("accept_opinion", bounce="没有写明时间")
    play.until("draft")
    assert part(banli, "jjdd").opinion_redone


def test_what_happened_after_the_cut_off_day_counts_for_nothing(returned_once, banli):
    found = part(banli, "zjj", returned_day(banli))
    assert (found.replied, found.rating, found.returns) == (False, None, 0)


def test_what_was_due_and_did_not_come_is_late(banli, clock):
    submitted(banli, clock, Story("zjj")).until("draft")
    found = part(banli, "zjj")
    assert (found.due_passed, found.on_time, found.late) == (True, False, True)
    with banli.reading() as session:
        due = session.scalars(select(Assignment.due)).one().date()
    assert not part(banli, "zjj", due - dt.timedelta(days=2)).late


def test_a_published_reply_is_counted_and_a_refused_one_is_not(returned_once, banli):
    before = part(banli, "zjj")
    with banli.writing() as session:
        reply = session.scalars(select(Reply).where(Reply.state == "issued")).one()
        reply.disclosure = "public"
        for row in session.scalars(select(Publication)):
            session.delete(row)
        session.flush()
        on = reply.issued_on
        shown = Publication(reply_id=reply.id, form="full", abstract="", url="", published_on=on, reason="",
                            by="", at=banli.now())  # fmt: skip
        session.add(shown)
    assert (part(banli, "zjj").publishable, part(banli, "zjj").published) == (True, True)
    with banli.writing() as session:
        session.scalars(select(Publication)).one().form = "refused"
    assert not part(banli, "zjj").published
    assert before.replied


def test_units_that_answer_separately_have_their_own_replies(banli, clock):
    play = submitted(banli, clock, Story("zjj", ("cgj",), mode="separate"))
    play.until("consult")
    assert {part(banli, code).role for code in ("zjj", "cgj")} == {SEPARATE}
    assert units(banli) == {"zjj", "cgj"}


def test_a_withdrawn_item_counts_for_nobody(returned_once, banli):
    with banli.writing() as session:
        session.scalars(select(Item)).one().state = "withdrawn"
    assert units(banli) == set()
