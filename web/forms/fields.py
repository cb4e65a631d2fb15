"""The fields of a form as the template draws them: names, ids, shown values, errors, what is hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from tasks.forms.schema import walk
from tasks.forms.service import visible
from tasks.forms.views import FILES, Component, ComponentType, FieldError, Form, Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from engine.message import Message

FEW = 4
"""Up to so many short choices stand beside each other."""
SHORT = 18


@dataclass(frozen=True, slots=True)
class Field:
    """One component with everything that drawing it needs."""

    component: Component
    name: str
    """The field's name in what is sent; the path of the component where it holds no value."""
    shown: Any
    """A string, a list of strings for a checklist."""
    options: tuple[Option, ...] = ()
    error: Message | None = None
    hidden: bool = False
    rows: tuple[tuple[Field, ...], ...] = ()
    """Of a dynamic list: the fields of each row."""
    pattern: tuple[Field, ...] = ()
    """Of a dynamic list: the fields of a row that is still to be added."""
    children: tuple[Field, ...] = ()
    in_list: bool = field(default=False)

    @property
    def id(self) -> str:
        """The element's id, which the error summary links to."""
        return f"f-{self.name}"

    @property
    def beside(self) -> bool:
        """Whether the choices are few and short enough to stand beside each other."""
        short = all(len(option.label) <= SHORT and not option.hint for option in self.options)
        return len(self.options) <= FEW and short


@dataclass(frozen=True, slots=True)
class Given:
    """What the fields are drawn from."""

    values: Mapping[str, Any]
    options: Mapping[str, Sequence[Option]]
    variables: Mapping[str, Any]
    visible: frozenset[str]
    errors: Mapping[str, Message]


def grouped(options: Iterable[Option]) -> list[tuple[str, list[Option]]]:
    """Options that follow each other below the same heading, with the heading; each without one by itself."""
    return [(group, list(found)) for group, found in groupby(options, key=lambda option: option.group)]


def fields(
    form: Form,
    values: Mapping[str, Any],
    options: Mapping[str, Sequence[Option]],
    variables: Mapping[str, Any],
    errors: Sequence[FieldError] = (),
) -> tuple[Field, ...]:
    """The fields of a form in the order of its schema, hidden ones too (a script may show them later)."""
    messages = {error.key: error.message for error in errors}
    known = _with_defaults(form.components, values)
    given = Given(known, options, variables, visible(form, known, variables), messages)
    return tuple(_field(component, given, known, "") for component in form.components)


def _with_defaults(components: tuple[Component, ...], values: Mapping[str, Any]) -> dict[str, Any]:
    """What the page shows before anybody chose: conditions must see the same."""
    defaults = {one.key: one.default for one in walk(components) if one.key and one.default is not None}
    return {**defaults, **{key: value for key, value in values.items() if value is not None or key not in defaults}}


def rows_of(drawn: Sequence[Field]) -> list[list[Field]]:
    """Fields grouped into the rows of the schema's layout; most rows hold one field."""
    rows: list[list[Field]] = []
    for one in drawn:
        same = rows and one.component.row and rows[-1][0].component.row == one.component.row
        beside = same and one.component.columns and sum(f.component.columns or 16 for f in rows[-1]) < 16
        if beside:
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _field(component: Component, given: Given, values: Mapping[str, Any], prefix: str) -> Field:
    name = prefix + (component.key or component.id)
    drawn = Field(
        component=component,
        name=name,
        shown=_shown(component, values.get(component.key) if component.key else None),
        options=_options(component, given),
        error=given.errors.get(name),
        hidden=component.id not in given.visible,
        in_list=bool(prefix),
    )
    if component.type is ComponentType.GROUP:
        return replace(drawn, children=tuple(_field(child, given, values, prefix) for child in component.children))
    if component.type is ComponentType.DYNAMICLIST:
        return _with_rows(drawn, given, values.get(component.key or ""))
    return drawn


def _with_rows(drawn: Field, given: Given, value: object) -> Field:
    children = drawn.component.children
    present = [row for row in value if isinstance(row, dict)] if isinstance(value, (list, tuple)) else []
    if not present and drawn.component.can_add_remove:
        present = [{}]
    return replace(
        drawn,
        rows=tuple(_row(children, given, row, f"{drawn.name}.{number}.") for number, row in enumerate(present)),
        pattern=_row(children, given, {}, f"{drawn.name}.#."),
    )


def _row(children: tuple[Component, ...], given: Given, row: Mapping[str, Any], prefix: str) -> tuple[Field, ...]:
    """The fields of one row; its conditions see the whole form and, before it, the row itself."""
    known = _with_defaults(children, row)
    shown = visible(Form("", "", children), known, {**given.variables, **given.values})
    inner = replace(given, visible=shown)
    return tuple(_field(child, inner, known, prefix) for child in children)


def _options(component: Component, given: Given) -> tuple[Option, ...]:
    if component.type is ComponentType.FILEPICKER:
        chosen = given.values.get(component.key or "") or ()
        return tuple(file for file in given.options.get(FILES, ()) if file.value in chosen)
    if component.options_source:
        return tuple(given.options.get(component.options_source, ()))
    return component.options


def _shown(component: Component, value: object) -> object:
    if component.type in (ComponentType.CHECKLIST, ComponentType.FILEPICKER):
        return [_text(one) for one in value] if isinstance(value, (list, tuple)) else []
    if component.type is ComponentType.CHECKBOX:
        return value in (True, "true", "on", "1")
    return _text(value)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case dt.datetime():
            return value.date().isoformat()
        case dt.date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)


def all_fields(drawn: Sequence[Field]) -> Iterator[Field]:
    """Every field, those in groups and rows included."""
    for one in drawn:
        yield one
        yield from all_fields(one.children)
        for row in one.rows:
            yield from all_fields(row)
