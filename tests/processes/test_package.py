"""The shipped package as data: laid out, named, complete, and open to change without code."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from tests_support.people import submitted

from engine import DefinitionInvalid
from engine.bpmn.reader import read_diagram
from engine.dmn import load_model
from tasks.cases.queries import case
from tasks.demonstration.answers import Story, fill_by
from tasks.forms.schema import read_form
from tasks.packages.service import PackageInvalid, deploy_package, read_package
from tasks.registry import RECORDERS
from tasks.worklist.service import complete, open_task

HANDLING = Path(__file__).parents[2] / "processes" / "handling"
NS = {
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
}


WIDEST = 2100
"""A wider diagram is too small to read where it is shown as a whole."""


DIAGRAMS = sorted(path.stem for path in (Path(__file__).parents[2] / "processes" / "handling").glob("*.bpmn"))


@pytest.fixture(scope="module", params=DIAGRAMS)
def diagram(request):
    return HANDLING / f"{request.param}.bpmn"


@pytest.fixture(scope="module")
def process(diagram):
    return read_diagram(diagram.read_bytes()).processes[0]


@pytest.fixture(scope="module")
def tree(diagram):
    return ET.parse(diagram).getroot()  # noqa: S314 - our own file


@pytest.fixture
def package(tmp_path):
    folder = tmp_path / "changed"
    shutil.copytree(HANDLING, folder)
    return folder


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_shape_and_flow_is_drawn(process, tree):
    drawn = {
        node.get("bpmnElement") for kind in ("BPMNShape", "BPMNEdge") for node in tree.iter(f"{{{NS['bpmndi']}}}{kind}")
    }
    assert set(process.elements) | set(process.flows) <= drawn


def test_no_diagram_is_too_wide(tree):
    places = [node for node in tree.iter() if node.get("x") and node.get("width")]
    assert max(float(node.get("x")) + float(node.get("width")) for node in places) <= WIDEST


def test_every_shape_lies_in_a_lane(process, tree):
    in_lanes = [node.text for node in tree.iter(f"{{{NS['bpmn']}}}flowNodeRef")]
    outside = [element.id for element in process.elements.values() if element.parent is None]
    assert sorted(in_lanes) == sorted(outside), "what stands in a sub-process stands in its lane"


def test_every_task_has_a_chinese_name_and_an_instruction(process):
    for element in process.elements.values():
        if element.type == "userTask":
            assert any("\u4e00" <= character <= "\u9fff" for character in element.name), element.id
            assert element.documentation, element.id


def test_every_user_task_says_why_and_what_next(process):
    for element in process.elements.values():
        if element.type == "userTask":
            told = set(element.headers) | {mapping.target for mapping in element.inputs}
            assert {"why", "next", "recorder", "light"} <= told, element.id
            assert element.headers["recorder"] in RECORDERS


def test_the_manifest_names_every_file_of_the_package():
    files = {
        path.relative_to(HANDLING).as_posix()
        for path in HANDLING.rglob("*")
        if path.suffix in {".bpmn", ".dmn", ".form", ".yaml"}
    }
    assert set(read_package(HANDLING).files) - {"manifest.toml"} == files


def test_every_form_that_a_task_names_is_in_the_package(process):
    forms = {read_form(path.read_bytes()).id for path in (HANDLING / "forms").glob("*.form")}
    named = {element.user_task.form for element in process.elements.values() if element.type == "userTask"}
    assert named <= forms


CHAINS = [
    ({"level": "upper"}, "第 1 行", ["UO", "UD", "UC", "S1", "S2", "S3", "VM"]),
    ({"key": "mayor"}, "第 2 行", ["UO", "UD", "UC", "CO", "S1", "SV", "VM", "MY", "NP"]),
    ({"key": "leader"}, "第 3 行", ["UO", "UD", "UC", "CO", "S1", "SV", "VM"]),
    ({"result_class": "C"}, "第 4 行", ["UO", "UD", "UC", "CO", "S1", "S2", "S3", "VM"]),
    ({"result_class": "B"}, "第 5 行", ["UO", "UD", "UC", "CO", "S1", "S2"]),
    ({}, "第 7 行", ["UO", "UD", "UC", "CO", "S1"]),
    ({"funds": True}, "第 6 行", ["UO", "UD", "UC", "CO", "S1"]),
    ({"stage": "second", "result_class": "B"}, "第 11 行", ["UO", "UC", "S1"]),
    ({"key": "congress"}, "第 3 行", ["UO", "UD", "UC", "CO", "S1", "SV", "VM"]),
    ({"role": "separate", "result_class": "B"}, "第 5 行", ["UO", "UD", "UC", "CO", "S1", "S2"]),
    ({"role": "co"}, "第 8 行", ["UO", "UD"]),
    ({"key": "leader", "result_class": "C"}, "第 3 行", ["UO", "UD", "UC", "CO", "S1", "SV", "VM"]),
    (
        {"round": 2, "previous_chain": ["UO", "UD", "UC", "CO", "S1", "S2"]},
        "第 10 行",
        ["UO", "UD", "UC", "CO", "S1", "S2", "NP"],
    ),
]


@pytest.mark.parametrize(("facts", "row", "nodes"), CHAINS)
def test_the_review_chain_follows_the_handbooks_table(facts, row, nodes):
    usual = {
        "level": "own",
        "role": "lead",
        "round": 1,
        "key": "no",
        "result_class": "A",
        "previous_chain": [],
        "stage": "first",
        "funds": False,
    }
    model = load_model((HANDLING / "review-chain.dmn").read_bytes())
    answer = model.decide("审核流程", {**usual, **facts})
    assert (answer["row"], answer["nodes"]) == (row, nodes)


@pytest.mark.parametrize(
    ("overall", "number", "action", "row"),
    [
        ("satisfied", 1, "close", "第 1 行"),
        ("basic", 1, "close", "第 2 行"),
        ("dissatisfied", 1, "study", "第 3 行"),
        ("dissatisfied", 2, "study", "第 4 行"),
        ("none", 1, "close", "第 5 行"),
    ],
)
def test_what_follows_a_rating_is_a_table(overall, number, action, row):
    model = load_model((HANDLING / "feedback-action.dmn").read_bytes())
    answer = model.decide("不满意处理", {"overall": overall, "round": number, "max_rounds": 2})
    assert (answer["action"], answer["row"]) == (action, row)


def test_an_unchanged_package_is_not_deployed_twice(banli):
    assert deploy_package(banli, HANDLING) is None


def test_a_changed_deadline_holds_for_new_cases_and_not_for_running_ones(banli, clock, package):
    running = submitted(banli, clock, Story("cgj"))
    consult = "deadline(&quot;{}&quot;, clock_start)"
    change(package / "unit-handling.bpmn", consult.format("P7"), consult.format("P3"))
    deploy_package(banli, package)
    later = submitted(banli, clock, Story("cgj"), title="关于增设夜间公交的建议")
    running.until("consult")
    later.until("consult")
    assert running.step("consult").due_notes[-1]["rule"] == "P7"
    assert later.step("consult").due_notes[-1]["rule"] == "P3"


def test_an_added_review_step_needs_no_code(banli, clock, package):
    diagram = package / "replying.bpmn"
    step = (
        '<bpmn:userTask id="legal" name="法制审核"><bpmn:extensionElements><zeebe:userTask/>'
        '<zeebe:formDefinition formId="legal"/>'
        '<zeebe:assignmentDefinition candidateGroups="=[hub + &quot;:supervisor&quot;]"/>'
        '<zeebe:taskHeaders><zeebe:header key="recorder" value="kept"/></zeebe:taskHeaders>'
        "</bpmn:extensionElements><bpmn:incoming>passed</bpmn:incoming><bpmn:outgoing>legal_done</bpmn:outgoing>"
        '</bpmn:userTask><bpmn:sequenceFlow id="legal_done" sourceRef="legal" targetRef="issue"/>'
        '<bpmn:userTask id="issue"'
    )
    change(diagram, '<bpmn:userTask id="issue"', step)
    change(diagram, "<bpmn:incoming>passed</bpmn:incoming>\n", "<bpmn:incoming>legal_done</bpmn:incoming>\n")
    change(diagram, 'sourceRef="review_result" targetRef="issue"', 'sourceRef="review_result" targetRef="legal"')
    (package / "forms" / "legal.form").write_text(
        '{"id": "legal", "name": "法制审核", "components": '
        '[{"type": "checkbox", "key": "lawful", "label": "合法", "validate": {"required": true}}]}',
        encoding="utf-8",
    )
    change(package / "manifest.toml", '  "forms/suggestion.form",', '  "forms/suggestion.form",\n  "forms/legal.form",')
    deploy_package(banli, package)
    play = submitted(banli, clock, Story("cgj")).until("review")
    play.do_all("review")
    assert play.open() == ["legal"]


def test_an_added_field_is_kept_with_the_case_and_usable_in_feel(banli, clock, package, as_):
    change(
        package / "forms" / "consultation.form",
        '"components": [',
        '"components": [{"type": "textfield", "key": "carbon", "label": "减排量", "id": "carbon_field"},',
    )
    deploy_package(banli, package)
    play = submitted(banli, clock, Story("cgj")).until("consult")
    work = play.step("consult")
    page = open_task(banli, as_("wufang"), work.task_id)
    assert page.form.components[0].label == "减排量"
    values = {**fill_by(play.story, clock())(page), "carbon": "12 吨"}
    complete(banli, as_("wufang"), work.task_id, values, "r1")
    variables = banli.engine.task_variables(play.step("draft").task_id)
    assert variables["carbon"] == "12 吨"
    entry = next(one for one in case(banli, as_("wangmin"), play.item_id).timeline if one.element_id == "consult")
    assert entry.text == "减排量：12 吨"


def test_a_broken_diagram_is_refused_as_a_whole(banli, package):
    change(package / "replying.bpmn", 'targetRef="draft"', 'targetRef="nowhere"')
    with pytest.raises(DefinitionInvalid):
        deploy_package(banli, package)
    assert deploy_package(banli, HANDLING) is None, "the deployed version is still the good one"


def test_a_form_that_names_unknown_choices_is_refused(banli, package):
    change(package / "forms" / "assign.form", '"valuesKey": "handling_units"', '"valuesKey": "planets"')
    with pytest.raises(PackageInvalid, match="planets"):
        deploy_package(banli, package)


def test_a_manifest_that_names_a_missing_file_is_refused(banli, package):
    (package / "review-chain.dmn").unlink()
    with pytest.raises(PackageInvalid, match=r"review-chain\.dmn"):
        deploy_package(banli, package)
