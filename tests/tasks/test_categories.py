"""Categories in two levels: chosen in forms, read from sheets, counted and filtered, changed by the area itself."""

from __future__ import annotations

import pytest
import xlsxwriter
from sqlalchemy import select
from tests_support.filing import before_filing
from tests_support.people import SUGGESTION, setting, submitted

from tasks.accounts.actors import actor_named
from tasks.cases.queries import case, ledger, register
from tasks.cases.views import RegisterFilters
from tasks.changes import service
from tasks.changes.service import Part
from tasks.demonstration.answers import Story
from tasks.register import categories
from tasks.register.models import Item
from tasks.register.service import submission_page, submit
from tasks.register.sheet import DEFAULT_MAPPING, import_sheet
from tasks.statistics.queries import statistics
from tasks.worklist.errors import FormInvalid
from tasks.worklist.pages import open_task
from tasks.worklist.service import complete

WHY = "县人大代表工委第5号通知"
ROAD = "城建交通·道路桥梁"


@pytest.fixture
def chenli(banli):
    return actor_named(banli, "chenli")


@pytest.fixture
def alone(banli, clock):
    return before_filing(banli, clock)


def changed(banli, main, **fields):
    return Part("category", main, {**service.contents(banli, "category")[main], **fields})


def offered(banli):
    return {option.value: option for option in submission_page(banli, actor_named(banli, "linguoqiang")).options[
        "categories"]}  # fmt: skip


def of_item(banli, item_id):
    with banli.reading() as session:
        item = session.get_one(Item, item_id)
        return item.category, item.subcategory


def write(banli, **values):
    with banli.writing() as session:
        for item in session.scalars(select(Item)):
            for name, value in values.items():
                setattr(item, name, value)


def review(play):
    return open_task(play.banli, actor_named(play.banli, "sunjie"), play.step("first_review").task_id)


def test_a_deputy_chooses_a_subcategory_below_its_main_category(banli):
    found = offered(banli)[ROAD]
    assert (found.label, found.group) == ("道路桥梁", "城建交通")
    receipt = submit(banli, actor_named(banli, "linguoqiang"), {**SUGGESTION, "category": ROAD}, "r1")
    assert of_item(banli, receipt.item_id) == ("城建交通", "道路桥梁")


def test_a_main_category_alone_is_refused_where_it_has_something_below(banli):
    with pytest.raises(FormInvalid) as refused:
        submit(banli, actor_named(banli, "linguoqiang"), {**SUGGESTION, "category": "城建交通"}, "r1")
    assert [error.key for error in refused.value.errors] == ["category"]


def test_a_main_category_without_any_below_is_chosen_itself(banli, chenli):
    service.change(banli, chenli, [changed(banli, "城建交通", subcategories=[])], WHY)
    assert (offered(banli)["城建交通"].group, ROAD in offered(banli)) == ("", False)
    receipt = submit(banli, actor_named(banli, "linguoqiang"), {**SUGGESTION, "category": "城建交通"}, "r1")
    assert of_item(banli, receipt.item_id) == ("城建交通", "")


def test_an_area_that_was_set_up_with_one_level_goes_on_with_it(banli):
    setting(banli, "subcategories", None)
    assert list(offered(banli))[:2] == ["城建交通", "财政经济"]
    submit(banli, actor_named(banli, "linguoqiang"), {**SUGGESTION, "category": "城建交通"}, "r1")


def test_an_item_of_one_level_may_keep_it_and_may_be_given_another(alone):
    write(alone.banli, subcategory="")
    options = {option.value: option for option in review(alone).options["categories"]}
    assert (options["城市管理"].label, options["城市管理"].group) == ("（未分小类）", "城市管理")
    assert review(alone).values["category"] == "城市管理"
    alone.do("first_review")
    assert of_item(alone.banli, alone.item_id) == ("城市管理", "")


def test_the_review_changes_the_category(alone):
    task = review(alone)
    complete(alone.banli, actor_named(alone.banli, "sunjie"), alone.step("first_review").task_id,
             {**task.values, "category": "社区工作·物业管理"}, None)
    assert of_item(alone.banli, alone.item_id) == ("社区工作", "物业管理")


def test_a_name_that_is_gone_stays_with_the_items_that_have_it(alone, chenli):
    banli = alone.banli
    write(banli, subcategory="夜市")
    assert review(alone).options["categories"][-1].label == "城市管理 · 夜市"
    alone.do("first_review")
    assert of_item(banli, alone.item_id) == ("城市管理", "夜市")
    service.change(banli, chenli, [Part("category", "城市管理", None)], WHY)
    assert case(banli, actor_named(banli, "sunjie"), alone.item_id).item.category == "城市管理 · 夜市"
    assert "城市管理·夜市" in [option.value for option in register(banli, actor_named(banli, "sunjie")).categories]


def test_the_register_finds_a_main_category_with_all_below_it_or_one_of_them(banli_on_both, clock):
    banli = banli_on_both
    for number, category in enumerate((ROAD, "城建交通·公共交通", "社区工作·物业管理")):
        submitted(banli, clock, Story("zjj"), title=f"关于第{number}件事的建议", category=category)
    wangmin = actor_named(banli, "wangmin")

    def found(category):
        return [(row.category, row.subcategory) for row in ledger(banli, wangmin, RegisterFilters(category=category))]

    assert found("城建交通") == [("城建交通", "公共交通"), ("城建交通", "道路桥梁")]
    assert found(ROAD) == [("城建交通", "道路桥梁")]
    assert found("社区工作·法治与调解") == []
    offers = [(option.value, option.group) for option in register(banli, wangmin).categories]
    assert ("城建交通", "城建交通") in offers
    assert (ROAD, "城建交通") in offers
    counted = {line.code: line for line in statistics(banli, wangmin).categories.lines}
    assert counted["城建交通"].count == 2
    assert [(line.code, line.count) for line in counted["城建交通"].below] == [
        ("城建交通·公共交通", 1), (ROAD, 1)]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (("城建交通", "道路桥梁"), ROAD), (("城建交通·道路桥梁", ""), ROAD), (("城建交通-道路桥梁", ""), ROAD),
        (("城建交通 / 道路桥梁", ""), ROAD), (("道路桥梁", ""), ROAD), (("城建交通", ""), "城建交通"),
        (("城建交通", "物业管理"), None), (("外交", ""), None), (("道路桥梁", "公共交通"), None),
    ],
)  # fmt: skip
def test_the_cells_of_a_sheet_name_a_category_in_the_ways_in_which_people_write_it(banli, cells, kept):
    assert categories.read(banli.reference().settings, *cells) == kept


def test_a_sheet_brings_both_levels_and_a_wrong_one_is_told_with_its_column(banli, as_, tmp_path):
    usual = {"kind": "建议", "proposer": "林国强", "situation": "末班车太早。", "measures": "一、延长"}
    rows = [
        {"title": "关于夜间公交的建议", "category": "城建交通", "subcategory": "公共交通"},
        {"title": "关于早班公交的建议", "category": "城建交通", "subcategory": "物业管理"},
    ]
    with xlsxwriter.Workbook(tmp_path / "items.xlsx") as book:
        page = book.add_worksheet()
        page.write_row(0, 0, list(DEFAULT_MAPPING.values()))
        for index, row in enumerate(rows, start=1):
            page.write_row(index, 0, [{**usual, **row}.get(name, "") for name in DEFAULT_MAPPING])
    report = import_sheet(banli, as_("wangmin"), tmp_path / "items.xlsx")
    assert [of_item(banli, item.item_id) for item in report.items] == [("城建交通", "公共交通")]
    assert [(row.row, row.column) for row in report.refused] == [(3, "小类")]
    assert "道路桥梁" in str(report.refused[0].message)


def test_an_area_adds_orders_and_removes_main_categories_and_takes_it_back(banli, chenli):
    new = {"name": "民族宗教", "subcategories": ["民族事务", "宗教事务"], "position": 2}
    service.change(banli, chenli, [Part("category", "民族宗教", new)], WHY)
    assert list(service.contents(banli, "category"))[:3] == ["城建交通", "财政经济", "民族宗教"]
    assert offered(banli)["民族宗教·宗教事务"].group == "民族宗教"
    service.change(banli, chenli, [changed(banli, "民族宗教", position=1)], WHY)
    service.change(banli, chenli, [Part("category", "城建交通", None)], WHY)
    assert ROAD not in offered(banli)
    number = service.change(banli, chenli, [changed(banli, "财政经济", subcategories=["财政"])], WHY)
    service.take_back(banli, chenli, number, WHY)
    assert "财政经济·数字经济" in offered(banli)
    assert banli.reference().settings["categories"][0] == "民族宗教"


def test_a_case_under_way_is_offered_the_new_list_and_may_keep_what_it_has(alone, chenli):
    service.change(alone.banli, chenli, [changed(alone.banli, "城市管理", subcategories=["市容"])], WHY)
    options = [option.value for option in review(alone).options["categories"]]
    assert "城市管理·市容" in options
    assert "城市管理·政务服务" not in options
    assert options[-1] == "城市管理·市容环卫"


@pytest.mark.parametrize("name", ["城建·交通", "道路、桥梁", "长" * 21, "社区工作"])
def test_a_name_that_cannot_be_a_subcategory_is_refused(banli, chenli, name):
    with pytest.raises(FormInvalid) as refused:
        service.change(banli, chenli, [changed(banli, "城建交通", subcategories=[name])], WHY)
    assert [error.key for error in refused.value.errors] == ["subcategories"]


def test_the_last_category_cannot_be_removed(banli, chenli):
    mains = list(service.contents(banli, "category"))
    service.change(banli, chenli, [Part("category", main, None) for main in mains[1:]], WHY)
    with pytest.raises(FormInvalid) as refused:
        service.change(banli, chenli, [Part("category", mains[0], None)], WHY)
    assert "only category" in str(refused.value.errors[0].message)
