"""Names of the dialect: BPMN 2.0 with the Camunda 8 ("zeebe") extension elements."""

from __future__ import annotations

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"

ACTIVITIES = frozenset({
    "userTask", "serviceTask", "scriptTask", "businessRuleTask", "sendTask", "receiveTask", "manualTask", "task",
    "callActivity", "subProcess",
})
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"})
EVENTS = frozenset({
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
})
REFUSED = frozenset({"adHocSubProcess", "transaction", "complexGateway", "callConversation", "choreographyTask"})
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS | REFUSED

EVENT_DEFINITIONS = {
    "timerEventDefinition": "timer", "messageEventDefinition": "message", "signalEventDefinition": "signal",
    "errorEventDefinition": "error", "escalationEventDefinition": "escalation",
    "terminateEventDefinition": "terminate", "linkEventDefinition": "link",
    "conditionalEventDefinition": "conditional", "compensateEventDefinition": "compensation",
    "cancelEventDefinition": "cancel",
}
