"""The zeebe extension elements of a shape, read into the model's parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.bpmn.dialect import BPMN, ZEEBE
from engine.bpmn.model import (
    CallProperties,
    DecisionProperties,
    JobProperties,
    Loop,
    ScriptProperties,
    UserTaskProperties,
    VariableMapping,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

# Known to the editor, of no effect on the run: kept in the file, never refused.
HARMLESS = frozenset({
    "userTask", "properties", "taskHeaders", "formDefinition", "assignmentDefinition", "taskSchedule",
    "priorityDefinition", "ioMapping", "taskDefinition", "script", "calledDecision", "calledElement",
    "loopCharacteristics", "subscription", "versionTag", "exampleData", "modelerTemplate",
})


def _child(extension: _Element | None, tag: str) -> _Element | None:
    return None if extension is None else extension.find(ZEEBE + tag)


def _attribute(extension: _Element | None, tag: str, name: str) -> str | None:
    node = _child(extension, tag)
    return (node.get(name) or None) if node is not None else None


def user_task(extension: _Element | None) -> UserTaskProperties:
    """Form, people and dates of a user task."""
    return UserTaskProperties(
        form=_attribute(extension, "formDefinition", "formId") or _attribute(
            extension, "formDefinition", "externalReference"),
        assignee=_attribute(extension, "assignmentDefinition", "assignee"),
        candidate_groups=_attribute(extension, "assignmentDefinition", "candidateGroups"),
        candidate_users=_attribute(extension, "assignmentDefinition", "candidateUsers"),
        due=_attribute(extension, "taskSchedule", "dueDate"),
        follow_up=_attribute(extension, "taskSchedule", "followUpDate"),
        priority=_attribute(extension, "priorityDefinition", "priority"))


def job(extension: _Element | None) -> JobProperties | None:
    """The topic of a service task, or None."""
    topic = _attribute(extension, "taskDefinition", "type")
    return JobProperties(topic, _attribute(extension, "taskDefinition", "retries") or "3") if topic else None


def call(extension: _Element | None) -> CallProperties | None:
    """The process that is called, or None."""
    node = _child(extension, "calledElement")
    if node is None:
        return None
    return CallProperties(
        node.get("processId", ""), node.get("propagateAllChildVariables") == "true",
        node.get("propagateAllParentVariables") != "false",
        node.get("bindingType", "deployment"))


def decision(extension: _Element | None) -> DecisionProperties | None:
    """The decision that is asked, or None."""
    node = _child(extension, "calledDecision")
    if node is None:
        return None
    return DecisionProperties(
        node.get("decisionId", ""), node.get("resultVariable", "result"), node.get("bindingType", "deployment"))


def script(extension: _Element | None) -> ScriptProperties | None:
    """The FEEL script, or None."""
    node = _child(extension, "script")
    if node is None:
        return None
    return ScriptProperties(node.get("expression", ""), node.get("resultVariable", "result"))


def mappings(extension: _Element | None, direction: str) -> tuple[VariableMapping, ...]:
    """The input or the output mappings, in order."""
    node = _child(extension, "ioMapping")
    if node is None:
        return ()
    return tuple(
        VariableMapping(child.get("source", ""), child.get("target", ""))
        for child in node.iterchildren(ZEEBE + direction))


def headers(extension: _Element | None) -> dict[str, str]:
    """The task headers by key."""
    node = _child(extension, "taskHeaders")
    return {} if node is None else {child.get("key", ""): child.get("value", "") for child in node.iterchildren()}


def properties(extension: _Element | None) -> dict[str, str]:
    """The extension properties by name."""
    node = _child(extension, "properties")
    return {} if node is None else {child.get("name", ""): child.get("value", "") for child in node.iterchildren()}


def loop(node: _Element) -> Loop | None:
    """The multi-instance characteristics of an activity, or None."""
    characteristics = node.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if characteristics is None:
        return None
    zeebe = _child(characteristics.find(f"{BPMN}extensionElements"), "loopCharacteristics")
    condition = characteristics.find(f"{BPMN}completionCondition")
    text = (condition.text or "").strip() if condition is not None else ""
    read = zeebe.get if zeebe is not None else (lambda _name: None)
    return Loop(
        sequential=characteristics.get("isSequential") == "true", collection=read("inputCollection") or "",
        item=read("inputElement") or None, output_collection=read("outputCollection") or None,
        output_item=read("outputElement") or None, completion=text or None)


def correlation(node: _Element) -> str | None:
    """The correlation key expression of a message, or None."""
    return _attribute(node.find(f"{BPMN}extensionElements"), "subscription", "correlationKey")


def unsupported(extension: _Element | None) -> tuple[str, ...]:
    """Zeebe elements that would change the run and are not executed here."""
    if extension is None:
        return ()
    return tuple(
        str(child.tag)[len(ZEEBE):] for child in extension.iterchildren()
        if str(child.tag).startswith(ZEEBE) and str(child.tag)[len(ZEEBE):] not in HARMLESS)
