"""What differs between two versions of a diagram, shape by shape and property by property.

The layout is no difference: moving a shape changes nothing that runs.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.bpmn.model import Diagram, Element, Flow

Kind = Literal["added", "removed", "changed"]

_ELEMENT = (
    "type", "name", "documentation", "lane", "default", "event", "attached_to", "interrupting", "event_triggered",
    "loop", "user_task", "job", "call", "decision", "script", "inputs", "outputs", "headers", "properties",
)
_FLOW = ("name", "source", "target", "condition")


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """One property, before and after, as texts; empty where there was none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """A shape or flow that was added, removed or changed."""

    kind: Kind
    element_id: str
    type: str
    name: str
    properties: tuple[PropertyChange, ...] = ()


def compare(before: Diagram | None, after: Diagram | None) -> list[ShapeChange]:
    """Every difference, removed shapes first, in the order of the files; None stands for a file that is not there."""
    old, new = _shapes(before), _shapes(after)
    found = [ShapeChange("removed", key, *_naming(old[key])) for key in old if key not in new]
    for key, shape in new.items():
        if key not in old:
            found.append(ShapeChange("added", key, *_naming(shape)))
            continue
        changed = tuple(_changes(old[key], shape))
        if changed:
            found.append(ShapeChange("changed", key, *_naming(shape), changed))
    return found


def _shapes(diagram: Diagram | None) -> dict[str, Element | Flow]:
    found: dict[str, Element | Flow] = {}
    for process in diagram.processes if diagram else ():
        found |= process.elements
        found |= process.flows
    return found


def _naming(shape: Element | Flow) -> tuple[str, str]:
    return getattr(shape, "type", "sequenceFlow"), shape.name


def _changes(before: Element | Flow, after: Element | Flow) -> Iterator[PropertyChange]:
    names = _ELEMENT if hasattr(after, "type") else _FLOW
    old = dict(_leaves(before, names))
    new = dict(_leaves(after, names))
    for name in (*old, *(name for name in new if name not in old)):
        if old.get(name, "") != new.get(name, ""):
            yield PropertyChange(name, old.get(name, ""), new.get(name, ""))


def _leaves(shape: object, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        yield from _leaf(name, getattr(shape, name, None))


def _leaf(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Nested parts become dotted names: `user_task.due`, `headers.recorder`, `inputs.why`."""
    if value is None or value in ("", (), {}):
        return
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _leaf(f"{name}.{field.name}", getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield f"{name}.{one.target}", one.source
    elif hasattr(value, "items"):
        entries: Mapping[str, str] = value  # type: ignore[assignment]
        for key, text in entries.items():
            yield f"{name}.{key}", text
    else:
        yield name, str(value).lower() if isinstance(value, bool) else str(value)
