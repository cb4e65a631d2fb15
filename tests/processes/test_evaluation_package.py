"""The package of the evaluation as data: laid out, named, complete; its table of grades; its schemes."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.bpmn.reader import read_diagram
from engine.dmn import load_model
from tasks.evaluation.service import shipped_schemes
from tasks.forms.schema import read_form
from tasks.packages.service import deploy_package, read_package
from tasks.registry import RECORDERS

FOLDER = Path(__file__).parents[2] / "processes" / "evaluation"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
WIDEST = 2100


@pytest.fixture(scope="module")
def process():
    return read_diagram((FOLDER / "evaluation.bpmn").read_bytes()).processes[0]


@pytest.fixture(scope="module")
def tree():
    return ET.parse(FOLDER / "evaluation.bpmn").getroot()  # noqa: S314 - our own file


def test_every_shape_and_flow_is_drawn_and_the_diagram_is_not_too_wide(process, tree):
    drawn = {node.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for node in tree.iter(f"{BPMNDI}{kind}")}
    assert set(process.elements) | set(process.flows) <= drawn
    places = [node for node in tree.iter() if node.get("x") and node.get("width")]
    assert max(float(node.get("x")) + float(node.get("width")) for node in places) <= WIDEST


def test_every_shape_lies_in_a_lane(process, tree):
    assert sorted(node.text for node in tree.iter(f"{BPMN}flowNodeRef")) == sorted(process.elements)


def test_every_user_task_says_what_why_and_what_next_in_chinese(process):
    for element in process.elements.values():
        if element.type == "userTask":
            assert any("\u4e00" <= character <= "\u9fff" for character in element.name), element.id
            assert element.documentation, element.id
            told = set(element.headers) | {mapping.target for mapping in element.inputs}
            assert {"why", "next", "recorder", "light", "subject"} <= told, element.id
            assert element.headers["recorder"] in RECORDERS


def test_the_manifest_names_every_file_and_every_form_is_there(process):
    files = {
        path.relative_to(FOLDER).as_posix()
        for path in FOLDER.rglob("*")
        if path.suffix in {".bpmn", ".dmn", ".form", ".yaml"}
    }
    assert set(read_package(FOLDER).files) - {"manifest.toml"} == files
    forms = {read_form(path.read_bytes()).id for path in (FOLDER / "forms").glob("*.form")}
    assert {one.user_task.form for one in process.elements.values() if one.type == "userTask"} == forms


def test_the_package_is_deployed_with_the_others(banli):
    assert deploy_package(banli, FOLDER) is None, "the county has it already"


def test_the_usual_scheme_comes_first(banli):
    assert list(shipped_schemes(banli)) == ["standard", "deduction", "deputies", "grades", "third_party"]


@pytest.mark.parametrize(
    ("vetoed", "own", "rate", "grade", "row"),
    [
        (True, "良好", 99, "不合格", "第 1 行"),
        (False, "合格", 99, "合格", "第 2 行"),
        (False, None, 90, "优秀", "第 3 行"),
        (False, None, 89.9, "良好", "第 4 行"),
        (False, None, 75, "良好", "第 4 行"),
        (False, None, 60, "合格", "第 5 行"),
        (False, None, 59.9, "不合格", "第 6 行"),
    ],
)
def test_grades_are_a_table(vetoed, own, rate, grade, row):
    model = load_model((FOLDER / "evaluation-grade.dmn").read_bytes())
    answer = model.decide("考核等次", {"vetoed": vetoed, "own": own, "rate": rate})
    assert (answer["grade"], answer["row"]) == (grade, row)
