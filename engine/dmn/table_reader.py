"""From XML to decision tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.dmn.expressions import DecisionTable, InputClause, OutputClause, TableRule
from engine.dmn.tree import child, children, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element


def read_table(element: _Element) -> DecisionTable:
    """A decision table of either orientation: both are stored as rules."""
    return DecisionTable(
        tuple(_input(each) for each in children(element, "input")),
        tuple(_output(each) for each in children(element, "output")),
        tuple(_rule(each) for each in children(element, "rule")),
        hit_policy=element.get("hitPolicy", "UNIQUE"),
        aggregation=element.get("aggregation"),
        annotations=tuple(each.get("name", "") for each in children(element, "annotation")),
        label=element.get("outputLabel", ""),
        orientation=element.get("preferredOrientation", "Rule-as-Row"),
        id=element.get("id", ""),
        type_ref=element.get("typeRef"),
    )


def _input(element: _Element) -> InputClause:
    expression = child(element, "inputExpression")
    return InputClause(
        id=element.get("id", ""),
        label=element.get("label", ""),
        text=text_of(child(expression, "text")),
        type_ref=expression.get("typeRef") if expression is not None else None,
        allowed_values=text_of(child(child(element, "inputValues"), "text")) or None,
    )


def _output(element: _Element) -> OutputClause:
    return OutputClause(
        id=element.get("id", ""),
        name=" ".join(element.get("name", "").split()),
        label=element.get("label", ""),
        type_ref=element.get("typeRef"),
        allowed_values=text_of(child(child(element, "outputValues"), "text")) or None,
        default=text_of(child(child(element, "defaultOutputEntry"), "text")) or None,
    )


def _rule(element: _Element) -> TableRule:
    return TableRule(
        id=element.get("id", ""),
        # An empty cell is what editors write for "any value".
        tests=tuple(text_of(child(each, "text")) or "-" for each in children(element, "inputEntry")),
        outputs=tuple(text_of(child(each, "text")) for each in children(element, "outputEntry")),
        annotations=tuple(text_of(child(each, "text")) for each in children(element, "annotationEntry"))
        or tuple(filter(None, [text_of(child(element, "description"))])),
    )
