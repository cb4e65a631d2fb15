"""Writing the rules of a decision table into its file, and nothing else: what was not changed stays as it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from engine.dmn.document import LARGEST
from engine.dmn.errors import DmnError
from engine.dmn.tree import child, children, text_of
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule as its cells are written."""

    id: str
    tests: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...]


def rules_of(content: bytes, decision_id: str) -> list[RuleText]:
    """The rules of a decision's table, in order."""
    return [_text(rule) for rule in children(_table(_read(content), decision_id), "rule")]


def with_rules(content: bytes, decision_id: str, rules: Sequence[RuleText]) -> bytes:
    """The file with these rules in place of those of a decision's table.

    A rule that is written as it stands keeps its very element; the order is that of `rules`.

    Raises:
        DmnError: the file holds no such table.
    """
    root = _read(content)
    table = _table(root, decision_id)
    held = {rule.get("id", ""): rule for rule in children(table, "rule")}
    tails = [former.tail for former in held.values()] or ["\n"]
    for former in held.values():
        table.remove(former)
    for place, rule in enumerate(rules, 1):
        element = held.get(rule.id)
        if element is None or _text(element) != rule:
            element = _element(table, rule)
        element.tail = tails[-1] if place == len(rules) else tails[0]
        table.append(element)
    written: bytes = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8")
    return written


def _read(content: bytes) -> _Element:
    if len(content) > LARGEST:
        raise DmnError(say("The file has {size} bytes; at most {limit} are read.", size=len(content), limit=LARGEST))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise DmnError(say("The file is no well-formed XML: {reason}", reason=error.msg)) from error


def _table(root: _Element, decision_id: str) -> _Element:
    for decision in children(root, "decision"):
        table = child(decision, "decisionTable")
        if decision.get("id") == decision_id and table is not None:
            return table
    raise DmnError(say("The file holds no decision table “{name}”.", name=decision_id))


def _text(rule: _Element) -> RuleText:
    return RuleText(
        rule.get("id", ""),
        tuple(text_of(child(each, "text")) or "-" for each in children(rule, "inputEntry")),
        tuple(text_of(child(each, "text")) for each in children(rule, "outputEntry")),
        tuple(text_of(child(each, "text")) for each in children(rule, "annotationEntry")),
    )


def _element(table: _Element, rule: RuleText) -> _Element:
    namespace = etree.QName(table).namespace
    made = etree.SubElement(table, f"{{{namespace}}}rule", id=rule.id)
    cells = [("inputEntry", f"{rule.id}_in_{n}", text) for n, text in enumerate(rule.tests, 1)]
    cells += [("outputEntry", f"{rule.id}_out_{n}", text) for n, text in enumerate(rule.outputs, 1)]
    for tag, identifier, text in cells:
        cell = etree.SubElement(made, f"{{{namespace}}}{tag}", id=identifier)
        etree.SubElement(cell, f"{{{namespace}}}text").text = text
    for text in rule.annotations:
        cell = etree.SubElement(made, f"{{{namespace}}}annotationEntry")
        etree.SubElement(cell, f"{{{namespace}}}text").text = text
    return made
