"""Parse, print, parse: the tree stays what it was."""

from __future__ import annotations

import pytest
from feel_expressions import cells, trees
from hypothesis import given, settings

from engine.feel.library import STANDARD_LIBRARY
from engine.feel.parser import parse_expression, parse_unary_tests
from engine.feel.printer import print_expression

VOCABULARY = STANDARD_LIBRARY.vocabulary


@given(trees)
@settings(max_examples=400, deadline=None)
def test_a_printed_expression_is_read_as_the_same_tree(tree):
    assert parse_expression(print_expression(tree), VOCABULARY) == tree


@given(cells)
@settings(max_examples=200, deadline=None)
def test_a_printed_cell_is_read_as_the_same_tests(tree):
    assert parse_unary_tests(print_expression(tree), VOCABULARY) == tree


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("( a+b )*c", "(a + b) * c"),
        ("a or (b or c)", "a or (b or c)"),
        ("]1..10[", "(1..10)"),
        ("if a then 1 else 2 + 3", "if a then 1 else 2 + 3"),
        ("-(-1)", "--1"),
    ],
)
def test_printing_needs_no_more_brackets_than_the_tree_does(text, printed):
    assert print_expression(parse_expression(text, VOCABULARY)) == printed
