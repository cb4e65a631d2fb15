"""A procedure that only brings values back: what a scenario puts in place of one that it does not walk through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

_HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="stub" targetNamespace="http://bpmn.io/schema/bpmn">'
)


def stub(process: str, values: Mapping[str, Any]) -> bytes:
    """A diagram of this process that sets the values and ends."""
    nodes = ['<bpmn:startEvent id="stub_start"/>']
    flows, last = [], "stub_start"
    for number, (name, value) in enumerate(values.items()):
        node = f"stub_{number}"
        expression, variable = quoteattr("=" + literal(value)), quoteattr(name)
        nodes.append(
            f'<bpmn:scriptTask id="{node}"><bpmn:extensionElements>'
            f"<zeebe:script expression={expression} resultVariable={variable}/>"
            "</bpmn:extensionElements></bpmn:scriptTask>"
        )
        flows.append(f'<bpmn:sequenceFlow id="to_{node}" sourceRef="{last}" targetRef="{node}"/>')
        last = node
    nodes.append('<bpmn:endEvent id="stub_end"/>')
    flows.append(f'<bpmn:sequenceFlow id="to_stub_end" sourceRef="{last}" targetRef="stub_end"/>')
    return (
        f'{_HEAD}<bpmn:process id="{escape(process)}" isExecutable="true">{"".join(nodes)}{"".join(flows)}'
        "</bpmn:process></bpmn:definitions>"
    ).encode()


def literal(value: Any) -> str:
    """A plain value as FEEL writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return f'date and time("{value.isoformat()}")'
    if isinstance(value, dt.date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{literal(str(key))}: {literal(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(literal(one) for one in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{text}"'
