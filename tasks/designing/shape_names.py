"""What a shape without a name is called: its kind and what it follows, never its identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.bpmn.model import Element, Process

_KINDS = {
    "userTask": "人工任务", "serviceTask": "系统任务", "scriptTask": "计算", "businessRuleTask": "查决策表",
    "callActivity": "调用流程", "subProcess": "子流程", "boundaryEvent": "环节上的事件", "startEvent": "开始",
    "endEvent": "结束", "intermediateCatchEvent": "等待事件", "intermediateThrowEvent": "中间事件",
    "exclusiveGateway": "多选一", "inclusiveGateway": "多选多", "parallelGateway": "同时进行",
    "eventBasedGateway": "先到先走",
}  # fmt: skip


def shape_name(process: Process, element: Element) -> str:
    """Its name; where it has none, its kind and the nearest named shape before it."""
    if element.name:
        return element.name
    kind = _KINDS.get(element.type, "图形")
    if element.attached_to is not None:
        host = process.elements[element.attached_to]
        return f"{kind}（“{host.name}”上）" if host.name else kind
    before = _named_before(process, element)
    return f"{kind}（“{before}”之后）" if before else kind


def _named_before(process: Process, element: Element) -> str:
    seen, nearest = {element.id}, [element]
    while nearest:
        sources = [process.elements[process.flows[flow].source] for one in nearest for flow in one.incoming]
        nearest = list({one.id: one for one in sources if one.id not in seen}.values())
        for one in nearest:
            if one.name:
                return one.name
            if one.attached_to is not None and process.elements[one.attached_to].name:
                return process.elements[one.attached_to].name
        seen.update(one.id for one in nearest)
    return ""
