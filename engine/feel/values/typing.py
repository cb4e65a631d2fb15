"""Which values a type has, and the implicit conversions between them (DMN 1.5, 10.3.2.9.4)."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from engine.feel.types import (
    ANY,
    DATE_AND_TIME,
    NULL,
    ConstrainedType,
    ContextType,
    FunctionType,
    ListType,
    RangeType,
    SimpleType,
    Type,
    conforms,
)
from engine.feel.values.function import Function
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import at_midnight, is_plain_date
from engine.feel.values.range import Range

if TYPE_CHECKING:
    from engine.feel.evaluation import State


def is_instance(value: object, type_: Type, state: State) -> bool:
    """Whether the value is one of the type; null is an instance of Null only."""
    state.count()
    if value is None:
        return type_ == NULL
    if isinstance(type_, SimpleType):
        return type_ == ANY or kind_of(value) == type_.name
    if isinstance(type_, ListType):
        return isinstance(value, list) and all(admits(item, type_.element, state) for item in value)
    if isinstance(type_, ContextType):
        return isinstance(value, dict) and all(
            name in value and admits(value[name], each, state) for name, each in type_.entries
        )
    if isinstance(type_, RangeType):
        return isinstance(value, Range) and all(
            end is None or is_instance(end, type_.element, state) for end in (value.start, value.end)
        )
    if isinstance(type_, ConstrainedType):
        return is_instance(value, type_.base, state) and type_.test(state, value) is True
    if isinstance(type_, FunctionType):
        return isinstance(value, Function) and conforms(value.type, type_)
    return False


def admits(value: object, type_: Type, state: State) -> bool:
    """Whether a variable of the type may hold the value: null may stand in every place."""
    return value is None or is_instance(value, type_, state)


def convert(value: object, type_: Type, state: State) -> tuple[object, bool]:
    """The value as one of the type, by the implicit conversions, and whether it has become one."""
    if admits(value, type_, state):
        return value, True
    if isinstance(type_, FunctionType) and isinstance(value, Function):
        # A function in FEEL declares no result: only the number of its parameters can be compared.
        return (value, True) if len(value.type.parameters) == len(type_.parameters) else (None, False)
    if isinstance(type_, ListType):
        if not isinstance(value, list):
            element, fits = convert(value, type_.element, state)
            return ([element], True) if fits else (None, False)
        converted = [convert(item, type_.element, state) for item in value]
        if all(fits for _, fits in converted):
            return [item for item, _ in converted], True
        return None, False
    if isinstance(type_, ContextType) and isinstance(value, dict):
        return _convert_entries(value, type_, state)
    if isinstance(type_, ConstrainedType):
        converted_value, fits = convert(value, type_.base, state)
        passes = fits and (converted_value is None or type_.test(state, converted_value) is True)
        return (converted_value, True) if passes else (None, False)
    if isinstance(value, list) and len(value) == 1:
        return convert(value[0], type_, state)
    if type_ == DATE_AND_TIME and is_plain_date(value):
        return at_midnight(value, UTC), True  # type: ignore[arg-type]
    return None, False


def _convert_entries(value: dict[str, object], type_: ContextType, state: State) -> tuple[object, bool]:
    result = dict(value)
    for name, each in type_.entries:
        if name in value:
            result[name], fits = convert(value[name], each, state)
            if not fits:
                return None, False
        elif not type_.lenient:
            return None, False
    return result, True
