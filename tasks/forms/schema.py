"""Reading a form-js schema: what Banli can render and validate is read, anything else is refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from engine.errors import EngineError
from engine.message import say
from tasks.forms.views import Component, ComponentType, Constraints, Form, Option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_HOLDS_VALUE = frozenset(ComponentType) - {ComponentType.GROUP, ComponentType.TEXT, ComponentType.SEPARATOR}
_CHOICES = frozenset({ComponentType.SELECT, ComponentType.RADIO, ComponentType.CHECKLIST})
_NESTED = frozenset({ComponentType.GROUP, ComponentType.DYNAMICLIST})
_DEEPEST = 5


class FormRefused(EngineError):
    """A schema that cannot be rendered or validated; the message names the component."""


def read_form(content: bytes | str) -> Form:
    """The form in a `.form` file."""
    try:
        schema = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise FormRefused(say("Expected a form-js schema in JSON: {reason}.", reason=str(error))) from error
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        raise FormRefused(say("Expected a form-js schema with a list of components."))
    form_id = str(schema.get("id", ""))
    if not form_id:
        raise FormRefused(say("Expected the form to have an id."))
    components = tuple(_read_all(form_id, schema["components"], depth=0))
    _refuse_repeated_keys(form_id, components)
    properties = schema.get("properties") or {}
    return Form(form_id, str(schema.get("name") or properties.get("name") or form_id), components)


def walk(components: Iterable[Component]) -> Iterator[Component]:
    """All components of a form that belong to its own level: groups are looked into, dynamic lists are not."""
    for component in components:
        yield component
        if component.type is ComponentType.GROUP:
            yield from walk(component.children)


def option_sources(components: Iterable[Component]) -> set[str]:
    """The named option sources that a form refers to, at any depth."""
    found: set[str] = set()
    for component in components:
        if component.options_source:
            found.add(component.options_source)
        found |= option_sources(component.children)
    return found


def _read_all(form_id: str, rows: list[dict[str, Any]], depth: int) -> Iterator[Component]:
    if depth > _DEEPEST:
        raise FormRefused(say("The form “{form}” nests its components too deep.", form=form_id))
    for row in rows:
        yield _read(form_id, row, depth)


def _read(form_id: str, row: Mapping[str, Any], depth: int) -> Component:
    component_type = _type(form_id, row)
    if component_type is ComponentType.DYNAMICLIST:
        _refuse_files_in_rows(form_id, row)
    label = str(row.get("dateLabel") or row.get("label") or "")
    key = row.get("path") if component_type in _NESTED else row.get("key")
    if component_type is ComponentType.GROUP:
        key = None
    elif component_type in _HOLDS_VALUE and (not key or "." in str(key)):
        raise FormRefused(
            say("The field “{label}” of the form “{form}” needs a key without dots.", label=label, form=form_id)
        )
    appearance = row.get("appearance") or {}
    layout = row.get("layout") or {}
    properties = row.get("properties") or {}
    return Component(
        id=str(row.get("id") or key),
        type=component_type,
        key=str(key) if key and component_type in _HOLDS_VALUE else None,
        label=label,
        description=str(row.get("description") or ""),
        text=str(row.get("text") or ""),
        constraints=_constraints(row, properties),
        options=_options(form_id, label, row, component_type),
        options_source=row.get("valuesKey"),
        hide=_condition(row),
        default=row.get("defaultValue"),
        read_only=bool(row.get("readonly") or row.get("disabled")),
        columns=layout.get("columns"),
        row=layout.get("row"),
        rows=int(properties["rows"]) if "rows" in properties else None,
        can_add_remove=bool(row.get("allowAddRemove", True)),
        prefix=str(appearance.get("prefixAdorner") or ""),
        suffix=str(appearance.get("suffixAdorner") or ""),
        accept=_endings(row),
        children=tuple(_read_all(form_id, row.get("components") or [], depth + 1)),
    )


def _refuse_files_in_rows(form_id: str, row: Mapping[str, Any]) -> None:
    for inner in row.get("components") or []:
        if inner.get("type") == ComponentType.FILEPICKER:
            raise FormRefused(say("The form “{form}” asks for files in the rows of a list; put the file field beside "
                                  "the list.", form=form_id))  # fmt: skip
        _refuse_files_in_rows(form_id, inner)


def _type(form_id: str, row: Mapping[str, Any]) -> ComponentType:
    name = str(row.get("type"))
    if name not in set(ComponentType):
        known = ", ".join(ComponentType)
        raise FormRefused(
            say("The form “{form}” has a component “{type}”; known are: {known}.", form=form_id, type=name, known=known)
        )
    if name == ComponentType.DATE and row.get("subtype", "date") != "date":
        raise FormRefused(say("The form “{form}” asks for a time; only dates are known.", form=form_id))
    return ComponentType(name)


def _options(form_id: str, label: str, row: Mapping[str, Any], kind: ComponentType) -> tuple[Option, ...]:
    if kind not in _CHOICES:
        return ()
    if row.get("valuesExpression"):
        raise FormRefused(
            say(
                "The choices of “{label}” in “{form}” come from an expression; name a source.",
                label=label,
                form=form_id,
            )
        )
    values = row.get("values") or []
    if not values and not row.get("valuesKey"):
        raise FormRefused(say("The field “{label}” of the form “{form}” has no choices.", label=label, form=form_id))
    return tuple(
        Option(str(value["value"]), str(value.get("label") or value["value"]), str(value.get("hint") or ""))
        for value in values
    )


def _constraints(row: Mapping[str, Any], properties: Mapping[str, Any]) -> Constraints:
    rules = row.get("validate") or {}
    return Constraints(
        required=bool(rules.get("required")),
        min_length=_whole(rules.get("minLength")),
        max_length=_whole(rules.get("maxLength")),
        pattern=rules.get("pattern") or _PATTERNS.get(str(rules.get("validationType"))),
        pattern_hint=str(properties.get("patternMessage") or ""),
        minimum=_number(rules.get("min")),
        maximum=_number(rules.get("max")),
        decimal_digits=_whole(row.get("decimalDigits")),
        min_items=_whole(properties.get("minItems")),
        max_items=1 if _takes_one_file(row) else _whole(properties.get("maxItems")),
    )


def _takes_one_file(row: Mapping[str, Any]) -> bool:
    return row.get("type") == ComponentType.FILEPICKER and not row.get("multiple")


def _endings(row: Mapping[str, Any]) -> tuple[str, ...]:
    """`.pdf,.jpg` as form-js writes it; media types are not understood and left out."""
    wanted = (part.strip().lower() for part in str(row.get("accept") or "").split(","))
    return tuple(part.removeprefix(".") for part in wanted if part.startswith("."))


_PATTERNS = {"phone": r"^\+?[0-9][0-9 \-]{4,18}$", "email": r"^[^@\s]{1,64}@[^@\s]{1,190}$"}


def _condition(row: Mapping[str, Any]) -> str | None:
    hide = (row.get("conditional") or {}).get("hide")
    return str(hide).removeprefix("=").strip() or None if hide else None


def _whole(value: object) -> int | None:
    return None if value in (None, "") else int(str(value))


def _number(value: object) -> float | None:
    return None if value in (None, "") else float(str(value))


def _refuse_repeated_keys(form_id: str, components: tuple[Component, ...]) -> None:
    seen: set[str] = set()
    for component in walk(components):
        if component.key is not None:
            if component.key in seen:
                raise FormRefused(say("The form “{form}” has the key “{key}” twice.", form=form_id, key=component.key))
            seen.add(component.key)
        if component.type is ComponentType.DYNAMICLIST:
            _refuse_repeated_keys(form_id, component.children)
