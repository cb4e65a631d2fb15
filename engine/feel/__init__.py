"""FEEL, the one expression language: chapter 10 of DMN 1.5, compiled once, bounded, without Python in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.compilation import INPUT, Expression, compile_expression, compile_unary_tests
from engine.feel.errors import (
    FeelError,
    FeelFunctionError,
    FeelLimitError,
    FeelSyntaxError,
    FeelUnsupportedError,
    FeelValueError,
)
from engine.feel.evaluation import Evaluation, Warning  # noqa: A004 - the word of the interface
from engine.feel.lexer import words
from engine.feel.library import FunctionLibrary, Noted, over_reference
from engine.feel.limits import Limits
from engine.feel.values.durations import YearsMonthsDuration
from engine.feel.values.range import Range

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Evaluation",
    "Expression",
    "FeelError",
    "FeelFunctionError",
    "FeelLimitError",
    "FeelSyntaxError",
    "FeelUnsupportedError",
    "FeelValueError",
    "FunctionLibrary",
    "Limits",
    "Noted",
    "Range",
    "Warning",
    "YearsMonthsDuration",
    "compile_expression",
    "compile_unary_tests",
    "evaluate",
    "over_reference",
    "unary_test",
]

_EMPTY: Mapping[str, object] = {}


def evaluate(
    expression: str,
    variables: Mapping[str, object] | None = None,
    *,
    functions: FunctionLibrary | None = None,
    context: Evaluation | None = None,
) -> Any:
    """The value of an expression: `evaluate("a + 1", {"a": 1})` is `Decimal(2)`.

    Raises:
        FeelSyntaxError: the text is no expression.
        FeelLimitError: the text or its evaluation is too large.
        FeelValueError: a variable has no counterpart in FEEL.
    """
    given = variables or _EMPTY
    return compile_expression(expression, functions=functions, names=special_names(given)).evaluate(given, context)


def unary_test(
    tests: str,
    value: object,
    variables: Mapping[str, object] | None = None,
    *,
    functions: FunctionLibrary | None = None,
    context: Evaluation | None = None,
) -> bool:
    """Whether a value passes the tests of a decision table's cell; where that is undefined, it does not."""
    given = {**(variables or _EMPTY), INPUT: value}
    compiled = compile_unary_tests(tests, functions=functions, names=special_names(given))
    return compiled.evaluate(given, context) is True


def special_names(variables: Mapping[str, object]) -> frozenset[str]:
    """The names among variables that are no plain words, as `compile_expression` wants to be told."""
    return frozenset(name for name in variables if not name.isidentifier() and len(words(name)) > 1)
