"""Files of Camunda Modeler come in, are edited, and go out with nothing lost but what was changed.

The samples beside this test are our own, written by hand in that format. Real files of the desktop program are other
people's, so they are not kept here; `BANLI_MODELER_FILES=folder` runs the last three tests on them.
"""

import json
import os
from pathlib import Path

import pytest
from drawing import Studio
from exchange import beside_the_name, bring, changes, exported, renames_an_event

from tasks.accounts.actors import actor_named
from tasks.designing.comparing import differences
from tasks.designing.queries import draft_files

FILES = Path(__file__).parent / "modeler"
BROUGHT = Path(os.environ.get("BANLI_MODELER_FILES") or FILES)
"""Whoever moves over from the desktop program tries her own files: their folder is named in BANLI_MODELER_FILES."""


@pytest.fixture
def studio(people):
    return Studio(people["chenli"]).opens_a_draft()


def test_a_diagram_keeps_everything_but_the_name_that_was_changed(studio):
    placed = bring(studio, FILES / "visit.bpmn")
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
    placed = bring(studio, FILES / "visit-length.dmn")
    cell = studio.page.locator('[data-element-id="LiteralExpression_3"]')
    cell.click()
    studio.page.keyboard.press("Control+a")
    studio.page.keyboard.type("20")
    studio.page.locator('[data-element-id="LiteralExpression_2"]').click()
    studio.saved()
    told = changes((FILES / "visit-length.dmn").read_bytes(), exported(studio, placed))
    assert told == ["-<text>30</text>", "+<text>20</text>"], "\n".join(told)


def test_a_form_keeps_everything_but_the_field_that_was_added(studio):
    placed = bring(studio, FILES / "visit-form.form")
    studio.page.locator('.fjs-palette-field[data-field-type="textarea"]').focus()
    studio.page.keyboard.press("Enter")
    studio.saved()
    before = json.loads((FILES / "visit-form.form").read_text(encoding="utf-8"))
    after = json.loads(exported(studio, placed))
    known = {one["id"] for one in before["components"]}
    assert [one["type"] for one in after["components"] if one["id"] not in known] == ["textarea"]
    assert [one for one in after["components"] if one["id"] in known] == before["components"]
    assert {**after, "components": 0} == {**before, "components": 0}


def brought(ending):
    return sorted(path.name for path in BROUGHT.glob(f"*.{ending}"))


@pytest.mark.parametrize("name", brought("bpmn"))
def test_a_diagram_that_was_brought_keeps_everything_but_a_name(studio, name):
    placed = bring(studio, BROUGHT / name)
    renames_an_event(studio)
    assert beside_the_name((BROUGHT / name).read_bytes(), exported(studio, placed)) == []


@pytest.mark.parametrize("name", brought("dmn"))
def test_a_table_that_was_brought_keeps_everything_but_a_cell(studio, name):
    placed = bring(studio, BROUGHT / name)
    answers = studio.page.locator("td.output-cell")
    answers.first.click()
    studio.page.keyboard.press("Control+a")
    studio.page.keyboard.type('"another"')
    answers.nth(1).click()
    studio.saved()
    told = changes((BROUGHT / name).read_bytes(), exported(studio, placed))
    assert len(told) == 2, "\n".join(told)
    assert told[1] == '+<text>"another"</text>'


@pytest.mark.parametrize("name", brought("form"))
def test_a_form_that_was_brought_keeps_everything_but_a_field(studio, name):
    before = json.loads((BROUGHT / name).read_text(encoding="utf-8"))
    placed = bring(studio, BROUGHT / name)
    studio.page.locator('.fjs-palette-field[data-field-type="textfield"]').focus()
    studio.page.keyboard.press("Enter")
    studio.saved()
    after = json.loads(exported(studio, placed))
    assert len(after["components"]) == len(before["components"]) + 1
    assert after["components"][: len(before["components"])] == before["components"]
    new = {"components", "schemaVersion"}
    assert {name: after[name] for name in after if name not in new} == {
        name: before[name] for name in before if name not in new
    }
    known = {one["type"] for one in before["components"]}
    assert "textfield" not in known or after["schemaVersion"] == before["schemaVersion"]


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
