"""From BPMN XML to the model of a diagram."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from engine.bpmn import dialect, extensions
from engine.bpmn.dialect import BPMN, BPMNDI
from engine.bpmn.model import Diagram, Element, Event, Flow, Process
from engine.bpmn.xml import XmlRefused, read_xml
from engine.message import say

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=True)
class _References:
    """Names of messages, signals, errors and escalations by their ids."""

    names: dict[str, str] = field(default_factory=dict)
    correlations: dict[str, str] = field(default_factory=dict)


def read_diagram(content: bytes, resource: str = "") -> Diagram:
    """The model of a BPMN file; raises XmlRefused when it is no BPMN."""
    root = read_xml(content)
    if root.tag != f"{BPMN}definitions":
        raise XmlRefused(say("Expected a BPMN file (bpmn:definitions), found {found}.", found=str(root.tag)))
    references = _references(root)
    seen: set[str] = set()
    duplicates: list[str] = []
    for node in root.iter():
        identifier = node.get("id")
        if identifier is None or not str(node.tag).startswith(BPMN):
            continue
        if identifier in seen:
            duplicates.append(identifier)
        seen.add(identifier)
    dangling: list[tuple[str, str]] = []
    processes = tuple(_process(node, references, dangling) for node in root.iterchildren(f"{BPMN}process"))
    return Diagram(
        resource=resource, processes=processes, duplicates=tuple(duplicates), dangling=tuple(dangling),
        has_layout=next(root.iter(f"{BPMNDI}BPMNDiagram"), None) is not None)


def _references(root: _Element) -> _References:
    found = _References()
    for tag, attribute in (("message", "name"), ("signal", "name"), ("error", "errorCode"),
                           ("escalation", "escalationCode")):
        for node in root.iterchildren(BPMN + tag):
            identifier = node.get("id", "")
            found.names[identifier] = node.get(attribute) or node.get("name") or ""
            key = extensions.correlation(node)
            if key is not None:
                found.correlations[identifier] = key
    return found


def _process(node: _Element, references: _References, dangling: list[tuple[str, str]]) -> Process:
    flows: dict[str, Flow] = {}
    nodes: list[tuple[_Element, str | None]] = []
    _collect(node, None, nodes, flows)
    lanes = {
        (reference.text or "").strip(): lane.get("name", "")
        for lane in node.iter(f"{BPMN}lane") for reference in lane.iterchildren(f"{BPMN}flowNodeRef")}
    elements = {}
    for child, parent in nodes:
        element = _element(child, parent, references, lanes)
        elements[element.id] = element
    for flow in flows.values():
        dangling.extend((flow.id, end) for end in (flow.source, flow.target) if end not in elements)
    connected = {identifier: _connect(element, flows) for identifier, element in elements.items()}
    return Process(
        id=node.get("id", ""), name=node.get("name", ""), executable=node.get("isExecutable") != "false",
        elements=connected, flows=flows, lanes=tuple(dict.fromkeys(lanes.values())))


def _collect(
    node: _Element, parent: str | None, nodes: list[tuple[_Element, str | None]], flows: dict[str, Flow],
) -> None:
    stack = [(node, parent)]
    while stack:
        container, owner = stack.pop()
        for child in container.iterchildren():
            tag = str(child.tag)
            if not tag.startswith(BPMN):
                continue
            kind = tag[len(BPMN):]
            if kind == "sequenceFlow":
                condition = child.find(f"{BPMN}conditionExpression")
                text = (condition.text or "").strip() if condition is not None else ""
                flows[child.get("id", "")] = Flow(
                    child.get("id", ""), child.get("sourceRef", ""), child.get("targetRef", ""),
                    child.get("name", ""), text or None)
            elif kind in dialect.FLOW_NODES:
                nodes.append((child, owner))
                if kind in {"subProcess", "adHocSubProcess", "transaction"}:
                    stack.append((child, child.get("id", "")))


def _element(node: _Element, parent: str | None, references: _References, lanes: dict[str, str]) -> Element:
    kind = str(node.tag)[len(BPMN):]
    extension = node.find(f"{BPMN}extensionElements")
    documentation = node.find(f"{BPMN}documentation")
    identifier = node.get("id", "")
    unsupported = [kind] if kind in dialect.REFUSED else []
    unsupported += [
        tag for tag in ("standardLoopCharacteristics",) if node.find(BPMN + tag) is not None]
    return Element(
        id=identifier, type=kind, name=node.get("name", ""),
        documentation=((documentation.text or "").strip() if documentation is not None else ""),
        lane=lanes.get(identifier, ""), parent=parent, default=node.get("default"),
        event=_event(node, kind, references), attached_to=node.get("attachedToRef"),
        interrupting=(node.get("cancelActivity") != "false" and node.get("isInterrupting") != "false"),
        event_triggered=node.get("triggeredByEvent") == "true", loop=extensions.loop(node),
        user_task=extensions.user_task(extension) if kind == "userTask" else None,
        job=extensions.job(extension), call=extensions.call(extension), decision=extensions.decision(extension),
        script=extensions.script(extension), inputs=extensions.mappings(extension, "input"),
        outputs=extensions.mappings(extension, "output"), headers=extensions.headers(extension),
        properties=extensions.properties(extension),
        unsupported=(*unsupported, *extensions.unsupported(extension)), line=node.sourceline or 0)  # type: ignore[arg-type]


def _event(node: _Element, kind: str, references: _References) -> Event | None:
    if kind == "receiveTask":
        reference = node.get("messageRef", "")
        return Event("message", references.names.get(reference), references.correlations.get(reference))
    if kind not in dialect.EVENTS and kind != "sendTask":
        return None
    definitions = [child for child in node.iterchildren() if str(child.tag)[len(BPMN):] in dialect.EVENT_DEFINITIONS]
    if not definitions:
        return Event()
    if len(definitions) > 1:
        return Event("multiple")
    definition = definitions[0]
    event = dialect.EVENT_DEFINITIONS[str(definition.tag)[len(BPMN):]]
    if event == "timer":
        return _timer(definition)
    if event == "link":
        return Event("link", definition.get("name"))
    reference = definition.get(f"{event}Ref", "")
    return Event(event, references.names.get(reference), references.correlations.get(reference))  # type: ignore[arg-type]


def _timer(definition: _Element) -> Event:
    for tag, kind in (("timeDate", "date"), ("timeDuration", "duration"), ("timeCycle", "cycle")):
        node = definition.find(BPMN + tag)
        if node is not None:
            return Event("timer", timer_kind=kind, timer=(node.text or "").strip())  # type: ignore[arg-type]
    return Event("timer")


def _connect(element: Element, flows: dict[str, Flow]) -> Element:
    """The element with its flows in the order of the file (the references inside the shape are only redundant)."""
    return replace(
        element,
        incoming=tuple(flow.id for flow in flows.values() if flow.target == element.id),
        outgoing=tuple(flow.id for flow in flows.values() if flow.source == element.id))
