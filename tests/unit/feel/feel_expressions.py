"""Random syntax trees of FEEL, for the property tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

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
    Path,
    Quantified,
    UnaryComparison,
    UnaryTests,
)
from engine.feel.types import ANY_LIST, DATE_AND_TIME, NUMBER, STRING, ContextType, FunctionType, ListType

names = st.sampled_from(["a", "b", "x1", "建议", "承办 单位", "sum", "string length", "date and time", "item"])
plain_names = st.sampled_from(["a", "b", "x1", "建议", "承办 单位"])
numbers = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=3)
constants = st.one_of(
    numbers.map(Constant),
    st.text(max_size=8).map(Constant),
    st.sampled_from([Constant(True), Constant(False), Constant(None), Constant(Decimal("1.5e20"))]),
)
at_literals = st.sampled_from(["2026-01-31", "10:00:00", "P1D", "不是日期"]).map(AtLiteral)
types = st.sampled_from(
    [
        NUMBER,
        STRING,
        DATE_AND_TIME,
        ListType(NUMBER),
        ANY_LIST,
        ContextType((("a", NUMBER),)),
        FunctionType((NUMBER,), STRING),
    ]
)
leaves = st.one_of(constants, at_literals, names.filter(lambda name: name != "date and time").map(Name))


def _iterations(inner: st.SearchStrategy) -> st.SearchStrategy:
    one = st.builds(Iteration, plain_names, inner, st.none() | inner)
    return st.lists(one, min_size=1, max_size=2).map(tuple)


def _calls(inner: st.SearchStrategy) -> st.SearchStrategy:
    arguments = st.lists(inner, max_size=3)
    positional = st.builds(lambda name, given: Call(Name(name), tuple(given)), names, arguments)
    named = st.builds(
        lambda name, given: Call(Name(name), tuple(given), tuple(f"p{index}" for index in range(len(given)))),
        names,
        st.lists(inner, min_size=1, max_size=3),
    )
    return positional | named


def _extend(inner: st.SearchStrategy) -> st.SearchStrategy:
    pair = st.lists(inner, min_size=2, max_size=3).map(tuple)
    comparison = st.builds(UnaryComparison, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner)
    key = plain_names | st.text(min_size=1, max_size=4)
    return st.one_of(
        st.builds(Negation, inner),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(Comparison, st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), inner, inner),
        st.builds(Conjunction, pair),
        st.builds(Disjunction, pair),
        st.builds(Between, inner, inner, inner),
        st.builds(In, inner, st.lists(inner | comparison, min_size=1, max_size=3).map(tuple)),
        st.builds(InstanceOf, inner, types),
        comparison,
        st.builds(Interval, inner, inner, st.booleans(), st.booleans()),
        st.lists(inner, max_size=3).map(lambda items: ListLiteral(tuple(items))),
        st.lists(st.tuples(key, inner), max_size=3).map(lambda entries: ContextLiteral(tuple(entries))),
        st.builds(Path, inner, plain_names),
        st.builds(Filter, inner, inner),
        _calls(inner),
        st.builds(If, inner, inner, inner),
        st.builds(For, _iterations(inner), inner),
        st.builds(Quantified, st.booleans(), _iterations(inner), inner),
        st.builds(
            FunctionDefinition, st.lists(st.tuples(plain_names, st.none() | types), max_size=2).map(tuple), inner
        ),
    )


trees = st.recursive(leaves, _extend, max_leaves=12)
cells = st.builds(UnaryTests, st.lists(trees, min_size=1, max_size=3).map(tuple), st.booleans())
