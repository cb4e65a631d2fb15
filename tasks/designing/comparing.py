"""What a draft changes: shapes and their properties, cells of tables, fields of forms, lines of what else it holds."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import orjson

from engine.bpmn.difference import ShapeChange, compare
from engine.bpmn.reader import read_diagram
from engine.dmn import load_model
from engine.dmn.elements import Decision
from engine.dmn.expressions import DecisionTable
from engine.errors import EngineError
from tasks.deadlines.rules import DeadlineRule
from tasks.designing.files import FileKind, kind_of
from tasks.packages.manifest import DEADLINES, MANIFEST
from tasks.packages.named_deadlines import read_deadlines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.bpmn.model import Diagram
    from tasks.packages.named_deadlines import NamedDeadline


@dataclass(frozen=True, slots=True)
class PartChange:
    """A row or cell of a table, a field of a form, or a line of a text: where, before and after."""

    kind: Literal["added", "removed", "changed"]
    place: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that differs, with its differences; one whose content cannot be read is compared by lines."""

    name: str
    kind: FileKind
    change: Literal["added", "removed", "changed"]
    shapes: Sequence[ShapeChange] = ()
    parts: Sequence[PartChange] = ()

    @property
    def only_layout(self) -> bool:
        """Whether shapes were only moved."""
        return self.kind is FileKind.DIAGRAM and not self.shapes and not self.parts


def differences(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[FileChange]:
    """Every file that differs, diagrams first; the manifest only lists the others and is left out."""
    names = {*after, *before} - {MANIFEST}
    changed = [name for name in names if before.get(name) != after.get(name)]
    return [_file(name, before.get(name), after.get(name)) for name in sorted(changed, key=_order)]


_KINDS = (FileKind.DIAGRAM, FileKind.TABLE, FileKind.FORM, FileKind.SETTING, FileKind.SCENARIO)


def _order(name: str) -> tuple[int, str]:
    return _KINDS.index(kind_of(name)), name


def _file(name: str, before: bytes | None, after: bytes | None) -> FileChange:
    kind = kind_of(name)
    change: Literal["added", "removed", "changed"] = (
        "added" if before is None else "removed" if after is None else "changed"
    )
    try:
        if kind is FileKind.DIAGRAM:
            return FileChange(name, kind, change, shapes=_shapes(_diagram(before), _diagram(after)))
        if kind is FileKind.TABLE:
            return FileChange(name, kind, change, parts=list(_cells(_table(before), _table(after))))
        if kind is FileKind.FORM:
            return FileChange(name, kind, change, parts=list(_fields(_form(before), _form(after))))
        if name == DEADLINES:
            return FileChange(name, kind, change, parts=list(_deadlines(before, after)))
    except (EngineError, ValueError, KeyError, TypeError, AttributeError):
        pass  # what cannot be read is compared by lines
    return FileChange(name, kind, change, parts=list(_lines(before or b"", after or b"")))


def _diagram(content: bytes | None) -> Diagram | None:
    return read_diagram(content) if content is not None else None


_POINTS = frozenset({"default", "source", "target", "attached_to"})
"""Properties that name another shape."""


def _shapes(before: Diagram | None, after: Diagram | None) -> list[ShapeChange]:
    """What differs, shapes named as the drawing names them: a flow without a name by its two ends."""
    names = {**_names(before), **_names(after)}
    return [
        replace(
            change,
            name=names[change.element_id],
            properties=tuple(
                replace(one, before=names.get(one.before, one.before), after=names.get(one.after, one.after))
                if one.name in _POINTS
                else one
                for one in change.properties
            ),
        )
        for change in compare(before, after)
    ]


def _names(diagram: Diagram | None) -> dict[str, str]:
    """A shape without a name has none here; what is drawn between two named shapes is told by them."""
    found: dict[str, str] = {}
    for process in diagram.processes if diagram else ():
        found |= {key: shape.name for key, shape in process.elements.items()}
        for key, flow in process.flows.items():
            ends = [found.get(flow.source, ""), found.get(flow.target, "")]
            found[key] = flow.name or (" → ".join(ends) if all(ends) else "")
    return found


_Rows = dict[str, tuple[str, dict[str, str]]]


def _table(content: bytes | None) -> _Rows:
    """By decision and row id: the row's place for a reader, and its cells by column."""
    if content is None:
        return {}
    rows: _Rows = {}
    for element in load_model(content).elements():
        logic = element.logic if isinstance(element, Decision) else None
        if isinstance(logic, DecisionTable):
            names = [one.label or one.text for one in logic.inputs]
            outputs = [one.label or one.name or element.name for one in logic.outputs]
            rows[element.id] = (element.name, {"hitPolicy": str(logic.hit_policy)})
            for number, rule in enumerate(logic.rules, start=1):
                cells = {**dict(zip(names, rule.tests, strict=False)), **dict(zip(outputs, rule.outputs, strict=False))}
                cells |= dict(zip(logic.annotations, rule.annotations, strict=False))
                rows[f"{element.id} {rule.id or number}"] = (f"{element.name} #{number}", cells)
    return rows


def _cells(before: _Rows, after: _Rows) -> Iterator[PartChange]:
    for row, (place, cells) in after.items():
        if row not in before:
            yield PartChange("added", place, after=_whole(cells))
            continue
        for column, text in cells.items():
            old = before[row][1].get(column, "")
            if old != text:
                yield PartChange("changed", f"{place} · {column}", old, text)
    for row, (place, cells) in before.items():
        if row not in after:
            yield PartChange("removed", place, before=_whole(cells))


def _whole(cells: Mapping[str, str]) -> str:
    return " · ".join(text for text in cells.values() if text and text != "-")


def _form(content: bytes | None) -> dict[str, dict[str, Any]]:
    if content is None:
        return {}
    found: dict[str, dict[str, Any]] = {}
    waiting = list(orjson.loads(content).get("components", []))
    while waiting:
        component = waiting.pop(0)
        waiting[:0] = component.get("components") or []
        key = str(component.get("key") or component.get("path") or component.get("id"))
        found[key] = {name: value for name, value in component.items() if name not in {"components", "layout", "id"}}
    return found


def _fields(before: Mapping[str, dict[str, Any]], after: Mapping[str, dict[str, Any]]) -> Iterator[PartChange]:
    for key, field in after.items():
        name = str(field.get("label") or key)
        if key not in before:
            yield PartChange("added", name, after=str(field.get("type", "")))
            continue
        for prop in (*field, *(one for one in before[key] if one not in field)):
            old, new = before[key].get(prop), field.get(prop)
            if old != new:
                yield PartChange("changed", f"{name} · {prop}", _plain(old), _plain(new))
    for key, field in before.items():
        if key not in after:
            yield PartChange("removed", str(field.get("label") or key), before=str(field.get("type", "")))


def _plain(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _deadlines(before: bytes | None, after: bytes | None) -> Iterator[PartChange]:
    old, new = (
        {one.code: one for one in read_deadlines(content)} if content is not None else {} for content in (before, after)
    )
    for code in {**old, **new}:
        was, now = (_period(side[code]) if code in side else "" for side in (old, new))
        if was != now:
            yield PartChange("added" if not was else "removed" if not now else "changed", code, was, now)


def _period(one: NamedDeadline) -> str:
    rule = DeadlineRule(one.code, one.name, one.amount, one.unit, one.counts_from, one.source)
    return f"{rule.amount_words}，从{one.counts_from}起（{one.source}）"


def _lines(before: bytes, after: bytes) -> Iterator[PartChange]:
    old, new = (text.decode("utf-8", "replace").splitlines() for text in (before, after))
    for line in difflib.unified_diff(old, new, n=0, lineterm=""):
        if line.startswith(("---", "+++", "@@")):
            continue
        yield PartChange("added" if line[0] == "+" else "removed", "", *(("", line[1:]) if line[0] == "+"
                                                                         else (line[1:], "")))  # fmt: skip
