"""People, units, sheets and halted cases in the administrator's room, without a browser."""

import io
import re

import pytest
import xlsxwriter
from sqlalchemy import insert, select

from engine import tables
from engine.identity import new_id
from engine.message import say
from engine.rows import message_json
from tasks.changes import service
from tasks.worklist.models import Work

WHY = "县编办第2号批复"


@pytest.fixture
def chenli(visitor):
    return visitor.be("chenli")


def workbook(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell)
    return io.BytesIO(file.getvalue())


@pytest.mark.parametrize("kind", ["unit", "account", "membership", "sitting", "term", "area"])
def test_every_part_of_the_directory_has_a_list_and_a_form(chenli, kind):
    page = chenli.read(f"/admin/settings/{kind}")
    first = re.search(rf'href="(/admin/settings/{kind}/[^"]+)"', page)
    address = first[1] if first else f"/admin/settings/{kind}"
    assert chenli.get(address).status_code in (200, 303)
    assert chenli.get(f"/admin/sheets/{kind}").status_code == 200


def test_a_unit_gets_sections_and_a_person_gets_an_account_and_a_password(banli, chenli):
    fields = {"code": "dzj", "name": "云岭县地震局", "short_name": "地震局", "kind": "handling", "position": "90",
              "sections": "办公室\n监测股", "why": WHY}  # fmt: skip
    assert chenli.post("/admin/settings/unit/new", fields).status_code == 303
    assert service.contents(banli, "unit")["dzj"]["sections"] == ["办公室", "监测股"]
    person = {"account": "zhaoliu", "name": "赵六", "unit": "dzj", "roles": ["unit_office", "unit_head"], "why": WHY}
    assert chenli.post("/admin/settings/account/new", person).status_code == 303
    page = chenli.post("/admin/accounts/zhaoliu/password", {"why": "新到任"}).get_data(as_text=True)
    fresh = re.search(r"<code>([\w-]{19})</code>", page)[1]
    assert chenli.post("/sign-in", {"name": "zhaoliu", "password": fresh}).status_code == 303


def test_the_page_of_roles_answers_both_questions(chenli):
    page = chenli.read("/admin/roles?may=area:setting:change&who=wangmin")
    assert "陈立" in page
    assert "分办、批准交办" in page


def test_a_sheet_is_rehearsed_and_then_taken_over(banli, chenli):
    exported = chenli.get("/admin/sheets/unit.xlsx")
    assert exported.data[:2] == b"PK"
    headings = ["键", "代码", "全称", "简称", "种类", "排列顺序", "科室"]
    rows = [headings, ["", "dzj", "云岭县地震局", "地震局", "承办单位", "90", "办公室\n监测股"],
            ["zjj", "zjj", "=1+1", "住建局", "承办单位", "4", ""]]  # fmt: skip
    page = chenli.post("/admin/sheets/unit", {"file": (workbook(rows), "u.xlsx")},
                       content_type="multipart/form-data").get_data(as_text=True)  # fmt: skip
    assert "新增1行，修改1行，不对0行" in page
    assert "dzj" not in service.contents(banli, "unit")
    kept = re.search(r'<textarea name="rows" hidden>\n(.*?)</textarea>', page, re.DOTALL)[1].replace("&#34;", '"')
    answer = chenli.post("/admin/sheets/unit", {"rows": kept, "confirm": "yes", "why": WHY})
    assert answer.status_code == 303
    assert service.contents(banli, "unit")["zjj"]["name"] == "=1+1", "a text that begins with = is a text"
    assert chenli.post("/admin/changes/1/take-back", {"why": "撤回"}).status_code == 303
    assert "dzj" not in service.contents(banli, "unit")


@pytest.mark.parametrize("rows", [
    [["别的", "列"], ["x", "y"]],
    [["键", "代码", "全称", "简称", "种类", "排列顺序"], ["", "X Y", "名", "名", "承办单位", "1"]],
    [["键", "代码", "全称", "简称", "种类", "排列顺序"], ["", "abc", "名", "名", "没有这种", "1"]],
    [["键", "代码", "全称", "简称", "种类", "排列顺序"], ["", "abc", "名", "名", "承办单位", "一"]],
])  # fmt: skip
def test_a_wrong_sheet_changes_nothing_and_says_which_row(banli, chenli, rows):
    before = service.contents(banli, "unit")
    answer = chenli.post("/admin/sheets/unit", {"file": (workbook(rows), "u.xlsx")},
                         content_type="multipart/form-data")  # fmt: skip
    page = answer.get_data(as_text=True)
    assert "没有" in page or "不对1行" in page
    assert 'name="confirm"' not in page
    assert service.contents(banli, "unit") == before


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_something_that_is_no_workbook_is_refused_in_words(chenli, content):
    answer = chenli.post("/admin/sheets/unit", {"file": (io.BytesIO(content), "u.xlsx")},
                         content_type="multipart/form-data")  # fmt: skip
    assert answer.status_code == 422
    assert "Excel" in answer.get_data(as_text=True) or ".xlsx" in answer.get_data(as_text=True)


@pytest.fixture
def halted(banli):
    """A case with an incident at its open step, as though a rule could not be computed there."""
    with banli.reading() as session:
        work = session.scalars(select(Work).where(Work.state == "open")).first()
    instance, _, token = work.task_id.rpartition("-")
    identifier = new_id()
    with banli.engine.database.writing() as connection:
        connection.execute(insert(tables.incident).values(
            id=identifier, instance_id=instance, root_id=work.root_id, token=int(token), element_id=work.element_id,
            kind="fault", message=message_json(say("There is no unit “{code}”.", code="xyz")), job_key=None,
            created=banli.now(), resolved=None, resolved_by=None))  # fmt: skip
    return identifier


def test_a_halted_case_says_what_happened_and_is_tried_again(banli, chenli, halted):
    assert "1件办件停住" in chenli.read("/admin")
    page = chenli.read("/admin/halted")
    assert "没有“xyz”" in page or "xyz" in page
    assert "关于" in page
    assert chenli.post(f"/admin/halted/{halted}", {"act": "retry"}).status_code == 303
    assert banli.engine.incidents() == []


@pytest.mark.parametrize("typed", [
    {"act": "correct", "name": "nothing", "value": "1", "why": WHY},
    {"act": "correct", "name": "item", "value": "1 +", "why": WHY},
    {"act": "skip", "name": "a b", "value": "1", "why": WHY},
    {"act": "skip", "name": "", "value": "", "why": ""},
])  # fmt: skip
def test_a_wrong_mending_is_refused_at_its_place(banli, chenli, halted, typed):
    answer = chenli.post(f"/admin/halted/{halted}", typed)
    assert answer.status_code == 422
    assert 'class="msg"' in answer.get_data(as_text=True)
    assert len(banli.engine.incidents()) == 1
