"""The names that a package's files may have, and what a new one begins with."""

from __future__ import annotations

import re
from enum import StrEnum

import orjson

from engine.errors import EngineError
from engine.message import say
from tasks.packages.manifest import DEADLINES, MANIFEST

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes; the shipped diagrams have 60 KB."""
MOST_FILES = 200

_SIGNS = r"0-9A-Za-z_\-\u4e00-\u9fff"
_WORD = rf"[{_SIGNS}]{{1,60}}"
_NAMES = re.compile(rf"(?:{_WORD}\.(?:bpmn|dmn)|forms/{_WORD}\.form|scenarios/{_WORD}\.yaml|{MANIFEST}|{DEADLINES})")


class FileKind(StrEnum):
    """What a file of a package is."""

    DIAGRAM = "bpmn"
    TABLE = "dmn"
    FORM = "form"
    SCENARIO = "yaml"
    SETTING = "toml"


class FileRefused(EngineError):
    """A file that no package holds: a wrong name, too large, too many."""


def kind_of(name: str) -> FileKind:
    """What a file is, by its ending."""
    return FileKind(name.rpartition(".")[2])


def check_name(name: str) -> str:
    """The name itself, when a package may hold a file of this name.

    Raises:
        FileRefused: it is a path, another kind of file, or has signs that file names should not have.
    """
    if not _NAMES.fullmatch(name):
        raise FileRefused(
            say(
                "Expected a name such as {examples}; found “{name}”.",
                examples="review.bpmn, table.dmn, forms/legal.form, scenarios/legal.yaml",
                name=name[:80],
            )
        )
    return name


def fitting_name(name: str) -> str:
    """A file's name as a draft can hold it: “Absence Request.bpmn” of a desktop program becomes “Absence-Request.bpmn”.

    Raises:
        FileRefused: it is no kind of file that a procedure holds.
    """
    stem, _, ending = name.rpartition(".")
    folder = {"form": "forms/", "yaml": "scenarios/"}.get(ending.lower(), "")
    stem = re.sub(rf"[^{_SIGNS}]+", "-", stem).strip("-")[:60]
    return check_name(f"{folder}{stem}.{ending.lower()}")


def check_content(name: str, content: bytes) -> bytes:
    """The content itself, when it is not larger than any real file of its kind."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(
            say(
                "“{name}” has {size} bytes; at most {limit} are kept.",
                name=name,
                size=len(content),
                limit=LARGEST_FILE,
            )
        )
    return content


def new_form(form_id: str, title: str) -> bytes:
    """A form with one remark in it, to be completed in the editor."""
    remark = {
        "id": f"{form_id}_remark",
        "type": "textarea",
        "key": "remark",
        "label": "办理情况",
        "validate": {"required": True, "maxLength": 2000},
    }
    schema = {
        "id": form_id,
        "name": title,
        "type": "default",
        "schemaVersion": 18,
        "executionPlatform": "Camunda Cloud",
        "executionPlatformVersion": "8.8.0",
        "components": [remark],
    }
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2)


def new_table(decision_id: str, title: str) -> bytes:
    """A decision table with one input, one output and one row."""
    return _NEW_TABLE.format(id=_xml(decision_id), title=_xml(title)).encode()


def new_diagram(process_id: str, title: str) -> bytes:
    """A diagram with a start, one task and an end."""
    return _NEW_DIAGRAM.format(id=_xml(process_id), title=_xml(title)).encode()


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


_NEW_TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" \
xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" \
id="{id}_definitions" name="{title}" namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="{id}" name="{title}">
    <decisionTable id="{id}_table" hitPolicy="FIRST">
      <input id="{id}_input" label="类别">
        <inputExpression id="{id}_expression" typeRef="string">
          <text>kind</text>
        </inputExpression>
      </input>
      <output id="{id}_output" label="结果" name="result" typeRef="string" />
      <rule id="{id}_rule_1">
        <inputEntry id="{id}_entry_1">
          <text></text>
        </inputEntry>
        <outputEntry id="{id}_answer_1">
          <text>""</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram>
      <dmndi:DMNShape dmnElementRef="{id}">
        <dc:Bounds height="80" width="180" x="160" y="100" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
"""

_NEW_DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" \
xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" \
xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" \
xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="{id}_definitions" \
targetNamespace="http://bpmn.io/schema/bpmn" \
modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
  <bpmn:process id="{id}" name="{title}" isExecutable="true">
    <bpmn:startEvent id="{id}_start" name="开始">
      <bpmn:outgoing>{id}_to_task</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:userTask id="{id}_task" name="办理">
      <bpmn:extensionElements>
        <zeebe:userTask />
      </bpmn:extensionElements>
      <bpmn:incoming>{id}_to_task</bpmn:incoming>
      <bpmn:outgoing>{id}_to_end</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="{id}_end" name="办完">
      <bpmn:incoming>{id}_to_end</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="{id}_to_task" sourceRef="{id}_start" targetRef="{id}_task" />
    <bpmn:sequenceFlow id="{id}_to_end" sourceRef="{id}_task" targetRef="{id}_end" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="{id}_diagram">
    <bpmndi:BPMNPlane id="{id}_plane" bpmnElement="{id}">
      <bpmndi:BPMNShape id="{id}_start_di" bpmnElement="{id}_start">
        <dc:Bounds x="180" y="162" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_task_di" bpmnElement="{id}_task">
        <dc:Bounds x="270" y="140" width="100" height="80" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="{id}_end_di" bpmnElement="{id}_end">
        <dc:Bounds x="430" y="162" width="36" height="36" />
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="{id}_to_task_di" bpmnElement="{id}_to_task">
        <di:waypoint x="216" y="180" />
        <di:waypoint x="270" y="180" />
      </bpmndi:BPMNEdge>
      <bpmndi:BPMNEdge id="{id}_to_end_di" bpmnElement="{id}_to_end">
        <di:waypoint x="370" y="180" />
        <di:waypoint x="430" y="180" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
"""
