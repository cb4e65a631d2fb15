"""The types of FEEL and what conforms to them (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.feel.evaluation import State


class Type:
    """A type; equal types are equal objects."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SimpleType(Type):
    """Any, Null, and the types of single values."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class ListType(Type):
    """`list<element>`."""

    element: Type

    def __str__(self) -> str:
        return f"list<{self.element}>"


@dataclass(frozen=True, slots=True)
class RangeType(Type):
    """`range<element>`."""

    element: Type

    def __str__(self) -> str:
        return f"range<{self.element}>"


@dataclass(frozen=True, slots=True)
class ContextType(Type):
    """`context<name: type, …>`; more entries than these are welcome, and where it is `lenient`, fewer."""

    entries: tuple[tuple[str, Type], ...] = ()
    lenient: bool = field(default=False, compare=False)

    def __str__(self) -> str:
        return (
            "context<" + ", ".join(f"{name}: {each}" for name, each in self.entries) + ">"
            if self.entries
            else "context"
        )


@dataclass(frozen=True, slots=True)
class FunctionType(Type):
    """`function<type, …> -> type`."""

    parameters: tuple[Type, ...]
    result: Type

    def __str__(self) -> str:
        return "function<" + ", ".join(str(each) for each in self.parameters) + f"> -> {self.result}"


@dataclass(frozen=True, slots=True)
class ConstrainedType(Type):
    """A named type with fewer values than its base: those that pass a test."""

    name: str
    base: Type
    test: Callable[[State, object], bool | None] = field(compare=False)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class NamedType(Type):
    """A type that the surroundings of the expression must explain (an item definition)."""

    name: str

    def __str__(self) -> str:
        return self.name


ANY = SimpleType("Any")
NULL = SimpleType("Null")
NUMBER = SimpleType("number")
STRING = SimpleType("string")
BOOLEAN = SimpleType("boolean")
DATE = SimpleType("date")
TIME = SimpleType("time")
DATE_AND_TIME = SimpleType("date and time")
DAYS_TIME = SimpleType("days and time duration")
YEARS_MONTHS = SimpleType("years and months duration")
ANY_LIST = ListType(ANY)
ANY_CONTEXT = ContextType()
ANY_RANGE = RangeType(ANY)

BUILT_IN_TYPES: Mapping[str, Type] = {
    **{
        each.name: each
        for each in (ANY, NULL, NUMBER, STRING, BOOLEAN, DATE, TIME, DATE_AND_TIME, DAYS_TIME, YEARS_MONTHS)
    },
    # Spellings of older versions of the standard and of editors.
    "any": ANY,
    "null": NULL,
    "dateTime": DATE_AND_TIME,
    "dayTimeDuration": DAYS_TIME,
    "yearMonthDuration": YEARS_MONTHS,
    "list": ANY_LIST,
    "context": ANY_CONTEXT,
    "range": ANY_RANGE,
}


def conforms(one: Type, other: Type) -> bool:
    """Whether every value of one type is a value of the other."""
    if other in (one, ANY) or one == NULL:
        return True
    if isinstance(one, ConstrainedType):
        return conforms(one.base, other)
    if isinstance(one, ListType) and isinstance(other, ListType):
        return conforms(one.element, other.element)
    if isinstance(one, RangeType) and isinstance(other, RangeType):
        return conforms(one.element, other.element)
    if isinstance(one, ContextType) and isinstance(other, ContextType):
        own = dict(one.entries)
        return all(name in own and conforms(own[name], each) for name, each in other.entries)
    if isinstance(one, FunctionType) and isinstance(other, FunctionType):
        return (
            len(one.parameters) == len(other.parameters)
            and all(conforms(theirs, mine) for mine, theirs in zip(one.parameters, other.parameters, strict=True))
            and conforms(one.result, other.result)
        )
    return False
