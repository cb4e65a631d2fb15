"""What a designer chooses from lists: people's groups, forms, records, deadlines, what counts as their beginning.

Each choice is a label for people and the text that goes into the diagram. A choice that rests on a variable is offered
only in diagrams that know the variable.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import func, select

from engine.bpmn.expressions import expressions_of
from engine.bpmn.gate import read_sources
from engine.feel import FeelError, compile_expression
from engine.message import Message, say
from tasks.accounts.models import Account, RoleGrant
from tasks.accounts.permissions import Role
from tasks.designing.titles import title_of
from tasks.designing.words import FUNCTION_WORDS, RECORDER_WORDS, ROLE_WORDS, START_WORDS, TOPIC_WORDS, UNIT_VARIABLES
from tasks.designing.world import world_of
from tasks.directory.models import Unit
from tasks.registry import RECORDERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.bpmn.gate import Sources
    from tasks.bootstrap import Banli
    from tasks.designing.world import World


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list; `only` names the diagrams in which it makes sense, None: all."""

    value: str
    label: Message
    only: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """Every list, and what the FEEL editor completes."""

    lists: Mapping[str, Sequence[Choice]]
    variables: Mapping[str, Sequence[str]]
    """Names by diagram."""
    functions: Sequence[tuple[str, Sequence[str], Message]]
    templates: Sequence[Any] = field(default_factory=tuple)


def choices(banli: Banli, files: Mapping[str, bytes]) -> Choices:
    """All lists for a draft with these files."""
    definitions = banli.engine.runtime.definitions
    sources = read_sources(files, definitions.functions)
    world = world_of(banli, files)
    variables = _variables(sources, definitions.functions)
    lists: dict[str, Sequence[Choice]] = {
        "group": [*_relative_groups(variables), *_fixed_groups(banli)],
        "assignee": _assignees(variables),
        "form": [
            Choice(form_id, say("{name}", name=title_of(name, files[name])))
            for name, form_id in sources.forms.items()
        ],
        "recorder": [Choice(name, RECORDER_WORDS.get(name, say("{name}", name=name))) for name in sorted(RECORDERS)],
        "due": list(_deadlines(world)),
        "starts": _starts(variables),
        "light": [Choice(stage, _LIGHTS.get(stage, say("{name}", name=stage))) for stage in world.reference.lights],
        "topic": [
            Choice(topic, TOPIC_WORDS.get(topic, say("{name}", name=topic)))
            for topic in sorted(banli.engine.runtime.handlers)
        ],
        "decision": [
            Choice(decision.id, say("{name}", name=decision.name))
            for model in sources.models.values()
            for decision in model.decisions
        ],
        "process": [
            Choice(process.id, say("{name}", name=process.name or process.id)) for _, process in sources.processes()
        ],
    }
    return Choices(
        lists,
        variables,
        [(name, parameters, words) for name, (parameters, words) in FUNCTION_WORDS.items()],
        _templates(banli),
    )


_LIGHTS = {
    "default": say("Ordinary"),
    "sign_in": say("Sign-in"),
    "objection": say("Ruling on a request for adjustment"),
    "consultation": say("Consultation"),
    "opinion": say("Co-handling opinion"),
    "reply": say("Reply"),
    "rehandling": say("Re-handling"),
    "review": say("Review node"),
    "commitment": say("Commitment"),
}


def _variables(sources: Sources, functions: Any) -> dict[str, list[str]]:
    """Names that the expressions of each diagram read or set."""
    found: dict[str, set[str]] = {}
    for diagram, process in sources.processes():
        names = found.setdefault(diagram.resource, set())
        for _, _, text in expressions_of(process):
            try:
                names |= compile_expression(text, functions=functions).names
            except FeelError:
                continue
        for element in process.elements.values():
            names |= {mapping.target for mapping in (*element.inputs, *element.outputs)}
    return {resource: sorted(names) for resource, names in found.items()}


def _relative_groups(variables: Mapping[str, Sequence[str]]) -> Iterator[Choice]:
    """A role of whichever unit the case concerns."""
    for variable, (words, roles) in UNIT_VARIABLES.items():
        only = [resource for resource, names in variables.items() if variable.partition(".")[0] in names]
        if only:
            for role in roles:
                label = say("{unit} · {role}", unit=words, role=ROLE_WORDS[role])
                yield Choice(f'=[{variable} + ":{role}"]', label, only)


def _fixed_groups(banli: Banli) -> Iterator[Choice]:
    """A role of one body, with how many people hold it."""
    with banli.reading() as session:
        rows = session.execute(
            select(Unit.code, Unit.short_name, RoleGrant.role, func.count())
            .join_from(RoleGrant, Unit, RoleGrant.unit_id == Unit.id)
            .join(Account, Account.id == RoleGrant.account_id)
            .where(~Account.disabled, ~Unit.disabled)
            .group_by(Unit.position, Unit.code, Unit.short_name, RoleGrant.role)
            .order_by(Unit.position, RoleGrant.role)
        ).all()
    for code, name, role, people in rows:
        if role not in _WITHOUT_TASKS:
            words = ROLE_WORDS.get(Role(role), say("{name}", name=role))
            yield Choice(f'=["{code}:{role}"]', say("{unit} · {role} ({people})", unit=name, role=words, people=people))


_WITHOUT_TASKS = {Role.ADMIN, Role.PROCESS_DESIGNER, Role.PROPOSER}


def _assignees(variables: Mapping[str, Sequence[str]]) -> list[Choice]:
    known = (
        ("proposer", "=proposer", say("The lead proposer")),
        ("signatures", "=signatures[unit = lead_unit][1].handler", say("The handler of the lead unit")),
        ("co_unit", "=signatures[unit = co_unit][1].handler", say("The handler of the co-handling unit")),
    )
    return [
        Choice(value, label, only)
        for name, value, label in known
        if (only := [resource for resource, names in variables.items() if name in names])
    ]


def _deadlines(world: World) -> Iterator[Choice]:
    for rule in world.reference.rules.values():
        label = say("{name}: {amount} ({code})", name=rule.name, amount=rule.amount_words, code=rule.code)
        yield Choice(rule.code, label)
    for one in world.own_deadlines:
        if one.code not in world.reference.rules:
            yield Choice(one.code, say("{name}: made in this draft", name=one.name))


def _starts(variables: Mapping[str, Sequence[str]]) -> list[Choice]:
    found = [Choice("now()", say("when the task arrives"))]
    for name, label in START_WORDS.items():
        only = [resource for resource, names in variables.items() if name in names]
        if only:
            found.append(Choice(name, label, only))
    return found


def _templates(banli: Banli) -> list[Any]:
    folder = banli.process_folder / "templates"
    return [orjson.loads(path.read_bytes()) for path in sorted(folder.glob("*.json"))]
