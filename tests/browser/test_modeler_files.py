"""Files in the format of Camunda Modeler come in, are edited, and go out with nothing lost but what was changed.

The samples were written by hand in that format. The diagram went once through this very editor for its order;
the form names the schema version that the editor writes. So nothing here shows what the desktop program itself writes.
"""

import difflib
import io
import json
import zipfile
from pathlib import Path

import pytest
from drawing import READY, Studio
from lxml import etree

from tasks.accounts.actors import actor_named
from tasks.designing.comparing import differences
from tasks.designing.queries import draft_files

FILES = Path(__file__).parent / "modeler"


@pytest.fixture
def studio(people):
    return Studio(people["chenli"]).opens_a_draft()


def bring(studio, name):
    """Upload one file and open it."""
    page = studio.page
    page.click("details.more-acts:not(.deploy) > summary")
    page.set_input_files("input[data-send]", FILES / name)
    page.wait_for_selector("text=已导入1个文件")
    page.wait_for_selector("[data-studio][data-ready=yes]", timeout=READY)
    placed = f"forms/{name}" if name.endswith(".form") else name
    return studio.file(placed), placed


def exported(studio, placed):
    """The file as the export's zip holds it."""
    page = studio.page
    page.click("details.more-acts:not(.deploy) > summary")
    with page.expect_download() as download:
        page.click("text=导出 zip")
    content = Path(download.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(f"handling/{placed}")


def canonical(content):
    """Canonical XML, one element a line, without the blanks between elements."""
    parser = etree.XMLParser(remove_blank_text=True, resolve_entities=False)
    text = etree.tostring(etree.fromstring(content, parser), method="c14n").decode()
    return text.replace("><", ">\n<").splitlines()


def changes(before, after):
    lines = difflib.unified_diff(canonical(before), canonical(after), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def test_a_diagram_keeps_everything_but_the_name_that_was_changed(studio):
    studio, placed = bring(studio, "visit.bpmn")
    studio.chooses_shape("Activity_visit")
    header = studio.page.locator(".bio-properties-panel-group-header", has_text="通用").first
    if "open" not in (header.get_attribute("class") or ""):
        header.click()
    studio.page.fill('[data-entry-id="name"] textarea, [data-entry-id="name"] input', "上门走访")
    studio.saved()
    told = changes((FILES / "visit.bpmn").read_bytes(), exported(studio, placed))
    assert len(told) == 2, "\n".join(told)
    assert 'name="走访"' in told[0]
    assert 'name="上门走访"' in told[1]


def test_a_table_keeps_everything_but_the_cell_that_was_changed(studio):
    studio, placed = bring(studio, "visit-length.dmn")
    cell = studio.page.locator('[data-element-id="LiteralExpression_3"]')
    cell.click()
    studio.page.keyboard.press("Control+a")
    studio.page.keyboard.type("20")
    studio.page.locator('[data-element-id="LiteralExpression_2"]').click()
    studio.saved()
    told = changes((FILES / "visit-length.dmn").read_bytes(), exported(studio, placed))
    assert told == ["-<text>30</text>", "+<text>20</text>"], "\n".join(told)


def test_a_form_keeps_everything_but_the_field_that_was_added(studio):
    studio, placed = bring(studio, "visit-form.form")
    studio.page.locator('.fjs-palette-field[data-field-type="checkbox"]').focus()
    studio.page.keyboard.press("Enter")
    studio.saved()
    before = json.loads((FILES / "visit-form.form").read_text(encoding="utf-8"))
    after = json.loads(exported(studio, placed))
    added = [one for one in after["components"] if one["type"] == "checkbox"]
    assert len(added) == 1
    kept = [one for one in after["components"] if one["type"] != "checkbox"]
    assert kept == before["components"]
    assert {**after, "components": 0} == {**before, "components": 0}


def test_the_editor_loses_nothing_of_any_shipped_diagram(studio, banli):
    page = studio.page
    number = int(page.url.partition("/drafts/")[2].partition("?")[0])
    names = [one.get_attribute("data-file-link") for one in page.query_selector_all("[data-file-link$='.bpmn']")]
    for name in names:
        studio.file(name)
        page.locator("g.djs-shape[data-element-id]:has(.djs-visual > circle) .djs-hit").first.click(force=True)
        page.keyboard.press("Shift+ArrowRight")
        with page.expect_response(lambda one: one.url.endswith("/file") and one.request.method == "POST"):
            pass
    files, deployed = draft_files(banli, actor_named(banli, "chenli"), number)
    found = differences(deployed, files)
    assert len(found) > 10
    told = {one.name: [(shape.element_id, shape.properties) for shape in one.shapes] for one in found}
    assert all(one.only_layout for one in found), {name: shapes for name, shapes in told.items() if shapes}
