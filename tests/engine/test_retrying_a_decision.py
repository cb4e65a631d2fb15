"""A table that was wrong stops a case; once it is corrected, repeating asks it anew."""

from __future__ import annotations

from tests_support.diagrams import chain, end, process, start

from engine import ProcessEngine
from engine.errors import EngineError
from engine.feel import over_reference
from engine.message import say

RULE = (
    '<bpmn:businessRuleTask id="choose" name="choose"><bpmn:extensionElements>'
    '<zeebe:calledDecision decisionId="node" resultVariable="chosen" bindingType="latest"/>'
    '<zeebe:ioMapping><zeebe:output source="=known(chosen)" target="answer"/></zeebe:ioMapping>'
    "</bpmn:extensionElements></bpmn:businessRuleTask>"
)
DIAGRAM = process(start() + RULE + end() + chain("start", "choose", "end"))


def table(node):
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="http://banli/test">
  <decision id="node" name="node"><variable name="node"/>
    <literalExpression><text>"{node}"</text></literalExpression></decision>
</definitions>""".encode()


class Unknown(EngineError):
    """A node that nobody knows."""


@over_reference
def known(_reference, node):
    """The node, if it is one."""
    if node != "UO":
        raise Unknown(say("Expected UO, found {node}.", node=node))
    return node


def test_repeating_asks_the_corrected_table(database_url):
    engine = ProcessEngine(database_url, functions={"known": known})
    engine.deploy({"a.bpmn": DIAGRAM, "node.dmn": table("UQ")})
    case = engine.start("p", {})
    (incident,) = engine.incidents(case)
    assert "UQ" in str(incident.message)
    engine.deploy({"node.dmn": table("UO")})
    engine.retry(incident.id)
    assert engine.incidents(case) == []
    assert engine.instance(case).state == "completed"
    assert engine.instance(case).variables["answer"] == "UO"
    engine.close()
