"""Names that nobody knows where they are read."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from engine.bpmn.problem import Problem
from engine.feel.full_width import full_width_sign
from engine.message import Message, say

if TYPE_CHECKING:
    from engine.dmn.model import Model


def check(model: Model) -> list[Problem]:
    """A problem for each name that is neither a required element, nor a local name, nor a function."""
    problems = []
    for read in model.reads:
        if read.open:
            continue
        for name, place in read.expression.certain_names.items():
            if name not in read.names:
                message = _message(name, place.column, read.expression.text, read.names | set(model.function_names()))
                problems.append(Problem("dmn-unknown-name", read.element_id, message))
    return problems


def _message(name: str, column: int, text: str, known: frozenset[str]) -> Message:
    sign = full_width_sign(name)
    if sign is not None:
        return say(
            "In “{text}”, column {column}: there is no “{name}” here; {sign} is a full-width sign, write {meant}.",
            text=text[:200],
            column=column,
            name=name,
            sign=sign[0],
            meant=sign[1],
        )
    close = get_close_matches(name, sorted(known), n=1)
    if close:
        return say(
            "In “{text}”, column {column}: there is no “{name}” here; did you mean “{close}”?",
            text=text[:200],
            column=column,
            name=name,
            close=close[0],
        )
    return say(
        "In “{text}”, column {column}: there is no “{name}” here; draw the requirement, or correct the name.",
        text=text[:200],
        column=column,
        name=name,
    )
