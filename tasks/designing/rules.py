"""What an office's diagrams must hold beyond what the engine's gate asks: deadlines, people, records, forms.

Each rule yields findings over the whole draft. Literals in FEEL are looked at in the syntax tree, never in the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.bpmn.expressions import expressions_of
from engine.dmn.elements import Decision
from engine.dmn.expressions import DecisionTable
from engine.feel import FeelError, compile_expression
from engine.feel.syntax import Call, Constant, Name
from engine.feel.syntax_walk import walk
from engine.message import say
from tasks.accounts.permissions import Role
from tasks.designing.views import Finding, Mend
from tasks.forms.schema import FormRefused, option_sources, read_form
from tasks.packages.manifest import DEADLINES, PackageInvalid
from tasks.packages.named_deadlines import read_deadlines
from tasks.registry import SOURCES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from engine.bpmn.gate import Sources
    from engine.bpmn.model import Element
    from engine.feel import FunctionLibrary
    from tasks.designing.world import World

STANDARD_DUE = '=deadline("P18", now())'
"""The due date of a review node, which most added steps are."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at."""

    files: Mapping[str, bytes]
    sources: Sources
    world: World
    functions: FunctionLibrary | None


def deadlines(about: Subject) -> Iterator[Finding]:
    """Deadlines that neither the area nor the draft names."""
    known = about.world.deadlines
    for resource, element_id, function, text in _literals(about):
        if function == "deadline" and text not in known:
            mend = Mend("deadline", say("Make the deadline"), {"code": text})
            yield Finding(
                "error", "deadline", say("The deadline “{code}” does not exist.", code=text), resource, element_id, mend
            )


def settings(about: Subject) -> Iterator[Finding]:
    """Settings and units that FEEL asks for and the area does not have."""
    for resource, element_id, function, text in _literals(about):
        if function == "setting" and text not in about.world.reference.settings:
            yield Finding(
                "error", "setting", say("The setting “{name}” does not exist.", name=text), resource, element_id
            )
        if function == "unit name" and text not in about.world.reference.units:
            yield Finding("error", "unit", say("There is no unit “{code}”.", code=text), resource, element_id)


def groups(about: Subject) -> Iterator[Finding]:
    """Groups written out as unit and role: one nobody is in would leave the task to nobody."""
    units, known = about.world.reference.units, about.world.groups
    for diagram, _, element in about.sources.elements():
        for group in _written_groups(element, about.functions):
            unit, _, role = group.partition(":")
            name = element.name or element.id
            if unit and unit not in units:
                sentence = say("“{name}” is for the unit “{unit}”, which does not exist.", name=name, unit=unit)
                yield Finding("error", "group", sentence, diagram.resource, element.id)
            elif role not in set(Role):
                sentence = say("“{name}” is for the role “{role}”, which does not exist.", name=name, role=role)
                yield Finding("error", "group", sentence, diagram.resource, element.id)
            elif unit and group not in known:
                sentence = say(
                    "“{name}” is for a group of {unit} that nobody is in.", name=name, unit=units[unit].short_name
                )
                yield Finding("error", "group", sentence, diagram.resource, element.id)


def tasks(about: Subject) -> Iterator[Finding]:
    """User tasks that lack what every task of an office has: a date, a record, a name, a form that can be made."""
    forms = set(about.sources.forms.values())
    for diagram, _, element in about.sources.elements():
        task = element.user_task
        if task is None:
            continue
        name = element.name or element.id
        if not element.name.strip():
            yield Finding("warning", "name", say("A task has no name; people would read nothing in their lists."),
                          diagram.resource, element.id)  # fmt: skip
        if not element.headers.get("recorder"):
            mend = Mend("property", say("Keep what is filled in"), {"property": "recorder", "value": "kept"})
            sentence = say("“{name}” does not say where its form is recorded.", name=name)
            yield Finding("warning", "recorder", sentence, diagram.resource, element.id, mend)
        if not task.due:
            mend = Mend("property", say("Add it like the others"), {"property": "due", "value": STANDARD_DUE})
            sentence = say("“{name}” has no due date; tasks of its kind have one.", name=name)
            yield Finding("warning", "due", sentence, diagram.resource, element.id, mend)
        if task.form and not task.form.startswith("=") and task.form not in forms:
            yield Finding(
                "error", "missing-form", say("“{name}” shows a form that is not in the draft: {form}.", name=name,
                                             form=task.form),
                diagram.resource, element.id, Mend("form", say("Make the form"), {"form": task.form, "title": name}),
            )  # fmt: skip


def forms(about: Subject) -> Iterator[Finding]:
    """Forms that cannot be rendered, that name unknown choices, or that no task shows."""
    shown = {element.user_task.form for _, _, element in about.sources.elements() if element.user_task}
    for name, content in about.files.items():
        if not name.endswith(".form"):
            continue
        try:
            form = read_form(content)
        except (FormRefused, ValueError, TypeError, AttributeError) as error:
            reason = error.message if isinstance(error, FormRefused) else str(error)
            yield Finding("error", "form", say("The form cannot be used: {reason}", reason=reason), name)
            continue
        for source in sorted(option_sources(form.components) - set(SOURCES)):
            sentence = say("The form names the choices “{source}”, which nobody offers.", source=source)
            yield Finding("error", "choices", sentence, name)
        if form.id not in shown and form.id not in STARTING_FORMS:
            yield Finding("hint", "unused", say("No task shows the form “{name}”.", name=form.name), name)


STARTING_FORMS = frozenset({"suggestion", "entry", "upper_item", "extension"})
"""Forms of pages that start or change a case without a task."""


def calls(about: Subject) -> Iterator[Finding]:
    """Calls of procedures that are neither in the draft nor deployed."""
    known = {process.id for _, process in about.sources.processes()} | about.world.deployed
    for diagram, _, element in about.sources.elements():
        if element.call and not element.call.process.startswith("=") and element.call.process not in known:
            sentence = say("“{name}” calls the procedure “{process}”, which does not exist.",
                           name=element.name or element.id, process=element.call.process)  # fmt: skip
            yield Finding("error", "call", sentence, diagram.resource, element.id)


def review_nodes(about: Subject) -> Iterator[Finding]:
    """Nodes that a table of review chains names: known ones, which somebody can sit on."""
    nodes = about.world.reference.review_nodes
    held = {role for unit in about.world.reference.units.values() for role in unit.roles}
    for resource, model in about.sources.models.items():
        for decision in model.elements():
            table = decision.logic if isinstance(decision, Decision) else None
            if not isinstance(table, DecisionTable) or not any(one.name == "nodes" for one in table.outputs):
                continue
            column = [one.name for one in table.outputs].index("nodes")
            for number, rule in enumerate(table.rules, start=1):
                for code in _texts_in(rule.outputs[column], about.functions):
                    if code not in nodes:
                        sentence = say("Row {row} names the review node “{code}”, which does not exist.",
                                       row=number, code=code)  # fmt: skip
                        yield Finding("error", "node", sentence, resource)
                    elif not set(nodes[code].roles) & held:
                        sentence = say("Row {row} names “{node}”; nobody holds this office.", row=number,
                                       node=nodes[code].name)  # fmt: skip
                        yield Finding("warning", "node", sentence, resource)


def own_deadlines(about: Subject) -> Iterator[Finding]:
    """A file of named deadlines that cannot be read."""
    if DEADLINES in about.files:
        try:
            read_deadlines(about.files[DEADLINES])
        except PackageInvalid as error:
            yield Finding("error", "deadlines", error.message, DEADLINES)


RULES: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    deadlines,
    settings,
    groups,
    tasks,
    forms,
    calls,
    review_nodes,
    own_deadlines,
)


def _literals(about: Subject) -> Iterator[tuple[str, str, str, str]]:
    """File, shape, function and text of every call whose first argument is a written text."""
    for diagram, process in about.sources.processes():
        for element_id, _, text in expressions_of(process):
            for function, literal in _calls(text, about.functions):
                yield diagram.resource, element_id, function, literal


def _calls(text: str, functions: FunctionLibrary | None) -> Iterator[tuple[str, str]]:
    try:
        tree = compile_expression(text, functions=functions).tree
    except FeelError:
        return  # the gate names it
    for node in walk(tree):
        if isinstance(node, Call) and isinstance(node.function, Name) and node.arguments:
            first = node.arguments[0]
            if isinstance(first, Constant) and isinstance(first.value, str):
                yield node.function.name, first.value


def _written_groups(element: Element, functions: FunctionLibrary | None) -> Iterator[str]:
    """`zjj:unit_head` where the whole group is written out; `:unit_head` where only the role is."""
    text = element.user_task.candidate_groups if element.user_task else None
    if not text:
        return
    literals = _texts_in(text[1:], functions) if text.startswith("=") else text.split(",")
    for literal in literals:
        if ":" in literal:
            yield literal.strip()


def _texts_in(text: str, functions: FunctionLibrary | None) -> Iterator[str]:
    try:
        tree = compile_expression(text, functions=functions).tree
    except FeelError:
        return
    for node in walk(tree):
        if isinstance(node, Constant) and isinstance(node.value, str):
            yield node.value
