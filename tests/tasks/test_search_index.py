"""The index of character pairs: what it finds, and that it always says what the cases say."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from tests_support.people import submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import register
from tasks.cases.views import RegisterFilters
from tasks.consistency import find_faults
from tasks.demonstration.answers import Story
from tasks.directory.models import Person
from tasks.filing.similar import similar_items
from tasks.register.models import Item
from tasks.search.grams import chain, grams, is_plain
from tasks.search.index import rebuild, stale
from tasks.worklist.queries import worklist
from tasks.worklist.views import WorklistFilters, WorklistView

STORY = Story("zjj", ("jjdd",))


def found(banli, account, text):
    return [row.item_id for row in register(banli, actor_named(banli, account), RegisterFilters(text=text)).rows]


def listed(banli, account, text):
    actor = actor_named(banli, account)
    return [row.item_id for row in worklist(banli, actor, WorklistView.CLAIMABLE, WorklistFilters(text=text)).rows]


def out_of_date(banli):
    with banli.reading() as session:
        return list(stale(session.connection()))


def test_a_run_of_characters_gives_its_pairs_and_its_last_character():
    assert grams("停车难，Ab 7") == ["停车", "车难", "难", "ab", "b", "7"]
    assert chain("停车难") == ["停车", "车难"]
    assert chain("停") == ["停"]
    assert (is_plain("停车"), is_plain("50%"), is_plain("%")) == (True, False, False)


def test_every_piece_of_a_text_finds_it_and_nothing_else_does(banli_on_both, clock):
    title = "关于停车难问题的建议"
    wanted = submitted(banli_on_both, clock, STORY, title=title, situation="0118年起，𠮷野路的 App 失灵。").item_id
    submitted(banli_on_both, clock, STORY, title="关于公厕的建议")
    for text in ("停", "难", "停车", "车难", "停车难问题", "０１１８", "118", "18年", "APP", "ａｐｐ", "𠮷野", "𠮷"):
        assert found(banli_on_both, "wangmin", text) == [wanted], text
    for text in ("停难", "难停", "车难问停", "018年起𠮷", "问题停车", "难的", "app失灵x"):
        assert found(banli_on_both, "wangmin", text) == [], text


def test_a_long_text_is_found_to_its_end(banli_on_both, clock):
    filler = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(19_000))
    wanted = submitted(banli_on_both, clock, STORY, title="关于长文的建议").item_id
    with banli_on_both.writing() as session:
        session.get_one(Item, wanted).analysis = filler + "末尾停车难"
    assert found(banli_on_both, "wangmin", "末尾停车难") == [wanted]


def test_a_worklist_is_filtered_by_people_and_text_too(banli_on_both, clock):
    wanted = submitted(banli_on_both, clock, STORY, title="关于停车难的建议", situation="Parking 收费乱").item_id
    submitted(banli_on_both, clock, STORY, "hexiulan", title="关于公厕的建议")
    for text in ("收费乱", "停车 林国强", "parking"):
        assert listed(banli_on_both, "wangmin", text) == [wanted]
    assert listed(banli_on_both, "wangmin", "停车 贺秀兰") == []


def test_the_index_follows_a_case_through_its_steps(banli_on_both, clock):
    submitted(banli_on_both, clock, STORY).until("rate")
    assert out_of_date(banli_on_both) == []
    renamed = submitted(banli_on_both, clock, STORY, title="关于旧题目的建议").item_id
    with banli_on_both.writing() as session:
        session.get_one(Item, renamed).title = "关于新题目的建议"
    assert found(banli_on_both, "wangmin", "新题目") == [renamed]
    assert found(banli_on_both, "wangmin", "旧题目") == []
    assert [fault for fault in find_faults(banli_on_both) if "index" in str(fault)] == []


def test_a_person_who_takes_another_name_is_found_by_it(banli, clock):
    wanted = submitted(banli, clock, STORY).item_id
    with banli.writing() as session:
        session.scalar(select(Person).where(Person.name == "林国强")).name = "林建国"
    assert found(banli, "wangmin", "林建国") == [wanted]
    assert found(banli, "wangmin", "林国强") == []


def test_what_is_rolled_back_leaves_nothing_in_the_index(banli, clock):
    wanted = submitted(banli, clock, STORY).item_id
    with banli.database.connect() as connection, Session(bind=connection) as session:
        session.get_one(Item, wanted).title = "关于撤销的建议"
        session.flush()
        session.rollback()
    assert found(banli, "wangmin", "撤销") == []
    assert out_of_date(banli) == []


def test_a_gap_in_the_index_is_told_and_mended(banli_on_both, clock):
    wanted = submitted(banli_on_both, clock, STORY).item_id
    with banli_on_both.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM item_search")
    assert any("banli reindex" in str(fault) for fault in find_faults(banli_on_both))
    with banli_on_both.writing() as session:
        rebuild(session.connection())
    assert out_of_date(banli_on_both) == []
    assert found(banli_on_both, "wangmin", "夜市") == [wanted]


def test_similar_titles_come_from_the_index(banli_on_both, clock):
    submitted(banli_on_both, clock, STORY, title="关于解决老城区停车难问题的建议")
    submitted(banli_on_both, clock, STORY, title="关于公厕的建议")
    titles = [one.title for one in similar_items(banli_on_both, "关于城区停车难的建议")]
    assert titles == ["关于解决老城区停车难问题的建议"]
