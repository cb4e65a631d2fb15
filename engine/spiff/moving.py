"""Moving live tokens by hand: back to an earlier step, or on to a later one. Variables keep their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.message import say
from engine.spiff.token_game import can_end, place_of

if TYPE_CHECKING:
    from engine.spiff.machine import Machine
    from engine.spiff.token import Token

_TARGETS = {"userTask", "serviceTask", "scriptTask", "businessRuleTask", "callActivity", "subProcess", "task",
            "manualTask", "receiveTask", "sendTask"}


class MoveRefused(EngineError):
    """The case cannot be moved there without losing or doubling somebody's task."""


def move(machine: Machine, token: Token, element_id: str) -> list[Token]:
    """Put the case at an element instead of where this token stands; the tokens that were cancelled for it.

    From inside a sub-process a case can be moved to a step around it: the sub-process as a whole is left.
    The token goes alone when the rest of its scope can still end; otherwise every token that stands between the
    target and the join it leads to goes with it, those waiting at the join included.

    Raises:
        MoveRefused: the target is in another scope, is no activity, or no way leads from there to the end.
    """
    process = machine.process.process
    target = process.elements.get(element_id)
    standing = _standing(machine, token, target.parent) if target is not None and target.type in _TARGETS else None
    if target is None or standing is None:
        raise MoveRefused(say("A case can be moved only to a step of the same diagram and level; “{id}” is none.",
                              id=element_id))
    token = standing
    owner = token.owner
    siblings = [other for other in owner.live_children() if other is not token]
    alone = [place_of(other) for other in siblings]
    together = _behind(machine, element_id)
    staying = [other for other in siblings if other.task_spec.element.id not in together]
    for taken, rest in (([token], alone), ([token, *(one for one in siblings if one not in staying)],
                                           [place_of(other) for other in staying])):
        if can_end(process, [*rest, (element_id, "")]):
            _carry_out(machine, owner, taken, element_id)
            return taken
    raise MoveRefused(say("From “{name}” no way leads to the end while the other branches stand where they are.",
                          name=target.name or element_id))


def _standing(machine: Machine, token: Token, level: str | None) -> Token | None:
    """The token on this level (of a sub-process, or None for the process itself) that the given one stands for."""
    current = _whole(token)
    while current is not machine.root:
        if current.task_spec.element.parent == level:
            return current
        current = _whole(current.owner)
    return None


def _whole(token: Token) -> Token:
    """The activity a body belongs to: one reviewer's return takes back the whole review."""
    while token.index is not None:
        token = token.owner
    return token


def _behind(machine: Machine, element_id: str) -> set[str]:
    """The elements that can be reached from the target."""
    process = machine.process.process
    seen: set[str] = set()
    stack = [element_id]
    while stack:
        current = stack.pop()
        if current in seen:
            continue
        seen.add(current)
        element = process.elements[current]
        stack += [process.flows[flow].target for flow in element.outgoing]
        stack += [boundary.id for boundary in process.boundaries(current)]
    return seen


def _carry_out(machine: Machine, owner: Token, taken: list[Token], element_id: str) -> None:
    # The new token first: a scope that is empty for a moment would end.
    machine.place(machine.process.spec(element_id), owner, owner.scope)
    for token in taken:
        machine.cancel_token(token)
