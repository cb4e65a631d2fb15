"""Signatures of built-in functions, read from the line that declares them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.feel.types import ANY, ANY_CONTEXT, ANY_LIST, ANY_RANGE, BUILT_IN_TYPES, FunctionType, Type

_SIGNATURE = re.compile(r"(?P<name>[a-z ]+)\((?P<parameters>.*)\) -> (?P<result>.+)")
_GENERIC: dict[str, Type] = {"list": ANY_LIST, "context": ANY_CONTEXT, "range": ANY_RANGE, "any": ANY}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, the kinds of values it takes (none: any value), and whether it may be left out."""

    name: str
    kinds: frozenset[str]
    optional: bool = False
    variadic: bool = False

    @property
    def type(self) -> Type:
        """The parameter's type, for `instance of`; several kinds have no type in common but Any."""
        return _type(next(iter(self.kinds))) if len(self.kinds) == 1 else ANY


@dataclass(frozen=True, slots=True)
class Signature:
    """How a built-in function is called."""

    text: str
    name: str
    parameters: tuple[Parameter, ...]
    result: str

    @property
    def type(self) -> FunctionType:
        """The function's type."""
        return FunctionType(tuple(each.type for each in self.parameters), _type(self.result))


def read_signature(text: str) -> Signature:
    """The signature of a line like `substring(string: string, length?: number) -> string`."""
    match = _SIGNATURE.fullmatch(text)
    if match is None:
        raise ValueError(text)
    parameters = tuple(_parameter(each) for each in match["parameters"].split(", ") if each)
    return Signature(text, match["name"], parameters, match["result"])


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(": ")
    variadic = name.startswith("...")
    name = name.removeprefix("...")
    optional = name.endswith("?")
    found = frozenset() if kinds == "any" else frozenset(kinds.split(" | "))
    return Parameter(name.removesuffix("?"), found, optional, variadic)


def _type(kind: str) -> Type:
    if kind == "function":
        return FunctionType((), ANY)
    return _GENERIC.get(kind) or BUILT_IN_TYPES.get(kind, ANY)
