"""The register is searched by number, title, people and text."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import select
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import register
from tasks.cases.views import RegisterFilters
from tasks.demonstration.answers import Story
from tasks.directory.models import Person
from tasks.handling.models import Reply
from tasks.register.models import Item, ItemProposer

STORY = Story("zjj", ("jjdd",))


def found(banli, actor, text):
    return [row.item_id for row in register(banli, actor, RegisterFilters(text=text)).rows]


def make(banli, clock, **changes):
    return submitted(banli, clock, STORY, **changes).item_id


@pytest.mark.parametrize(
    "text", ["停车", "群众上访", "车位不足的原因", "增设车位", "停车 林国强", "  停车  ", "PARKING", "parking"]
)
def test_a_case_is_found_by_what_stands_in_it(banli, clock, as_, text):
    wanted = make(
        banli, clock, title="关于停车难的建议", situation="群众上访。Parking", analysis="车位不足的原因有二。",
        measures=[{"text": "增设车位"}],
    )  # fmt: skip
    make(banli, clock, title="关于公厕的建议", situation="公厕不洁。", measures=[{"text": "增设公厕"}])
    assert found(banli, as_("wangmin"), text) == [wanted]


@pytest.mark.parametrize("text", ["停车 贺秀兰", "面商", "%", "_", "\\", "停%难", "停_难", "' OR 1=1 --"])
def test_what_does_not_stand_in_it_does_not_find_it(banli, clock, as_, text):
    make(banli, clock, title="关于停车难的建议")
    assert found(banli, as_("wangmin"), text) == []


def test_a_percent_sign_is_found_as_itself(banli, clock, as_):
    wanted = make(banli, clock, title="关于提高到 50% 的建议")
    make(banli, clock, title="关于公厕的建议")
    assert found(banli, as_("wangmin"), "50%") == [wanted]


def test_a_case_is_found_by_its_number(banli, clock, as_):
    first, second = make(banli, clock), make(banli, clock, title="关于公厕的建议")
    with banli.reading() as session:
        number = session.get_one(Item, second).number
    assert first != second
    assert found(banli, as_("wangmin"), number) == [second]


def test_a_case_is_found_by_each_who_signed_it(banli, clock, as_):
    wanted = make(banli, clock)
    with banli.writing() as session:
        cosigner = session.scalar(select(Person).where(Person.id == as_("hexiulan").person_id))
        session.add(ItemProposer(item_id=wanted, person_id=cosigner.id, position=1))
        name = cosigner.name
    assert found(banli, as_("wangmin"), name) == [wanted]


def test_a_case_is_found_by_the_words_of_its_reply(banli, clock, as_):
    play = submitted(banli, clock, STORY).until("rate")
    make(banli, clock, title="关于公厕的建议")
    with banli.writing() as session:
        session.scalar(select(Reply).where(Reply.item_id == play.item_id)).body += "另辟夜市广场"
    assert found(banli, as_("wangmin"), "夜市广场") == [play.item_id]


def test_no_search_tells_a_proposer_what_an_unissued_reply_says(banli, clock, as_):
    play = submitted(banli, clock, STORY).until("review")
    with banli.writing() as session:
        session.scalar(select(Reply).where(Reply.item_id == play.item_id)).body += "另辟夜市广场"
    hub = as_("wangmin")
    signed_it_too = dataclasses.replace(hub, person_id=as_("linguoqiang").person_id)
    assert found(banli, hub, "夜市广场") == [play.item_id]
    assert found(banli, signed_it_too, "夜市广场") == []


def test_no_search_reaches_the_words_of_a_rating(banli, clock, as_):
    play = submitted(banli, clock, Story("zjj", complaint="至今没有人来过")).until("rate")
    play.do("rate", rating="dissatisfied")
    for account in ("zhaoqian", "wangmin"):
        assert found(banli, as_(account), "没有人来过") == []


def test_no_search_finds_the_case_of_another_unit(banli, clock, as_):
    submitted(banli, clock, Story("cgj")).until("consult")
    assert found(banli, as_("zhaoqian"), "夜市") == []
    assert len(found(banli, as_("wufang"), "夜市")) == 1


def test_people_and_text_are_searched_on_both_databases(banli_on_both, clock):
    wanted = make(banli_on_both, clock, situation="Parking 停车难")
    reader = actor_named(banli_on_both, "wangmin")
    for text in ("林国强", "parking", "停车难", "划定经营区域"):
        assert found(banli_on_both, reader, text) == [wanted]
