"""Functions of booleans (DMN 1.5, table 73), and `is` (table 79)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.builtins.registry import builtin
from engine.feel.values.comparison import equal
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import fraction_of, offset_seconds, seconds_of_day, time_part
from engine.feel.values.temporal_text import zone_name

if TYPE_CHECKING:
    from engine.feel.evaluation import State


@builtin("not(negand: any) -> boolean")
def negated(negand: object) -> bool | None:
    """The opposite of a boolean; null for everything else."""
    return not negand if isinstance(negand, bool) else None


@builtin("is(value1: any, value2: any) -> boolean")
def is_same(state: State, value1: object, value2: object) -> bool:
    """Whether two values are the same; times whose zones are written differently are not."""
    kind = kind_of(value1)
    if kind != kind_of(value2):
        return False
    if kind == "date and time":
        return equal(value1, value2, state) is True and _written(time_part(value1)) == _written(time_part(value2))  # type: ignore[arg-type]
    if kind == "time":
        return _written(value1) == _written(value2)
    return equal(value1, value2, state) is True


def _written(clock: object) -> tuple[object, ...]:
    return (
        seconds_of_day(clock),  # type: ignore[arg-type]
        fraction_of(clock),  # type: ignore[arg-type]
        offset_seconds(clock),  # type: ignore[arg-type]
        zone_name(clock.tzinfo),  # type: ignore[attr-defined]
    )
