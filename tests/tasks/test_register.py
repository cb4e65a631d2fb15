"""Items come in: from a deputy's page, from a sheet, each once and with a number of its own."""

from __future__ import annotations

import threading
import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter
from sqlalchemy import func, select
from tests_support.people import SUGGESTION, file_at_once

from tasks.accounts.actors import actor_named
from tasks.accounts.errors import NotAllowed
from tasks.bootstrap import SHIPPED_PROCESSES
from tasks.register.intake import start_missing
from tasks.register.models import Item
from tasks.register.numbering import PatternRefused, written
from tasks.register.service import submission_page, submit
from tasks.register.sheet import DEFAULT_MAPPING, SheetRefused, import_sheet
from tasks.register.workbook import WorkbookRefused
from tasks.worklist.errors import FormInvalid

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = SHIPPED_PROCESSES / "demonstration" / "items.xlsx"


def count(banli) -> int:
    with banli.reading() as session:
        return session.scalar(select(func.count()).select_from(Item)) or 0


def sheet(path: Path, *rows: dict[str, str], headings: dict[str, str] = DEFAULT_MAPPING) -> Path:
    usual = {
        "kind": "建议",
        "title": "关于增设夜间公交的建议",
        "proposer": "林国强",
        "category": "城建交通",
        "situation": "末班车太早。",
        "measures": "一、延长末班车",
    }
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, list(headings.values()))
        for index, row in enumerate(rows, start=1):
            merged = {**usual, **row}
            page.write_row(index, 0, [merged.get(name, "") for name in headings])
    return path


def filed(banli, receipt) -> str:
    """The number that the item gets when the committee files it."""
    file_at_once(banli, receipt.item_id)
    with banli.reading() as session:
        return session.get_one(Item, receipt.item_id).number


def test_a_deputy_submits_and_gets_a_number(banli, as_):
    receipt = submit(banli, as_("linguoqiang"), SUGGESTION, "r1")
    assert receipt.number == "", "a number is given when it is filed"
    assert filed(banli, receipt) == "0001"


def test_a_member_of_the_cppcc_submits_proposals_with_numbers_of_their_own(banli, as_):
    filed(banli, submit(banli, as_("linguoqiang"), SUGGESTION, "r1"))
    receipt = submit(banli, as_("xuwenjing"), {**SUGGESTION, "title": "关于规范夜市的提案"}, "r2")
    assert filed(banli, receipt) == "2026001"


def test_the_same_submission_sent_twice_makes_one_item(banli, as_):
    first = submit(banli, as_("linguoqiang"), SUGGESTION, "r1")
    assert submit(banli, as_("linguoqiang"), SUGGESTION, "r1") == first
    assert count(banli) == 1


def test_a_title_may_be_used_once_by_one_proposer(banli, as_):
    filed(banli, submit(banli, as_("linguoqiang"), SUGGESTION, "r1"))
    with pytest.raises(FormInvalid) as caught:
        submit(banli, as_("linguoqiang"), SUGGESTION, "r2")
    assert [error.key for error in caught.value.errors] == ["title"]
    assert filed(banli, submit(banli, as_("hexiulan"), SUGGESTION, "r3")) == "0002"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "修路"}, "title"),
        ({"title": "关于规范夜市的提案"}, "title"),
        ({"category": "外交"}, "category"),
        ({"measures": []}, "measures"),
        ({"no_secret": ""}, "no_secret"),
        ({"cosigners": ["1"]}, "cosigners"),
        ({"number": "0001"}, "number"),
    ],
)
def test_what_is_wrong_in_a_submission_is_named_and_nothing_is_stored(banli, as_, change, field):
    with pytest.raises(FormInvalid) as caught:
        submit(banli, as_("linguoqiang"), {**SUGGESTION, **change}, "r1")
    assert [error.key for error in caught.value.errors] == [field]
    assert count(banli) == 0


@pytest.mark.parametrize("account", ["wangmin", "zhaoqian", "sunjie", "chenli"])
def test_only_people_with_a_mandate_submit(banli, as_, account):
    with pytest.raises(NotAllowed):
        submission_page(banli, as_(account))
    with pytest.raises(NotAllowed):
        submit(banli, as_(account), SUGGESTION, "r1")


def test_an_item_that_a_crash_left_without_a_case_is_started_later(banli, clock, as_, monkeypatch):
    def die(*_arguments):
        raise SystemExit

    monkeypatch.setattr("tasks.register.service.start_case", die)
    with pytest.raises(SystemExit):
        submit(banli, as_("linguoqiang"), SUGGESTION, "r1")
    clock.move(minutes=5)
    assert start_missing(banli) == 1
    assert start_missing(banli) == 0
    with banli.reading() as session:
        assert session.scalars(select(Item.instance_id)).one() is not None


def test_numbers_are_gapless_when_many_are_filed_at_once(banli_on_both):
    banli = banli_on_both
    people = ["linguoqiang", "hexiulan", "zhouminghua", "gaozhiyuan", "chenmeiling", "tangwen"]
    start = threading.Barrier(len(people))

    def hand_in(account):
        receipt = submit(banli, actor_named(banli, account), SUGGESTION, "r")
        start.wait()
        file_at_once(banli, receipt.item_id)

    threads = [threading.Thread(target=hand_in, args=(account,)) for account in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with banli.reading() as session:
        numbers = sorted(session.scalars(select(Item.number)).all())
    assert numbers == [f"{number:04}" for number in range(1, 7)]


def test_a_number_pattern_knows_named_places_only():
    assert written("{year}{seq:03}", year=2026, seq=7) == "2026007"
    with pytest.raises(PatternRefused):
        written("{secret}", year=2026, seq=7)
    assert written("{seq.__class__}", seq=7) == "{seq.__class__}"


def test_the_shipped_sheet_holds_thirty_items_and_all_are_accepted(banli, as_):
    report = import_sheet(banli, as_("wangmin"), SHIPPED)
    assert (report.rows, report.accepted, report.refused) == (30, 30, [])
    assert count(banli) == 30


def test_a_dry_run_tells_the_same_and_stores_nothing(banli, as_):
    report = import_sheet(banli, as_("wangmin"), SHIPPED, dry_run=True)
    assert (report.accepted, report.dry_run) == (30, True)
    assert count(banli) == 0


def test_good_rows_are_imported_and_each_bad_one_is_told_with_its_column(banli, as_, tmp_path):
    path = sheet(
        tmp_path / "items.xlsx",
        {},
        {"title": "修路"},
        {"kind": "议案", "title": "关于修路的建议"},
        {"proposer": "秦始皇", "title": "关于修墙的建议"},
        {"category": "外交", "title": "关于出访的建议"},
        {"situation": "", "title": "关于留白的建议"},
        {},
        {"cosigners": "何秀兰、路人甲", "title": "关于附议的建议"},
    )
    report = import_sheet(banli, as_("wangmin"), path)
    assert [item.title for item in report.items] == ["关于增设夜间公交的建议"]
    assert [(row.row, row.column) for row in report.refused] == [
        (3, "案由"),
        (4, "种类"),
        (5, "领衔"),
        (6, "类别"),
        (7, "情况"),
        (8, "案由"),
        (9, "附议"),
    ]
    assert "秦始皇" in str(report.refused[2].message)


def test_importing_a_sheet_again_imports_nothing_twice(banli, as_):
    import_sheet(banli, as_("wangmin"), SHIPPED)
    again = import_sheet(banli, as_("wangmin"), SHIPPED)
    assert again.accepted == 0
    assert count(banli) == 30


def test_columns_with_other_headings_are_mapped(banli, as_, tmp_path):
    path = sheet(tmp_path / "items.xlsx", {}, headings={**DEFAULT_MAPPING, "title": "标题", "proposer": "提出人"})
    with pytest.raises(SheetRefused, match="案由"):
        import_sheet(banli, as_("wangmin"), path)
    assert import_sheet(banli, as_("wangmin"), path, {"title": "标题", "proposer": "提出人"}).accepted == 1


def test_measures_lose_their_numbering_and_become_rows(banli, as_, tmp_path):
    path = sheet(tmp_path / "items.xlsx", {"measures": "一、延长末班车\n2. 增开线路\n（三）加密班次"})
    import_sheet(banli, as_("wangmin"), path)
    with banli.reading() as session:
        item = session.scalars(select(Item)).one()
        assert [measure.text for measure in item.measures] == ["延长末班车", "增开线路", "加密班次"]


def test_only_the_hub_and_administrators_import(banli, as_):
    with pytest.raises(NotAllowed):
        import_sheet(banli, as_("zhaoqian"), SHIPPED)


def test_a_file_that_is_no_workbook_is_refused(banli, as_, tmp_path):
    path = tmp_path / "items.xlsx"
    path.write_bytes(b"not a workbook")
    with pytest.raises(WorkbookRefused):
        import_sheet(banli, as_("wangmin"), path)


def test_a_workbook_with_macros_is_refused(banli, as_, tmp_path):
    path = sheet(tmp_path / "items.xlsx", {})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    with pytest.raises(WorkbookRefused, match="macros"):
        import_sheet(banli, as_("wangmin"), path)


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened(banli, as_, tmp_path):
    path = sheet(tmp_path / "items.xlsx", {})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/padding.bin", bytes(120 * 1024 * 1024))
    with pytest.raises(WorkbookRefused, match="far larger"):
        import_sheet(banli, as_("wangmin"), path)


def test_a_workbook_whose_sheet_is_broken_is_refused_by_the_child(banli, as_, tmp_path):
    good = sheet(tmp_path / "good.xlsx", {})
    path = tmp_path / "items.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as broken:
        for name in source.namelist():
            content = source.read(name)
            broken.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)
    with pytest.raises(WorkbookRefused):
        import_sheet(banli, as_("wangmin"), path)


def test_a_large_file_is_refused_before_it_is_read(banli, as_, tmp_path):
    path = tmp_path / "items.xlsx"
    with path.open("wb") as file:
        file.truncate(11 * 1024 * 1024)
    with pytest.raises(WorkbookRefused, match="at most 10 MB"):
        import_sheet(banli, as_("wangmin"), path)
