"""Categories in two levels on pages: the room of the administrator, the form of a deputy, the register."""

import re

from sqlalchemy import select

from tasks.register.models import Item

WHY = "县人大代表工委第5号通知"


def all_about_roads(banli):
    with banli.writing() as session:
        for item in session.scalars(select(Item)):
            item.category, item.subcategory = "城建交通", "道路桥梁"


def test_an_administrator_edits_what_is_below_a_main_category(banli, visitor):
    chenli = visitor.be("chenli")
    assert "停车与交通秩序" in chenli.read("/admin/settings/category")
    page = chenli.read("/admin/settings/category/城建交通")
    assert "住房与旧改\n市政管网" in page
    answer = chenli.post("/admin/settings/category/城建交通", {
        "subcategories": "道路\n公交", "position": "1", "why": WHY, "seen": re.search(r'name="seen" value="([^"]+)"',
                                                                                     page)[1]})  # fmt: skip
    assert answer.status_code == 303
    assert banli.reference().settings["subcategories"]["城建交通"] == ["道路", "公交"]
    form = visitor.be("linguoqiang").read("/portal/write")
    assert '<optgroup label="城建交通"><option value="城建交通·道路">道路</option>' in form
    assert "停车与交通秩序" not in form


def test_a_main_category_is_added_with_its_own_and_one_of_the_same_name_is_refused(banli, visitor):
    chenli = visitor.be("chenli")
    new = {"name": "民族宗教", "subcategories": "", "position": "9", "why": WHY}
    assert chenli.post("/admin/settings/category/new", new).status_code == 303
    assert '<option value="民族宗教">民族宗教</option>' in visitor.be("linguoqiang").read("/portal/write")
    again = visitor.be("chenli").post("/admin/settings/category/new", new)
    assert again.status_code == 422
    assert "已经有同名的" in again.get_data(as_text=True)


def test_nobody_else_edits_categories(visitor):
    assert visitor.be("wangmin").get("/admin/settings/category/城建交通").status_code == 403


def test_the_form_of_a_category_says_how_many_items_have_each_name(banli, visitor):
    all_about_roads(banli)
    page = visitor.be("chenli").read("/admin/settings/category/城建交通")
    assert "城建交通 · 道路桥梁：3 件" in page


def test_the_register_offers_the_main_category_and_those_below_and_statistics_lead_there(banli, visitor):
    all_about_roads(banli)
    hub = visitor.be("wangmin")
    page = hub.read("/cases?category=城建交通·道路桥梁")
    assert '<optgroup label="城建交通"><option value="城建交通">城建交通（全部）</option>' in page
    assert '<option value="城建交通·道路桥梁" selected>道路桥梁</option>' in page
    assert "城建交通 · 道路桥梁" in page
    assert "没有" in hub.read("/cases?category=城建交通·公共交通")
    assert "道路桥梁 <a" in hub.read("/statistics")
