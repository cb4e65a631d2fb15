"""Words of the studio that scripts need, and of states and changes."""

from __future__ import annotations

from engine.message import say
from web.language import tell

STATES = {
    "open": say("Being drawn"),
    "submitted": say("Waits for approval"),
    "deployed": say("Deployed"),
    "discarded": say("Put away"),
}
CHANGES = {"same": say("unchanged"), "changed": say("changed"), "new": say("new"), "added": say("new"),
           "removed": say("taken away")}  # fmt: skip
ORIGINS = {
    "folder": say("from the shipped folder"),
    "draft": say("from a draft"),
    "table": say("a table changed by itself"),
    "roll_back": say("rolled back"),
}
SEVERITIES = {"error": say("Error"), "warning": say("Take note"), "hint": say("Hint")}
KINDS = {
    "bpmn": say("Diagrams"),
    "dmn": say("Decision tables"),
    "form": say("Forms"),
    "yaml": say("Scenarios"),
    "toml": say("Settings of the procedure"),
}
ICONS = {"bpmn": "map", "dmn": "table", "form": "file", "yaml": "check", "toml": "clock"}
TYPES = {
    "userTask": say("Task of a person"),
    "serviceTask": say("step of the system"),
    "scriptTask": say("Calculation"),
    "businessRuleTask": say("Decision by a table"),
    "sendTask": say("Message sent"),
    "receiveTask": say("Wait for a message"),
    "callActivity": say("called procedure"),
    "subProcess": say("Part of the procedure"),
    "sequenceFlow": say("Connection"),
    "exclusiveGateway": say("One of several ways"),
    "inclusiveGateway": say("Some of several ways"),
    "parallelGateway": say("All ways at once"),
    "eventBasedGateway": say("What comes first"),
    "startEvent": say("Start of the procedure"),
    "endEvent": say("End of the procedure"),
    "boundaryEvent": say("Event at a step"),
    "intermediateCatchEvent": say("Wait for an event"),
    "intermediateThrowEvent": say("Event in between"),
}
"""What a shape of the drawing is, for who reads a list instead of the drawing."""


def kind_of_shape(name: str) -> str:
    """The kind of a shape in the reader's words; one that the list lacks is called a shape."""
    return tell(TYPES.get(name, say("Shape")))


PROPERTIES = {
    "default": say("way where no condition holds"),
    "type": say("kind of shape"),
    "name": say("name"),
    "documentation": say("instructions"),
    "lane": say("lane"),
    "user_task.form": say("form"),
    "user_task.assignee": say("person"),
    "user_task.candidate_groups": say("group"),
    "user_task.due": say("due date"),
    "headers.recorder": say("recorded as"),
    "headers.light": say("light"),
    "headers.why": say("why it is on the desk"),
    "headers.next": say("what comes next"),
    "condition": say("condition"),
    "source": say("comes from"),
    "target": say("goes to"),
    "event.timer": say("timer"),
    "decision.decision": say("decision table"),
    "call.process": say("called procedure"),
    "job.topic": say("step of the system"),
    "loop.collection": say("for each of"),
    "inputs.why": say("why it is on the desk"),
    "inputs.next": say("what comes next"),
    "attached_to": say("attached to"),
}
COMPONENTS = {
    "textfield": say("a line of text"),
    "textarea": say("a text"),
    "number": say("a number"),
    "select": say("a list to choose from"),
    "radio": say("one of a few"),
    "checkbox": say("a box to tick"),
    "checklist": say("several of a few"),
    "datetime": say("a date"),
    "dynamiclist": say("a list of rows"),
    "filepicker": say("files"),
}


def shown(text: str) -> str:
    """A value of a difference; the kinds of form components by their names."""
    return tell(COMPONENTS[text]) if text in COMPONENTS else text


_STUDIO = {
    "saving": say("Saving…"),
    "office": say("What the office decides"),
    "none": say("– none –"),
    "expert": say("Expression:"),
    "group": say("Who does it"),
    "group_help": say("Everybody in the group sees it and may claim it"),
    "assignee": say("Given to one person"),
    "assignee_help": say("Without one, the group claims it"),
    "form": say("Form"),
    "recorder": say("Recorded as"),
    "recorder_help": say("Fields that the record does not know are kept with the case"),
    "due": say("Deadline"),
    "due_help": say("Set on the page of deadlines, or made in this draft"),
    "start": say("Counted"),
    "light": say("Lights turn like those of"),
    "topic": say("What the system does"),
    "decision": say("Decision table"),
    "process": say("Called procedure"),
    "new_deadline": say("Make a new deadline…"),
}


def studio_words() -> dict[str, str]:
    """The words for scripts in the reader's language."""
    return {name: tell(words) for name, words in _STUDIO.items()}
