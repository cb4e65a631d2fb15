"""From the syntax tree back to text; reading the text again gives the same tree."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from engine.feel.lexer import words
from engine.feel.parser.cursor import KEYWORDS
from engine.feel.syntax import (
    Arithmetic,
    AtLiteral,
    Between,
    Call,
    Comparison,
    Conjunction,
    Constant,
    ContextLiteral,
    Disjunction,
    Filter,
    For,
    FunctionDefinition,
    If,
    In,
    InstanceOf,
    Interval,
    Iteration,
    ListLiteral,
    Name,
    Negation,
    Node,
    Path,
    Quantified,
    UnaryComparison,
    UnaryTests,
)
from engine.feel.values.text import string_literal

if TYPE_CHECKING:
    from collections.abc import Callable

# How tightly each node holds together; an operand that holds less tightly than its place needs is put in brackets.
_LOOSE, _OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER, _SIGN, _TIGHT = range(9)
_ARITHMETIC = {"+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER}


def print_expression(node: Node) -> str:
    """The FEEL text of an expression or of unary tests."""
    return _text(node, _LOOSE)


def _text(node: Any, needed: int) -> str:
    text, binds = _PRINTERS[type(node)](node)
    return text if binds >= needed else f"({text})"


def _constant(node: Constant) -> tuple[str, int]:
    value = node.value
    if isinstance(value, Decimal):
        return str(value).replace("E+", "e"), _TIGHT
    if isinstance(value, str):
        return string_literal(value), _TIGHT
    return {True: "true", False: "false", None: "null"}[value], _TIGHT


def _at_literal(node: AtLiteral) -> tuple[str, int]:
    return f"@{string_literal(node.text)}", _TIGHT


def _name(node: Name) -> tuple[str, int]:
    return node.name, _TIGHT


def _negation(node: Negation) -> tuple[str, int]:
    return f"-{_text(node.operand, _SIGN)}", _SIGN


def _arithmetic(node: Arithmetic) -> tuple[str, int]:
    binds = _ARITHMETIC[node.operator]
    return f"{_text(node.left, binds)} {node.operator} {_text(node.right, binds + 1)}", binds


def _comparison(node: Comparison) -> tuple[str, int]:
    return f"{_text(node.left, _COMPARE)} {node.operator} {_text(node.right, _ADD)}", _COMPARE


def _conjunction(node: Conjunction) -> tuple[str, int]:
    return " and ".join(_text(each, _COMPARE) for each in node.operands), _AND


def _disjunction(node: Disjunction) -> tuple[str, int]:
    return " or ".join(_text(each, _AND) for each in node.operands), _OR


def _between(node: Between) -> tuple[str, int]:
    value, low, high = _text(node.value, _COMPARE), _text(node.low, _ADD), _text(node.high, _ADD)
    return f"{value} between {low} and {high}", _COMPARE


def _in(node: In) -> tuple[str, int]:
    tests = ", ".join(_test(each) for each in node.tests)
    return f"{_text(node.value, _COMPARE)} in ({tests})", _COMPARE


def _test(node: Node) -> str:
    if isinstance(node, UnaryComparison):
        return f"{node.operator} {_text(node.operand, _ADD)}"
    return _text(node, _LOOSE)


def _instance_of(node: InstanceOf) -> tuple[str, int]:
    # A sign binds tighter than "instance of", so a signed operand needs no brackets.
    return f"{_text(node.value, _SIGN)} instance of {node.type}", _POWER


def _unary_comparison(node: UnaryComparison) -> tuple[str, int]:
    return f"({_test(node)})", _TIGHT


def _interval(node: Interval) -> tuple[str, int]:
    opening, closing = "[" if node.low_closed else "(", "]" if node.high_closed else ")"
    return f"{opening}{_text(node.low, _LOOSE)}..{_text(node.high, _LOOSE)}{closing}", _TIGHT


def _list(node: ListLiteral) -> tuple[str, int]:
    return "[" + ", ".join(_test(each) for each in node.items) + "]", _TIGHT


def _context(node: ContextLiteral) -> tuple[str, int]:
    entries = ", ".join(f"{_key(key)}: {_text(value, _LOOSE)}" for key, value in node.entries)
    return "{" + entries + "}", _TIGHT


def _key(key: str) -> str:
    parts = words(key)
    plain = len(parts) == 1 and parts[0] == key and key not in KEYWORDS and (key[0].isalpha() or key[0] == "_")
    return key if plain else string_literal(key)


def _path(node: Path) -> tuple[str, int]:
    return f"{_source(node.source)}.{node.name}", _TIGHT


def _filter(node: Filter) -> tuple[str, int]:
    return f"{_source(node.source)}[{_text(node.condition, _LOOSE)}]", _TIGHT


def _source(node: Node) -> str:
    text = _text(node, _TIGHT)
    # "1.a" would be read as a number and "1..a" as an interval.
    return f"({text})" if isinstance(node, Constant) and isinstance(node.value, Decimal) else text


def _call(node: Call) -> tuple[str, int]:
    arguments = [_text(each, _LOOSE) for each in node.arguments]
    if node.names is not None:
        arguments = [f"{name}: {argument}" for name, argument in zip(node.names, arguments, strict=True)]
    return f"{_source(node.function)}({', '.join(arguments)})", _TIGHT


def _if(node: If) -> tuple[str, int]:
    condition, consequence = _text(node.condition, _LOOSE), _text(node.consequence, _LOOSE)
    return f"if {condition} then {consequence} else {_text(node.alternative, _LOOSE)}", _LOOSE


def _iterations(iterations: tuple[Iteration, ...]) -> str:
    parts = []
    for each in iterations:
        end = f"..{_text(each.end, _LOOSE)}" if each.end is not None else ""
        parts.append(f"{each.name} in {_text(each.domain, _LOOSE)}{end}")
    return ", ".join(parts)


def _for(node: For) -> tuple[str, int]:
    return f"for {_iterations(node.iterations)} return {_text(node.body, _LOOSE)}", _LOOSE


def _quantified(node: Quantified) -> tuple[str, int]:
    word = "every" if node.every else "some"
    return f"{word} {_iterations(node.iterations)} satisfies {_text(node.condition, _LOOSE)}", _LOOSE


def _function(node: FunctionDefinition) -> tuple[str, int]:
    parameters = ", ".join(name if type_ is None else f"{name}: {type_}" for name, type_ in node.parameters)
    return f"function({parameters}) {_text(node.body, _LOOSE)}", _LOOSE


def _unary_tests(node: UnaryTests) -> tuple[str, int]:
    tests = ", ".join(_test(each) for each in node.tests)
    return f"not({tests})" if node.negated else tests or "-", _LOOSE


_PRINTERS: dict[type, Callable[[Any], tuple[str, int]]] = {
    Constant: _constant,
    AtLiteral: _at_literal,
    Name: _name,
    Negation: _negation,
    Arithmetic: _arithmetic,
    Comparison: _comparison,
    Conjunction: _conjunction,
    Disjunction: _disjunction,
    Between: _between,
    In: _in,
    InstanceOf: _instance_of,
    UnaryComparison: _unary_comparison,
    Interval: _interval,
    ListLiteral: _list,
    ContextLiteral: _context,
    Path: _path,
    Filter: _filter,
    Call: _call,
    If: _if,
    For: _for,
    Quantified: _quantified,
    FunctionDefinition: _function,
    UnaryTests: _unary_tests,
}
