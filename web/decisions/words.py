"""A decision table in the words of an office: conditions, results and reviewers instead of FEEL and codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.message import Message, say
from tasks.deadlines.changing import LIGHT_NAMES
from web import words
from web.decisions.shown import shown
from web.language import joined, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

ACTS: Mapping[object, Message] = {
    "none": say("no pressing"),
    "reminder": say("reminder"),
    "bulletin": say("for the bulletin"),
    "close": say("to the closing review"),
    "study": say("to the committee, which studies it"),
}
"""What tables decide, besides what other pages have words for."""
NAMES: Mapping[object, Message] = {
    "previous_chain": say("Former reviewers"),
    "max_rounds": say("the most rounds"),
}
"""Inputs that no column of a table names."""
HITS: Mapping[object, Message] = {
    "FIRST": say("From above downwards; the first row that fits is used."),
    "UNIQUE": say("Exactly one row fits."),
    "COLLECT": say("All rows that fit are used."),
}
TYPES: Mapping[object, Message] = {"number": say("a number"), "date": say("a date")}
"""What an input expects, where it is typed."""
_LITERAL = r'"(?:[^"\\]|\\.)*"'
_LITERALS = re.compile(rf"{_LITERAL}(?:\s*,\s*{_LITERAL})*")
_LIST = re.compile(rf"\[\s*(?:{_LITERALS.pattern})?\s*\]")
_NOT = re.compile(r"not\((.+)\)")
_BETWEEN = re.compile(r"\[\s*([\d.]+)\s*\.\.\s*([\d.]+)\s*\)")
_COMPARED = re.compile(r"(<=|>=|<|>)\s*(.+)")
_SIGNS = {"<=": "≤", ">=": "≥", "<": "<", ">": ">"}


class Reader:
    """Reads the cells of tables aloud; `reviewers` are the names of an area's reviewers by their codes."""

    def __init__(self, reviewers: Mapping[str, str]) -> None:
        """Knows the words of the application and of the area."""
        self.reviewers = reviewers

    def code(self, code: str) -> str:
        """One code, or a text that is none, as it is."""
        for known in (words.SLIP_LEVELS, ACTS, words.RATINGS, words.LIGHTS, words.INPUTS):
            if code in known:
                return tell(known[code])  # type: ignore[index]
        return self.reviewers.get(code) or LIGHT_NAMES.get(code, code)

    def name(self, name: str) -> str:
        """An input by its name, where the table gives it no label."""
        return tell(NAMES[name]) if name in NAMES else name

    def cell(self, text: str) -> str:
        """A condition or a result as a person says it; what has no words stands as it is written."""
        text = text.strip()
        if text in {"", "-"}:
            return "–"
        if negated := _NOT.fullmatch(text):
            return self._other_than(negated[1].strip())
        if _LITERALS.fullmatch(text):
            return joined(self._literals(text))
        if _LIST.fullmatch(text):
            return " → ".join(self._literals(text))
        if between := _BETWEEN.fullmatch(text):
            return tell(say("{low} up to, but not {high}", low=between[1], high=between[2]))
        if compared := _COMPARED.fullmatch(text):
            return f"{_SIGNS[compared[1]]} {self.name(compared[2].strip())}"
        if text in {"true", "false"}:
            return tell(say("yes")) if text == "true" else tell(say("no"))
        if "previous_chain" in text:
            more = " → ".join(self._literals(text))
            return tell(say("the former reviewers, with {more}", more=more))
        return text

    def value(self, value: object) -> str:
        """A value that a decision answered."""
        if value is None:
            return "–"
        if isinstance(value, bool):
            return tell(say("yes")) if value else tell(say("no"))
        if isinstance(value, str):
            return self.code(value)
        if isinstance(value, (list, tuple)):
            return " → ".join(self.value(one) for one in value)
        return shown(value)

    def answer(self, result: object, columns: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """What a decision answered, by the labels of its columns (name, label)."""
        if isinstance(result, Mapping):
            labels = dict(columns)
            return [(labels.get(str(name), str(name)), self.value(one)) for name, one in result.items()]
        return [("", self.value(result))]

    def _other_than(self, text: str) -> str:
        if text == "null":
            return tell(say("any value"))
        return tell(say("not {what}", what=self.cell(text)))

    def _literals(self, text: str) -> list[str]:
        return [self.code(one[1:-1]) for one in re.findall(_LITERAL, text)]
