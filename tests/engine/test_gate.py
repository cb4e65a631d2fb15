"""What cannot run is refused at deployment, with the shape and the reason."""

from __future__ import annotations

import time

import pytest
from tests_support.diagrams import (
    boundary,
    call,
    chain,
    definitions,
    end,
    flow,
    gateway,
    loop,
    process,
    script,
    service,
    start,
    timer,
    user_task,
)

from engine import DefinitionInvalid, NameCatalog, ProcessEngine

FORM = b'{"id": "f1", "type": "default", "components": [{"type": "textfield", "key": "opinion"}]}'
TASK_WITH_FORM = user_task("a", '<zeebe:formDefinition formId="f1"/>')


def problems(files, catalog=None):
    """What the gate says of a deployment: (rule, element, severity)."""
    engine = ProcessEngine("sqlite://", catalog=catalog)
    try:
        found = engine.deploy(files).problems
    except DefinitionInvalid as refused:
        found = refused.problems
    finally:
        engine.close()
    return [(problem.rule, problem.element_id, problem.severity) for problem in found]


def refusals(diagram, **files):
    found = problems({"a.bpmn": diagram, **files})
    return [(rule, element) for rule, element, severity in found if severity == "error"]


GOOD = process(start() + user_task("a") + end() + chain("start", "a", "end"))


def test_a_sound_diagram_passes():
    assert refusals(GOOD) == []


@pytest.mark.parametrize(("shapes", "expected"), [
    (start() + user_task("a") + chain("start", "nowhere"), ("identity", "start_nowhere")),
    (start() + user_task("a") + user_task("a") + chain("start", "a"), ("identity", "a")),
    (user_task("a") + user_task("b") + chain("a", "b"), ("process", "p")),
    (start() + '<bpmn:complexGateway id="g"/>' + user_task("a") + chain("start", "g", "a"), ("supported", "g")),
    (start() + '<bpmn:adHocSubProcess id="g"/>' + chain("start", "g"), ("supported", "g")),
    (start() + '<bpmn:scriptTask id="s"/>' + chain("start", "s"), ("supported", "s")),
    (start() + '<bpmn:serviceTask id="s"/>' + chain("start", "s"), ("supported", "s")),
    (start() + user_task("a", loop="<bpmn:standardLoopCharacteristics/>") + chain("start", "a"), ("supported", "a")),
    (start() + user_task("a", "<zeebe:executionListeners/>") + chain("start", "a"), ("supported", "a")),
    (start() + user_task("a") + user_task("b") + chain("start", "a"), ("connection", "b")),
    (start() + gateway("g") + chain("start", "g"), ("connection", "g")),
    (start() + gateway("g") + user_task("a") + user_task("b") + chain("start", "g", "a") + chain("g", "b"),
     ("connection", "g_a")),
    (start() + user_task("a") + boundary("b", "a", timer("")) + user_task("c") + chain("start", "a") + chain("b", "c"),
     ("event", "b")),
    (start() + user_task("a") + boundary("b", "a", "<bpmn:compensateEventDefinition/>") + chain("start", "a"),
     ("event", "b")),
    (start() + script("s", "= 1 +", "x") + chain("start", "s"), ("expression", "s")),
    (start() + user_task("a") + chain("start") + flow("start", "a", "= x ="), ("expression", "start_a")),
    (start() + user_task("a", loop=loop("")) + chain("start", "a"), ("multi-instance", "a")),
    (start() + call("c", "p") + chain("start", "c"), ("call", "c")),
])
def test_what_cannot_run_is_refused_at_its_shape(shapes, expected):
    assert expected in refusals(process(shapes))


def test_a_refused_deployment_stores_nothing():
    engine = ProcessEngine("sqlite://")
    with pytest.raises(DefinitionInvalid):
        engine.deploy({"good.bpmn": GOOD, "bad.bpmn": process(start(), "q")})
    engine.deploy({"good.bpmn": GOOD})
    assert engine.instance(engine.start("p")).version == 1
    engine.close()


def test_an_unknown_form_is_refused_when_the_deployment_brings_forms():
    diagram = process(start() + user_task("a", '<zeebe:formDefinition formId="f2"/>') + chain("start", "a"))
    assert ("form", "a") in refusals(diagram, **{"f1.form": FORM})


def test_a_known_form_passes_and_is_found_again():
    engine = ProcessEngine("sqlite://")
    engine.deploy({"a.bpmn": process(start() + TASK_WITH_FORM + chain("start", "a")), "f1.form": FORM})
    [task] = engine.user_tasks(engine.start("p"))
    assert engine.form(task.id)["components"][0]["key"] == "opinion"
    engine.close()


def test_a_decision_that_is_not_there_is_refused():
    rule = ('<bpmn:businessRuleTask id="d"><bpmn:extensionElements><zeebe:calledDecision decisionId="chain" '
            'resultVariable="nodes"/></bpmn:extensionElements></bpmn:businessRuleTask>')
    assert ("decision", "d") in refusals(process(start() + rule + chain("start", "d")))


def test_names_are_checked_against_the_catalog():
    diagram = process(
        start() + service("s", "unknown") + user_task("a", groups="strangers")
        + user_task("b", '<zeebe:taskHeaders><zeebe:header key="recorder" value="nobody"/></zeebe:taskHeaders>')
        + chain("start", "s", "a", "b"))
    catalog = NameCatalog(handlers={"known"}, recorders={"somebody"}, groups={"staff"})
    found = [(rule, element) for rule, element, severity in problems({"a.bpmn": diagram}, catalog)
             if severity == "error"]
    assert found == [("service", "s"), ("service", "b"), ("assignment", "a")]


def test_a_variable_nothing_sets_is_only_a_hint():
    diagram = process(start() + user_task("a", groups="=unit") + chain("start", "a"))
    assert ("unknown-variable", "a", "hint") in problems({"a.bpmn": diagram})


def test_a_loop_without_a_wait_is_remarked_upon():
    diagram = process(
        start() + gateway("m") + script("s", "= 1", "x") + gateway("g", default="g_m") + end()
        + chain("start", "m", "s", "g") + flow("g", "m") + flow("g", "end", "= x = 1"))
    assert ("endless-loop", "m", "warning") in problems({"a.bpmn": diagram})


@pytest.mark.parametrize("content", [
    b"", b"no xml", b"<a/>", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
    b"<a>" * 100_000, definitions("<bpmn:process id='p'>" + "<bpmn:task id='t'/>" * 250_000 + "</bpmn:process>"),
    '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
], ids=["empty", "text", "other", "entity", "external", "deep", "many", "utf-16 doctype"])
def test_hostile_files_are_refused_quickly_with_a_sentence(content):
    began = time.monotonic()
    engine = ProcessEngine("sqlite://")
    with pytest.raises(DefinitionInvalid) as refused:
        engine.deploy({"a.bpmn": content})
    engine.close()
    assert time.monotonic() - began < 5
    assert refused.value.problems[0].rule == "readable"


def test_a_form_that_is_no_form_is_refused():
    assert [rule for rule, _ in refusals(GOOD, **{"f.form": b"[]"})] == ["readable"]
    assert [rule for rule, _ in refusals(GOOD, **{"f.form": b"{not json"})] == ["readable"]
