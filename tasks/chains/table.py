"""The table of review chains between its file and the words of an office."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.dmn.editing import RuleText
from tasks.handling.key_items import KEY_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DECISION, PACKAGE, FILE = "review_chain", "handling", "review-chain.dmn"
ANY = "-"
CHOICES: dict[str, dict[str, str]] = {
    "level": {'"own"': "自有", '"upper"': "上级交办"},
    "role": {'"lead", "separate"': "主办、分办", '"lead"': "主办", '"separate"': "分别办理", '"co"': "会办"},
    "round": {"1": "第一轮", ">= 2": "第二轮起"},
    "key": {
        'not("no")': "重点件", '"no"': "不是重点件",
        '"leader", "congress", "cppcc", "unit"': "重点件（县长领办的除外）",
        **{f'"{code}"': name for code, name in KEY_KINDS.items() if code != "no"},
    },
    "result_class": {'"A"': "A类", '"B"': "B类", '"C"': "C类"},
    "stage": {'"second"': "二次答复", 'not("second")': "不是二次答复"},
    "funds": {"true": "涉及", "false": "不涉及"},
}  # fmt: skip
"""What an office may choose for each condition: FEEL as the table has it, and the words for it."""
_WORDS = {
    "own": "自有", "upper": "上级交办", "lead": "主办", "separate": "分别办理", "co": "会办", "second": "二次答复",
    "first": "首次答复", "no": "不是重点件", **{code: name for code, name in KEY_KINDS.items() if code != "no"},
}  # fmt: skip
_PLACES = {"lead": "单位", "co": "会办单位", "hub": "府办", "committee": "委员会", "leadership": ""}
_LIST = re.compile(r'^\[\s*(?:"[A-Z][A-Z0-9]{0,5}"\s*(?:,\s*"[A-Z][A-Z0-9]{0,5}"\s*)*)?\]$')
_CODE = re.compile(r'"([A-Z][A-Z0-9]{0,5})"')
_TEXT = re.compile(r'^"((?:[^"\\]|\\.)*)"$')


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One row: conditions in the order of the columns, reviewers in the order of their turn."""

    id: str
    tests: tuple[str, ...]
    nodes: tuple[str, ...]
    expression: str
    """FEEL, where the reviewers are computed and cannot be listed; empty otherwise."""
    label: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class ChainColumn:
    """A condition: what it is called, and the name of its input."""

    label: str
    name: str


def row_of(rule: RuleText) -> ChainRow:
    """A rule of the file as a row."""
    output, label, basis = rule.outputs
    plain = bool(_LIST.match(output))
    return ChainRow(
        rule.id,
        rule.tests,
        tuple(_CODE.findall(output)),
        "" if plain else output,
        _unquoted(label),
        _unquoted(basis),
        "; ".join(rule.annotations),
    )


def rule_of(row: ChainRow) -> RuleText:
    """A row as the file has it."""
    output = row.expression or "[" + ", ".join(f'"{code}"' for code in row.nodes) + "]"
    return RuleText(row.id, row.tests, (output, _quoted(row.label), _quoted(row.basis)), (row.note,))


def content_of(rows: Sequence[ChainRow]) -> dict[str, Any]:
    """The table as the log of changes keeps it."""
    return {
        "lines": [line_of(row) for row in rows],
        "rows": [
            {"id": row.id, "tests": list(row.tests), "nodes": list(row.nodes), "expression": row.expression,
             "label": row.label, "basis": row.basis, "note": row.note} for row in rows
        ],
    }  # fmt: skip


def rows_of(content: Mapping[str, Any]) -> list[ChainRow]:
    """The rows that the log has kept."""
    return [
        ChainRow(**{**row, "tests": tuple(row["tests"]), "nodes": tuple(row["nodes"])}) for row in content["rows"]
    ]


def line_of(row: ChainRow) -> str:
    """A row in one line, for the log."""
    conditions = "，".join(words for test in row.tests if (words := words_of(test)) != "–") or "任意"
    return f"{row.label} {conditions}：{'→'.join(row.nodes)}{'（推算）' if row.expression else ''}"


def words_of(test: str) -> str:
    """A condition in words; what has none stands as it is written."""
    if test == ANY:
        return "–"
    for known in CHOICES.values():
        if test in known:
            return known[test]
    found = re.findall(r'"([^"]*)"', test)
    if found and not re.sub(r'"[^"]*"|[\s,]', "", test):
        return "、".join(_WORDS.get(one, one) for one in found)
    if re.fullmatch(r'not\("[^"]*"\)', test):
        return f"不是{_WORDS.get(found[0], found[0])}"
    return test.replace(">=", "≥").replace("<=", "≤").replace(" ", "")


def spoken_name(node: Mapping[str, Any]) -> str:
    """What a reviewer is called where no case is in sight: whose person she is instead of a unit's name."""
    return str(node.get("name", "")).replace("{unit}", _PLACES.get(str(node.get("side", "")), ""))


def numbered(rows: Sequence[ChainRow]) -> str:
    """A label that no row has yet."""
    taken = {row.label for row in rows}
    return next(f"第 {n} 行" for n in range(1, len(rows) + 20) if f"第 {n} 行" not in taken)


def with_row(rows: Sequence[ChainRow], row: ChainRow, place: int | None = None) -> list[ChainRow]:
    """The rows with one changed in its place, or put at a place counted from 0."""
    others = [one for one in rows if one.id != row.id]
    index = next((n for n, one in enumerate(rows) if one.id == row.id), len(others))
    others.insert(index if place is None else place, row)
    return others


def renamed(row: ChainRow, identifier: str) -> ChainRow:
    """The same row under another id."""
    return replace(row, id=identifier)


def _unquoted(text: str) -> str:
    found = _TEXT.match(text.strip())
    return found[1].replace('\\"', '"').replace("\\\\", "\\") if found else text


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
