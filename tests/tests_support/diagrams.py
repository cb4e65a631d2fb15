"""Small diagrams in few words: `process("…")` wraps shapes into a file."""

from __future__ import annotations

from itertools import pairwise

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"')


def definitions(content: str) -> bytes:
    """A BPMN file around processes, messages and errors."""
    return (f'<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions {NAMESPACES} id="defs" '
            f'targetNamespace="http://banli/test">{content}</bpmn:definitions>').encode()


def process(shapes: str, process_id: str = "p", outside: str = "") -> bytes:
    """A BPMN file with one executable process."""
    return definitions(f'<bpmn:process id="{process_id}" isExecutable="true">{shapes}</bpmn:process>{outside}')


def flow(source: str, target: str, condition: str | None = None, flow_id: str | None = None) -> str:
    """A sequence flow; its id is `source_target`."""
    inner = "" if condition is None else (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{condition}</bpmn:conditionExpression>')
    return (f'<bpmn:sequenceFlow id="{flow_id or f"{source}_{target}"}" sourceRef="{source}" targetRef="{target}">'
            f'{inner}</bpmn:sequenceFlow>')


def chain(*elements: str) -> str:
    """Flows from each element to the next."""
    return "".join(flow(one, other) for one, other in pairwise(elements))


def start(element_id: str = "start") -> str:
    """A none start event."""
    return f'<bpmn:startEvent id="{element_id}"/>'


def end(element_id: str = "end", definition: str = "") -> str:
    """An end event."""
    return f'<bpmn:endEvent id="{element_id}">{definition}</bpmn:endEvent>'


def user_task(element_id: str, extension: str = "", loop: str = "", groups: str = "staff") -> str:
    """A user task for the group `staff`."""
    return (f'<bpmn:userTask id="{element_id}" name="{element_id}"><bpmn:extensionElements>'
            f'<zeebe:assignmentDefinition candidateGroups="{groups}"/>{extension}</bpmn:extensionElements>{loop}'
            "</bpmn:userTask>")


def service(element_id: str, topic: str, extension: str = "", retries: str = "3") -> str:
    """A service task."""
    return (f'<bpmn:serviceTask id="{element_id}" name="{element_id}"><bpmn:extensionElements>'
            f'<zeebe:taskDefinition type="{topic}" retries="{retries}"/>{extension}</bpmn:extensionElements>'
            "</bpmn:serviceTask>")


def script(element_id: str, expression: str, result: str) -> str:
    """A FEEL script task."""
    return (f'<bpmn:scriptTask id="{element_id}"><bpmn:extensionElements>'
            f'<zeebe:script expression="{expression}" resultVariable="{result}"/></bpmn:extensionElements>'
            "</bpmn:scriptTask>")


def call(element_id: str, process_id: str, extension: str = "", loop: str = "", propagate: str = "false") -> str:
    """A call activity."""
    return (f'<bpmn:callActivity id="{element_id}"><bpmn:extensionElements>'
            f'<zeebe:calledElement processId="{process_id}" propagateAllChildVariables="{propagate}"/>{extension}'
            f"</bpmn:extensionElements>{loop}</bpmn:callActivity>")


def loop(collection: str, item: str = "item", *, sequential: bool = False, output: str = "", output_item: str = "",
         completion: str = "") -> str:
    """Multi-instance characteristics."""
    collection = collection.replace('"', "&quot;")
    outputs = f' outputCollection="{output}" outputElement="{output_item}"' if output else ""
    condition = "" if not completion else (
        f'<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">{completion}</bpmn:completionCondition>')
    return (f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}"><bpmn:extensionElements>'
            f'<zeebe:loopCharacteristics inputCollection="{collection}" inputElement="{item}"{outputs}/>'
            f"</bpmn:extensionElements>{condition}</bpmn:multiInstanceLoopCharacteristics>")


def gateway(element_id: str, kind: str = "exclusive", default: str = "") -> str:
    """A gateway."""
    marked = f' default="{default}"' if default else ""
    return f'<bpmn:{kind}Gateway id="{element_id}"{marked}/>'


def timer(text: str, kind: str = "timeDuration") -> str:
    """A timer event definition."""
    return (f'<bpmn:timerEventDefinition><bpmn:{kind} xsi:type="bpmn:tFormalExpression">{text}</bpmn:{kind}>'
            "</bpmn:timerEventDefinition>")


def boundary(element_id: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    """A boundary event."""
    return (f'<bpmn:boundaryEvent id="{element_id}" attachedToRef="{host}" '
            f'cancelActivity="{str(interrupting).lower()}">{definition}</bpmn:boundaryEvent>')


def message(message_id: str, name: str, correlation: str = "=key") -> str:
    """A message with its correlation key."""
    return (f'<bpmn:message id="{message_id}" name="{name}"><bpmn:extensionElements>'
            f'<zeebe:subscription correlationKey="{correlation}"/></bpmn:extensionElements></bpmn:message>')


def mapping(inputs: dict[str, str] | None = None, outputs: dict[str, str] | None = None) -> str:
    """Input and output mappings: target to source."""
    inner = "".join(f'<zeebe:input source="{source}" target="{target}"/>' for target, source in (inputs or {}).items())
    inner += "".join(
        f'<zeebe:output source="{source}" target="{target}"/>' for target, source in (outputs or {}).items())
    return f"<zeebe:ioMapping>{inner}</zeebe:ioMapping>"
