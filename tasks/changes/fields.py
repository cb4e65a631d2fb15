"""The fields of a setting: how they are typed, checked, kept and said in words. Forms, sheets and the log read them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from engine.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

LONGEST_LINE, LONGEST_TEXT, MOST_LINES = 200, 2000, 200
YES, NO = say("Yes"), say("No")
_TRUE, _FALSE = frozenset({"true", "1", "on", "yes", "是"}), frozenset({"", "false", "0", "no", "否"})
_MONTH_DAY = re.compile(r"^(\d{1,2})(?:-|月)(\d{1,2})日?$")
_SEPARATORS, _LINE_ENDS = re.compile(r"[\n、；;]+"), re.compile(r"\n+")


class FieldType(StrEnum):
    """What one types into a field."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    SHARE = "share"
    """A number between 0 and 1."""
    FLAG = "flag"
    DAY = "day"
    MONTH_DAY = "month_day"
    CLOCK = "clock"
    CHOICE = "choice"
    CHOICES = "choices"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of setting."""

    name: str
    label: Message
    type: FieldType = FieldType.TEXT
    required: bool = True
    choices: Callable[[Session], Mapping[str, str]] | None = None
    least: int = 0
    most: int = 1_000_000
    pattern: str = ""
    wrong: Message | None = None
    """What is said when the pattern does not fit."""
    help: Message | None = None
    fixed: bool = False
    """Typed once, when it is made; it is what the thing is known by."""


def parsed(field: Field, typed: str | list[str], choices: Mapping[str, str]) -> tuple[Any, Message | None]:
    """The value that was typed as it is kept, or what is wrong with it."""
    if field.type in (FieldType.CHOICES, FieldType.LINES):
        return _many(field, typed, choices)
    text = (typed if isinstance(typed, str) else next(iter(typed), "")).strip()
    if field.type is FieldType.FLAG:
        low = text.lower()
        if low not in _TRUE | _FALSE:
            return None, say("Expected yes or no, found “{found}”.", found=text)
        return low in _TRUE, None
    if not text:
        return _EMPTY.get(field.type, ""), say("This must be filled in.") if field.required else None
    return _PARSERS[field.type](field, text, choices)


def _many(field: Field, typed: str | list[str], choices: Mapping[str, str]) -> tuple[Any, Message | None]:
    pieces = typed if isinstance(typed, list) else [typed]
    apart = _SEPARATORS if field.type is FieldType.CHOICES else _LINE_ENDS
    found = list(dict.fromkeys(one.strip() for piece in pieces for one in apart.split(piece) if one.strip()))
    if field.type is FieldType.CHOICES:
        codes = {name: code for code, name in choices.items()}
        found = [one if one in choices else codes.get(one, one) for one in found]
        strange = [one for one in found if one not in choices]
        if strange:
            return found, say("There is no “{found}” to choose.", found="、".join(strange))
    if field.required and not found:
        return found, say("This must be filled in.")
    if len(found) > MOST_LINES:
        return found, say("At most {n} entries.", n=MOST_LINES)
    long = next((one for one in found if len(one) > LONGEST_LINE), None)
    if long is not None:
        return found, say("“{start}…” is longer than {n} characters.", start=long[:12], n=LONGEST_LINE)
    return found, None


def _text(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    longest = LONGEST_TEXT if field.type is FieldType.LONG else LONGEST_LINE
    if len(text) > longest:
        return text, say("At most {n} characters; these are {found}.", n=longest, found=len(text))
    if field.pattern and not re.fullmatch(field.pattern, text):
        return text, field.wrong or say("“{found}” is not written as expected.", found=text)
    return text, None


def _number(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        return None, say("Expected a whole number, found “{found}”.", found=text)
    number = int(text)
    if not field.least <= number <= field.most:
        return number, say("Expected a number from {least} to {most}, found {found}.", least=field.least,
                           most=field.most, found=number)  # fmt: skip
    return number, None


def _share(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    if not re.fullmatch(r"0?\.[0-9]{1,4}|[01](\.[0-9]{1,4})?", text) or not 0 < float(text) <= 1:
        return None, say("Expected a share between 0 and 1 such as 0.5, found “{found}”.", found=text)
    return float(text), None


def _day(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    try:
        day = dt.date.fromisoformat(text.split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0])
    except ValueError:
        return None, say("Expected a date such as 2026-05-08, found “{found}”.", found=text)
    if not 1990 <= day.year <= 2100:
        return None, say("Expected a date between 1990 and 2100, found {found}.", found=day.isoformat())
    return day.isoformat(), None


def _month_day(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    found = _MONTH_DAY.match(text)
    try:
        day = dt.date(2025, int(found[1]), int(found[2])) if found else None
    except ValueError:
        day = None
    if day is None:
        return None, say("Expected a day of the year such as 06-30, found “{found}”.", found=text)
    return f"{day:%m-%d}", None


def _clock(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", text.replace("：", ":"))
    if not found or not ((0 <= int(found[1]) < 24 and int(found[2]) < 60) or (found[1], found[2]) == ("24", "00")):
        return None, say("Expected a time such as 17:30 or 24:00, found “{found}”.", found=text)
    return f"{int(found[1]):02}:{found[2]}", None


def _choice(field: Field, text: str, choices: Mapping[str, str]) -> tuple[Any, Message | None]:  # noqa: ARG001
    if text in choices:
        return text, None
    code = next((code for code, name in choices.items() if name == text), None)
    return code or text, None if code is not None else say("There is no “{found}” to choose.", found=text)


_EMPTY: dict[FieldType, Any] = {FieldType.NUMBER: None, FieldType.SHARE: None}
_PARSERS: dict[FieldType, Callable[[Field, str, Mapping[str, str]], tuple[Any, Message | None]]] = {
    FieldType.TEXT: _text,
    FieldType.LONG: _text,
    FieldType.NUMBER: _number,
    FieldType.SHARE: _share,
    FieldType.DAY: _day,
    FieldType.MONTH_DAY: _month_day,
    FieldType.CLOCK: _clock,
    FieldType.CHOICE: _choice,
}


def said(field: Field, value: Any, choices: Mapping[str, str]) -> Message | str:
    """A kept value as a person reads it."""
    if field.type is FieldType.FLAG:
        return YES if value else NO
    if isinstance(value, list):
        return "、".join(choices.get(str(one), str(one)) for one in value)
    if value is None or value == "":
        return ""
    if field.type is FieldType.CHOICE:
        return choices.get(str(value), str(value))
    return str(value)
