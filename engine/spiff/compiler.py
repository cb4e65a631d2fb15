"""From the model of a process to SpiffWorkflow specifications: wired once, completely, and never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.specs import WorkflowSpec

from engine.bpmn.model import Element
from engine.spiff import activity, container, event, gateway
from engine.spiff.binding import Binding
from engine.spiff.call_activity import CallActivity
from engine.spiff.element import ElementSpec, OutgoingFlow
from engine.spiff.multi_instance import LoopExpressions, MultiCall, MultiInstance
from engine.spiff.reachability import reach
from engine.spiff.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.bpmn.model import Flow, Process
    from engine.feel import FunctionLibrary

_PLAIN_NAME = re.compile(r"^[^\W\d]\w*$")
_OUTPUT_PATH = re.compile(r"^=\s*([^\W\d]\w*)(\s*\.\s*[^\W\d]\w*)*\s*$")

_TYPES: dict[str, type[ElementSpec]] = {
    "startEvent": event.StartEvent, "endEvent": event.EndEvent, "intermediateCatchEvent": event.CatchEvent,
    "intermediateThrowEvent": event.ThrowEvent, "boundaryEvent": event.BoundaryEvent, "receiveTask": event.CatchEvent,
    "exclusiveGateway": gateway.ExclusiveGateway, "parallelGateway": gateway.ParallelGateway,
    "inclusiveGateway": gateway.InclusiveGateway, "eventBasedGateway": gateway.EventBasedGateway,
    "userTask": activity.UserTask, "scriptTask": activity.ScriptTask, "task": activity.Activity,
    "manualTask": activity.Activity, "serviceTask": activity.ServiceTask, "callActivity": CallActivity,
    "subProcess": container.SubProcess,
}


@dataclass(frozen=True, slots=True)
class CompiledProcess:
    """A process ready to run: SpiffWorkflow's specification, and our specs by element id and by position."""

    process: Process
    workflow_spec: Any
    root: container.ProcessSpec
    specs: dict[str, ElementSpec]
    positions: tuple[ElementSpec, ...]

    def spec(self, element_id: str) -> Any:
        """The spec of an element; KeyError when the diagram has none."""
        return self.specs[element_id]


class _Compiler:
    def __init__(self, process: Process, functions: FunctionLibrary | None) -> None:
        self.process = process
        self.functions = functions
        self.names = frozenset(name for name in _assigned_names(process) if not _PLAIN_NAME.match(name))
        self.workflow_spec = WorkflowSpec(process.id)
        self.specs: dict[str, ElementSpec] = {}
        self.bodies: list[ElementSpec] = []

    def binding(self, text: str) -> Binding:
        return Binding(text, self.functions, self.names)

    def optional(self, text: str | None) -> Binding | None:
        return None if text is None else self.binding(text)

    def feel(self, text: str) -> Binding:
        """A text that is always an expression, with or without its equals sign."""
        return self.binding(text if text.startswith("=") else f"={text}")

    def run(self) -> CompiledProcess:
        root = container.ProcessSpec(
            self.workflow_spec, Element(self.process.id, "process", self.process.name), f"process:{self.process.id}")
        for element in self.process.elements.values():
            self.specs[element.id] = self.element(element)
        links = {
            str(element.event.name): self.specs[element.id] for element in self.process.elements.values()
            if element.type == "intermediateCatchEvent" and element.event and element.event.kind == "link"}
        for element in self.process.elements.values():
            self.wire(element, links)
        for element in self.process.elements.values():
            if element.type == "subProcess":
                self.hold(self.inner(element.id), element.id)
        self.hold(root, None)
        positions = (root, *self.specs.values(), *self.bodies)
        for position, spec in enumerate(positions):
            spec.position = position
        return CompiledProcess(self.process, self.workflow_spec, root, self.specs, positions)

    def inner(self, element_id: str) -> ElementSpec:
        """The spec that acts: for a multi-instance its body."""
        spec = self.specs[element_id]
        return spec.body if isinstance(spec, MultiInstance) else spec

    def element(self, element: Element) -> ElementSpec:
        if element.loop is None:
            return self.configured(element, None)
        body = self.configured(element, f"{element.id}#body")
        self.bodies.append(body)
        shell = MultiCall if element.type == "callActivity" else MultiInstance
        spec = shell(self.workflow_spec, element)
        spec.body = body
        loop = element.loop
        path = _OUTPUT_PATH.match(loop.output_item or "")
        spec.expressions = LoopExpressions(
            loop.sequential, self.feel(loop.collection), loop.item, loop.output_collection,
            self.feel(loop.output_item) if loop.output_item else None, path.group(1) if path else None,
            self.feel(loop.completion) if loop.completion else None)
        return spec

    def configured(self, element: Element, name: str | None) -> ElementSpec:
        kind = _TYPES.get(element.type, activity.Activity)
        if element.type in {"businessRuleTask", "sendTask"}:
            kind = activity.BusinessRuleTask if element.decision else activity.ServiceTask
            if element.type == "sendTask" and element.job is None:
                kind = event.ThrowEvent
        if element.type == "subProcess" and element.event_triggered:
            kind = container.EventSubProcess
        spec = kind(self.workflow_spec, element, name)
        spec.inputs_ = [(self.binding(mapping.source), mapping.target) for mapping in element.inputs]
        spec.outputs_ = [(self.binding(mapping.source), mapping.target) for mapping in element.outputs]
        _CONFIGURE.get(kind, _nothing)(self, spec, element)
        return spec

    def wire(self, element: Element, links: dict[str, ElementSpec]) -> None:
        spec = self.specs[element.id]
        for flow_id in element.outgoing:
            flow = self.process.flows[flow_id]
            spec.flows.append(self.flow(flow))
            spec.connect(self.specs[flow.target])
        if element.type == "intermediateThrowEvent" and element.event and element.event.kind == "link":
            target = links[str(element.event.name)]
            spec.flows.append(OutgoingFlow(f"{element.id}>{target.element.id}", target, None))
        spec.boundaries = [self.event(boundary.id) for boundary in self.process.boundaries(element.id)]
        if isinstance(spec, gateway.EventBasedGateway):
            spec.targets = {flow.target.element.id: (flow, self.event(flow.target.element.id)) for flow in spec.flows}
        if isinstance(spec, gateway.InclusiveGateway):
            spec.reach = reach(self.process, element)

    def flow(self, flow: Flow) -> OutgoingFlow:
        return OutgoingFlow(flow.id, self.specs[flow.target], self.feel(flow.condition) if flow.condition else None)

    def event(self, element_id: str) -> event.EventSpec:
        spec = self.specs[element_id]
        if not isinstance(spec, event.EventSpec):
            raise TypeError(element_id)
        return spec

    def hold(self, spec: Any, parent: str | None) -> None:
        """Give a container its start and its event sub-processes."""
        for element in self.process.within(parent):
            if element.type == "startEvent":
                spec.start = self.specs[element.id]
            if element.type == "subProcess" and element.event_triggered:
                spec.event_subprocesses += [
                    self.event(start.id) for start in self.process.within(element.id) if start.type == "startEvent"]


def _nothing(_compiler: _Compiler, _spec: Any, _element: Element) -> None:
    """Elements without expressions of their own."""


def _event(compiler: _Compiler, spec: Any, element: Element) -> None:
    definition = spec.definition
    spec.timer = compiler.optional(definition.timer)
    spec.event_name = compiler.optional(definition.name)
    spec.correlation = compiler.feel(definition.correlation) if definition.correlation else None
    if element.job is not None:
        spec.work = _work(compiler, element)


def _work(compiler: _Compiler, element: Element) -> Work:
    assert element.job is not None  # noqa: S101 - the caller has looked
    return Work(element.job, compiler.binding(element.job.topic), compiler.binding(element.job.retries))


def _user_task(compiler: _Compiler, spec: Any, element: Element) -> None:
    properties = element.user_task
    for name in ("form", "assignee", "candidate_groups", "candidate_users", "due", "follow_up", "priority"):
        setattr(spec, name, compiler.optional(getattr(properties, name)))


def _service(compiler: _Compiler, spec: Any, element: Element) -> None:
    spec.work = _work(compiler, element)


def _script(compiler: _Compiler, spec: Any, element: Element) -> None:
    assert element.script is not None  # noqa: S101 - the gate refuses a script task without a script
    spec.script = compiler.feel(element.script.expression)
    spec.result = element.script.result


def _decision(compiler: _Compiler, spec: Any, element: Element) -> None:
    assert element.decision is not None  # noqa: S101 - chosen because it is there
    spec.decision = compiler.binding(element.decision.decision)
    spec.properties = element.decision


def _call(compiler: _Compiler, spec: Any, element: Element) -> None:
    assert element.call is not None  # noqa: S101 - the gate refuses a call activity without a process
    spec.process = compiler.binding(element.call.process)
    spec.properties = element.call


_CONFIGURE: dict[type[ElementSpec], Callable[[_Compiler, Any, Element], None]] = {
    event.StartEvent: _event, event.EndEvent: _event, event.CatchEvent: _event, event.ThrowEvent: _event,
    event.BoundaryEvent: _event, activity.UserTask: _user_task, activity.ServiceTask: _service,
    activity.ScriptTask: _script, activity.BusinessRuleTask: _decision, CallActivity: _call,
}


def _assigned_names(process: Process) -> set[str]:
    """Every variable name that the diagram itself assigns."""
    names: set[str] = set()
    for element in process.elements.values():
        names.update(mapping.target for mapping in (*element.inputs, *element.outputs))
        if element.loop is not None:
            names.update(name for name in (element.loop.item, element.loop.output_collection) if name)
        names.update(part.result for part in (element.decision, element.script) if part is not None)
    return names


def compile_process(process: Process, functions: FunctionLibrary | None = None) -> CompiledProcess:
    """Compile a process that the gate has passed; raises FeelError for an expression that does not parse."""
    return _Compiler(process, functions).run()
