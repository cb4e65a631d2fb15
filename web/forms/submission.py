"""From the names and strings that a browser sends to the nested values that the schema declares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tasks.forms.views import Component, ComponentType, Form, Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from werkzeug.datastructures import MultiDict

MORE = "more"
"""The button that asks for one more row of a list where no script adds it; its value is the list's key."""
CONTROLS = frozenset({"csrf_token", "request_id", "then", MORE, "recorded_for", "recorded_scan"})
"""Fields of the page itself; everything else must be declared by the schema, or it is refused in `tasks`."""
MAX_ROWS = 500
_IN_LIST = re.compile(r"^(?P<list>[^.]+)\.(?P<row>\d{1,4})\.(?P<key>.+)$")


def submission(form: Form, sent: MultiDict[str, str]) -> dict[str, Any]:
    """The submitted values, still as strings: `{"key": "…", "checklist": ["…"], "list": [{"key": "…"}]}`.

    Undeclared names are passed on as they came, so that validation refuses them by name.
    """
    fields = {component.key: component for component in every(form.components) if component.key}
    values: dict[str, Any] = {}
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for name in sent:
        if name in CONTROLS:
            continue
        place = _IN_LIST.match(name)
        component = fields.get(place["list"]) if place else None
        if place and component and component.type is ComponentType.DYNAMICLIST and int(place["row"]) < MAX_ROWS:
            inner = {child.key: child for child in every(component.children) if child.key}
            row = rows.setdefault(place["list"], {}).setdefault(int(place["row"]), {})
            if place["key"] != "row":
                row[place["key"]] = _value(inner.get(place["key"]), sent, name)
        else:
            values[name] = _value(fields.get(name), sent, name)
    for key, numbered in rows.items():
        values[key] = [numbered[number] for number in sorted(numbered)]
    return values


def with_another_row(sent: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The same values with an empty row at the end of a list."""
    rows = sent.get(key)
    return {**sent, key: [*(rows if isinstance(rows, list) else []), {}]}


def every(components: tuple[Component, ...]) -> Iterator[Component]:
    """All components in order, those in groups included; what is inside a list belongs to its rows."""
    for component in components:
        yield component
        if component.type is ComponentType.GROUP:
            yield from every(component.children)


def _value(component: Component | None, sent: MultiDict[str, str], name: str) -> object:
    if component is not None and component.type in (ComponentType.CHECKLIST, ComponentType.FILEPICKER):
        return [value for value in sent.getlist(name) if value]
    return sent.getlist(name)[-1].replace("\r\n", "\n")


def typed(form: Form, values: Mapping[str, Any], files: Sequence[Option] = ()) -> list[tuple[str, str]]:
    """What was typed as label and text, for reading only (the page of a conflict)."""
    lines: list[tuple[str, str]] = []
    for component in every(form.components):
        if not component.key or values.get(component.key) in (None, "", []):
            continue
        choices = files if component.type is ComponentType.FILEPICKER else component.options
        lines.append((component.label or component.key, _readable(choices, values[component.key])))
    return lines


def _readable(choices: Sequence[Option], value: object) -> str:
    labels = {option.value: option.label for option in choices}
    if isinstance(value, list):
        rows = [" · ".join(str(cell) for cell in row.values()) if isinstance(row, dict) else str(row) for row in value]
        return "\n".join(labels.get(row, row) for row in rows)
    return labels.get(str(value), str(value))
