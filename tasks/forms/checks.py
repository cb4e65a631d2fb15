"""What a typed value must fulfil: one small check for each constraint."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import regex

from engine.message import Message, say
from tasks.forms.views import Component, ComponentType, Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = {ComponentType.TEXTFIELD: 500, ComponentType.TEXTAREA: 20_000}
"""Where the schema sets no maximum: nobody types more, and nothing larger should reach the database."""
MOST_ROWS = 100
_PATTERN_SECONDS = 0.05


def problems(component: Component, value: Any, options: Sequence[Option]) -> Iterator[Message]:
    """Everything that is wrong with the value of a visible field."""
    if component.type is ComponentType.DYNAMICLIST:
        yield from _rows(component, value)
        return
    if value is None or value is False or value in ("", []):  # the number 0 is an answer
        if component.constraints.required:
            yield _missing(component)
        return
    if component.type is ComponentType.FILEPICKER:
        yield from _files(component, value, options)
    elif isinstance(value, str):
        yield from _text(component, value, options)
    elif isinstance(value, Decimal):
        yield from _number(component, value)
    elif isinstance(value, list):
        known = {option.value for option in options}
        for entry in value:
            if entry not in known:
                yield say("“{value}” is not one of the choices.", value=entry)
    elif isinstance(value, dt.date) and not dt.date(1990, 1, 1) <= value <= dt.date(2100, 1, 1):
        yield say("The year of this date cannot be right.")


def _files(component: Component, value: list[str], options: Sequence[Option]) -> Iterator[Message]:
    names = {option.value: option.label for option in options}
    if any(entry not in names for entry in value):
        yield say("A file of “{label}” is not there any more: add it again.", label=component.label)
    most = component.constraints.max_items
    if most is not None and len(value) > most:
        yield say("“{label}” takes at most {most} files.", label=component.label, most=most)
    for name in (names[entry] for entry in value if entry in names):
        if component.accept and name.rpartition(".")[2].lower() not in component.accept:
            kinds = "、".join(component.accept)
            yield say("“{name}” does not fit here: {kinds} are asked for.", name=name, kinds=kinds)


def _missing(component: Component) -> Message:
    if component.type in (ComponentType.SELECT, ComponentType.RADIO, ComponentType.CHECKLIST):
        return say("Choose an answer for “{label}”.", label=component.label)
    if component.type is ComponentType.FILEPICKER:
        return say("Add a file to “{label}”.", label=component.label)
    if component.type is ComponentType.DATE:
        return say("Enter the date of “{label}”.", label=component.label)
    if component.type is ComponentType.CHECKBOX:
        return say("Tick “{label}”.", label=component.label)
    return say("Fill in “{label}”.", label=component.label)


def _text(component: Component, value: str, options: Sequence[Option]) -> Iterator[Message]:
    if component.type in (ComponentType.SELECT, ComponentType.RADIO):
        if value not in {option.value for option in options}:
            yield say("“{value}” is not one of the choices.", value=value)
        return
    rules = component.constraints
    most = rules.max_length if rules.max_length is not None else LONGEST[component.type]
    if len(value) > most:
        yield say("At most {most} characters, found {found}.", most=most, found=len(value))
    if rules.min_length is not None and len(value) < rules.min_length:
        yield say("At least {least} characters, found {found}.", least=rules.min_length, found=len(value))
    if rules.pattern and not _matches(rules.pattern, value[:most]):
        yield (
            say("“{value}” does not fit: {hint}", value=value[:60], hint=rules.pattern_hint)
            if rules.pattern_hint
            else say("“{value}” is not written as expected.", value=value[:60])
        )


def _matches(pattern: str, value: str) -> bool:
    try:
        return regex.search(pattern, value, timeout=_PATTERN_SECONDS) is not None
    except TimeoutError:
        return False


def _number(component: Component, value: Decimal) -> Iterator[Message]:
    rules = component.constraints
    if rules.minimum is not None and value < Decimal(str(rules.minimum)):
        yield say("At least {least}, found {found}.", least=rules.minimum, found=str(value))
    if rules.maximum is not None and value > Decimal(str(rules.maximum)):
        yield say("At most {most}, found {found}.", most=rules.maximum, found=str(value))
    exponent = value.as_tuple().exponent
    if rules.decimal_digits is not None and isinstance(exponent, int) and -exponent > rules.decimal_digits:
        yield say("At most {digits} decimal places.", digits=rules.decimal_digits)


def _rows(component: Component, value: list[Any]) -> Iterator[Message]:
    least, most = component.constraints.min_items or 0, component.constraints.max_items or MOST_ROWS
    if len(value) < least:
        yield say("“{label}” needs at least {least} rows.", label=component.label, least=least)
    if len(value) > most:
        yield say("“{label}” holds at most {most} rows.", label=component.label, most=most)
