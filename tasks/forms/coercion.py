"""From what a browser or an importer sends to typed values; nothing is checked here beyond the type."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from engine.message import Message, say
from tasks.forms.views import Component, ComponentType

if TYPE_CHECKING:
    from collections.abc import Callable

_TRUE = frozenset({True, "true", "on", "1", "yes"})
_FALSE = frozenset({False, None, "", "false", "off", "0", "no"})


class WrongType(ValueError):
    """The value cannot be read as the field's type; the message is for the person."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def coerce(component: Component, value: object) -> Any:
    """The typed value of one field, or None where nothing was given."""
    return _COERCIONS[component.type](value)


def _text(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str | int | float | Decimal) or isinstance(value, bool):
        raise WrongType(say("Expected a text."))
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if "\x00" in text:
        raise WrongType(say("The text holds a character that cannot be stored."))
    return text or None


def _number(value: object) -> Decimal | None:
    text = _text(value)
    if text is None:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise WrongType(say("Expected a number, found “{text}”.", text=text)) from error
    if not number.is_finite() or number.adjusted() > 30:
        raise WrongType(say("Expected a number, found “{text}”.", text=text))
    return number


def _flag(value: object) -> bool:
    if isinstance(value, str):
        value = value.lower()
    if isinstance(value, bool | str | None) and value in _TRUE | _FALSE:
        return value in _TRUE
    raise WrongType(say("Expected yes or no."))


def _list(value: object) -> list[str]:
    if value in (None, ""):
        return []
    values = value if isinstance(value, list | tuple) else [value]
    texts = [entry for entry in values if isinstance(entry, str)]
    if len(texts) != len(values):
        raise WrongType(say("Expected a list of choices."))
    return list(dict.fromkeys(text for text in texts if text))


def _date(value: object) -> dt.date | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = _text(value)
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise WrongType(say("Expected a date such as 2026-03-27, found “{text}”.", text=text)) from error


def _rows(value: object) -> list[dict[str, Any]]:
    if value in (None, ""):
        return []
    if isinstance(value, dict) and all(str(index).isdigit() for index in value):
        value = [value[index] for index in sorted(value, key=int)]
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        raise WrongType(say("Expected a list of rows."))
    return value


_COERCIONS: dict[ComponentType, Callable[[object], Any]] = {
    ComponentType.TEXTFIELD: _text,
    ComponentType.TEXTAREA: _text,
    ComponentType.NUMBER: _number,
    ComponentType.SELECT: _text,
    ComponentType.RADIO: _text,
    ComponentType.CHECKBOX: _flag,
    ComponentType.CHECKLIST: _list,
    ComponentType.FILEPICKER: _list,
    ComponentType.DATE: _date,
    ComponentType.DYNAMICLIST: _rows,
}
