"""Functions of contexts (DMN 1.5, table 82)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.errors import Undefined
from engine.message import say

if TYPE_CHECKING:
    from engine.feel.evaluation import State

Context = dict[str, object]


@builtin("get value(m: context, key: string) -> any")
def get_value(context: Context, key: str) -> object:
    """The value of an entry; null if there is none."""
    return context.get(key)


@builtin("get entries(m: context) -> list")
def get_entries(state: State, context: Context) -> list[Context]:
    """The entries as a list of contexts with `key` and `value`."""
    state.measured_list(len(context))
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list) -> context")
def context_of(state: State, entries: list[object]) -> Context:
    """The context of a list of entries with `key` and `value`."""
    result: Context = {}
    for entry in entries:
        state.count()
        if not isinstance(entry, dict) or "key" not in entry or "value" not in entry:
            raise Undefined(say("“context” takes a list of contexts with the entries key and value."))
        key = entry["key"]
        if not isinstance(key, str) or key in result:
            raise Undefined(say("The keys of “context” must be different strings."))
        result[key] = entry["value"]
    return result


@builtin("context put(context: context, key: string, value: any) -> context")
def put(state: State, context: Context, key: str, value: object) -> Context:
    """The context with an entry added or replaced."""
    state.measured_list(len(context) + 1)
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any) -> context")
def put_deep(state: State, context: Context, keys: list[object], value: object) -> Context:
    """The context with an entry replaced that lies as deep as there are keys."""
    if not keys or not isinstance(keys[0], str):
        raise Undefined(say("“context put” takes one or more strings as keys."))
    key, *deeper = keys
    if not deeper:
        return put(state, context, key, value)  # type: ignore[return-value]
    inner = context.get(str(key))
    if not isinstance(inner, dict):
        raise Undefined(say("“{key}” is no context in which to put an entry.", key=key))
    return put(state, context, key, put_deep(state, inner, deeper, value))  # type: ignore[return-value]


@builtin("context merge(contexts: list) -> context")
def merge(state: State, contexts: list[object]) -> Context:
    """All entries of several contexts; of entries with the same name the last one stays."""
    result: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Undefined(say("“context merge” takes a list of contexts."))
        state.measured_list(len(context))
        result.update(context)
    return result
