"""A person's own lists: named filters, order, density, workbooks, several tasks at once."""

import io
import re
import zipfile

import pytest
import python_calamine
from sqlalchemy import select, update
from tests_support.county import DAY
from tests_support.people import submitted

from tasks.accounts.models import Account, RoleGrant
from tasks.demonstration.answers import Story
from tasks.directory.models import Person, Unit
from tasks.register.models import Item

NARROW = "view=claimable&q=停车"


class StandingClock:
    """The county's clock stands still."""

    def __call__(self):
        return DAY

    def move(self, **_span):
        """No time passes."""


def keep(visitor, name="停车", query=NARROW, place="worklist", **more):
    sent = {"place": place, "view_name": name, "query": query, **more}
    return visitor.post("/views", sent, follow_redirects=True).get_data(as_text=True)


def titles(page):
    return re.findall(r'class="title"[^>]*>([^<]+)<', page)


def chips(page):
    return re.findall(r'<a class="chip[^"]*" href="([^"]+)"[^>]*>(?:<svg.*?</svg>)?([^<]+)</a>', page)


def test_filters_are_kept_under_a_name_and_chosen_again(visitor):
    page = keep(visitor.be("wangmin"))
    assert "视图已保存" in page
    [(address, name)] = chips(visitor.read("/tasks"))
    assert name == "停车"
    assert titles(visitor.read(address.replace("&amp;", "&"))) == titles(visitor.read(f"/tasks?{NARROW}"))


def test_a_default_view_opens_the_list_and_everything_is_still_one_click_away(visitor):
    keep(visitor.be("wangmin"), default="true")
    entered = visitor.get("/tasks")
    assert entered.status_code == 303
    assert entered.headers["Location"] == "/tasks?q=%E5%81%9C%E8%BD%A6&view=claimable"
    inside = visitor.get("/tasks", headers={"Referer": "http://127.0.0.1:8000/tasks?view=claimable"})
    assert inside.status_code == 200
    visitor.post("/views/1/default", {"default": "false", "place": "worklist"})
    assert visitor.get("/tasks").status_code == 200


def test_a_default_without_any_filter_leads_nowhere(visitor):
    keep(visitor.be("wangmin"), query="", default="true")
    assert visitor.get("/tasks").status_code == 200


def test_a_view_is_deleted_by_its_owner_and_invisible_to_others(visitor):
    keep(visitor.be("wangmin"))
    assert not chips(visitor.be("lijianguo").read("/tasks"))
    assert visitor.post("/views/1/remove").status_code == 404
    assert "视图已删除" in visitor.be("wangmin").post("/views/1/remove", follow_redirects=True).get_data(as_text=True)
    assert not chips(visitor.read("/tasks"))


def test_the_same_name_replaces_and_the_other_list_keeps_its_own(visitor):
    keep(visitor.be("wangmin"))
    keep(visitor, query="view=done")
    keep(visitor, query="kind=proposal", place="register")
    assert [address for address, _ in chips(visitor.read("/tasks"))] == ["/tasks?view=done"]
    assert [address for address, _ in chips(visitor.read("/cases"))] == ["/cases?kind=proposal"]


@pytest.mark.parametrize("name", ["", "  ", "长" * 31])
def test_a_view_needs_a_fitting_name(visitor, name):
    assert "视图名称" in keep(visitor.be("wangmin"), name=name)
    assert not chips(visitor.read("/tasks"))


def test_a_view_leads_nowhere_but_to_its_list(visitor):
    visitor.be("wangmin")
    sent = {"place": "https://evil.example", "view_name": "x", "query": "next=https://evil.example&view=done"}
    assert visitor.post("/views", sent).status_code == 404
    answer = visitor.post("/views", {**sent, "place": "worklist"})
    assert answer.headers["Location"] == "/tasks?view=done"


def test_a_list_is_sorted_by_its_columns_both_ways(visitor):
    visitor.be("wangmin")
    forwards = titles(visitor.read("/tasks?view=claimable&sort=title"))
    assert forwards == sorted(forwards)
    assert titles(visitor.read("/tasks?view=claimable&sort=-title")) == forwards[::-1]
    page = visitor.read("/tasks?view=claimable&sort=-title")
    assert 'aria-sort="descending"' in page
    assert titles(visitor.read("/tasks?view=claimable&sort=nonsense")) == titles(visitor.read("/tasks?view=claimable"))


def rows_of(answer):
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("query", ["view=claimable", NARROW, "view=claimable&sort=-title", "view=done"])
def test_the_workbook_holds_what_the_page_holds(visitor, query):
    visitor.be("wangmin")
    answer = visitor.get(f"/tasks/list.xlsx?{query}")
    assert [row[2] for row in rows_of(answer)[1:]] == titles(visitor.read(f"/tasks?{query}"))


def test_a_title_that_looks_like_a_formula_stays_a_text(banli, visitor):
    with banli.writing() as session:
        session.execute(update(Item).where(Item.id == 1).values(title='=HYPERLINK("http://evil.example")'))
    answer = visitor.be("wangmin").get("/tasks/list.xlsx?view=claimable")
    assert '=HYPERLINK("http://evil.example")' in [row[2] for row in rows_of(answer)]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


def test_the_density_is_remembered_for_the_person(visitor):
    visitor.be("wangmin").post("/views/density", {"density": "dense", "place": "worklist", "query": ""})
    assert "list cards dense" in visitor.read("/tasks?view=claimable")
    assert "list cards dense" in visitor.read("/cases")
    assert "list cards dense" not in visitor.be("lijianguo").read("/cases")
    assert visitor.post("/views/density", {"density": "x"}).status_code == 404


@pytest.fixture
def _second_officer(banli):
    with banli.writing() as session:
        hub = session.scalars(select(Unit).where(Unit.code == "fb")).one()
        person = Person(name="马丽", phone="", title="科员")
        session.add(person)
        session.flush()
        account = Account(name="mali", person_id=person.id, unit_id=hub.id, password_hash="!", about="交办")
        session.add(account)
        session.flush()
        session.add(RoleGrant(account_id=account.id, unit_id=hub.id, role="hub_officer"))


@pytest.fixture
def claimed(visitor):
    page = visitor.be("wangmin").read("/tasks?view=claimable")
    tasks = re.findall(r'data-task="([^"]+)"', page)
    visitor.post("/tasks/act", {"act": "claim", "task": tasks})
    return tasks


@pytest.mark.usefixtures("_second_officer")
def test_several_tasks_are_handed_over_with_one_remark(visitor, claimed):
    page = visitor.post("/tasks/act", {"act": "hand_over", "task": claimed}).get_data(as_text=True)
    assert f"改派{len(claimed)}项任务" in page
    missing = visitor.post("/tasks/hand-over", {"task": claimed, "hand_over_to": "mali", "hand_over_remark": ""})
    assert missing.status_code == 422
    sent = {"task": claimed, "hand_over_to": "mali", "hand_over_remark": "我去学习"}
    done = visitor.post("/tasks/hand-over", sent, follow_redirects=True)
    assert f"已将{len(claimed)}项改派给马丽" in done.get_data(as_text=True)
    assert all(task in visitor.be("mali").read("/tasks?view=mine") for task in claimed)


def test_where_nobody_could_take_them_all_it_says_so(visitor, claimed):
    answer = visitor.post("/tasks/act", {"act": "hand_over", "task": claimed}, follow_redirects=True)
    assert "没有可以接办全部任务的同事" in answer.get_data(as_text=True)


def test_asking_for_a_hidden_step_by_its_name_finds_nothing(banli, visitor):
    play = submitted(banli, StandingClock(), Story("cgj", complaint="没有解决")).until("rate")
    play.do("rate", rating="dissatisfied")
    assert "study" in play.open()
    visitor.be("wufang")
    title = "夜市占道"
    for query in (f"view=waiting&step=study&q={title}", f"view=waiting&q={title} 环节:study"):
        assert not titles(visitor.read(f"/tasks?{query}"))
        assert len(rows_of(visitor.get(f"/tasks/list.xlsx?{query}"))) == 1
    assert titles(visitor.read(f"/tasks?view=waiting&q={title}"))
