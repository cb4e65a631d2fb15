"""What surrounds an evaluation: the caller's side (`Evaluation`) and the running side (`State`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from time import thread_time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.feel.errors import FeelLimitError
from engine.feel.limits import DEFAULT_LIMITS, Limits
from engine.feel.values.conversion import to_feel
from engine.message import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.feel.syntax import Position

HOME_ZONE = ZoneInfo("Asia/Shanghai")
_CHECK_EVERY = 256
_CONTAINERS = frozenset([list, dict])


def wall_clock() -> datetime:
    """The real time in the zone where the procedure lives."""
    return datetime.now(HOME_ZONE)


@dataclass(frozen=True, slots=True)
class Warning:
    """Why a part of an expression became null: shown by the editor and kept with the history."""

    message: Message
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.line}:{self.column}: {self.message}" if self.line else str(self.message)


@dataclass(slots=True)
class Evaluation:
    """The surroundings of one or more evaluations: what they read beside variables, and what they leave behind.

    Args:
        clock: gives the aware date and time that `now()` and `today()` see.
        reference: handed as the first argument to registered functions marked `@over_reference`.
        limits: bounds of each evaluation; without them an expression gets `Limits()` and a model more.
    """

    clock: Callable[[], datetime] | None = None
    reference: object = None
    limits: Limits | None = None
    notes: list[Mapping[str, object]] = field(default_factory=list)
    warnings: list[Warning] = field(default_factory=list)

    def now(self) -> datetime:
        """The moment of this evaluation."""
        return (self.clock or wall_clock)()


class State:
    """One running evaluation: variables, budget and the caller's surroundings."""

    __slots__ = ("_converted", "check_at", "context", "deadline", "depth", "limits", "steps", "variables")

    def __init__(
        self,
        variables: Mapping[str, object],
        context: Evaluation | None = None,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        self.variables = variables
        self.context = context
        self.limits = limits if context is None or context.limits is None else context.limits
        self.steps = 0
        self.check_at = _CHECK_EVERY
        self.depth = 0
        self.deadline = 0.0
        self._converted: dict[int, tuple[object, object]] | None = None

    def converted(self, value: object) -> object:
        """The FEEL value of a variable's value; a list or mapping is converted once only."""
        if type(value) not in _CONTAINERS:
            return to_feel(value)
        if self._converted is None:
            self._converted = {}
        # The value is kept beside its conversion, so that its identity cannot pass to another one.
        known = self._converted.get(id(value))
        if known is None:
            known = self._converted[id(value)] = (value, to_feel(value))
        return known[1]

    def warn(self, message: Message, at: Position | None = None) -> None:
        """Record why a value became null; without a caller who listens this costs nothing."""
        if self.context is not None and len(self.context.warnings) < 1000:
            line, column = (at.line, at.column) if at is not None else (0, 0)
            self.context.warnings.append(Warning(message, line, column))

    def count(self, steps: int = 1) -> None:
        """Charge some steps to the budget."""
        self.steps += steps
        if self.steps >= self.check_at:
            self._check()

    def _check(self) -> None:
        if self.steps > self.limits.steps:
            raise FeelLimitError(say("The expression took more than {limit} steps.", limit=self.limits.steps))
        # The clock starts with the first check: short evaluations never pay for reading it.
        now = thread_time()
        if not self.deadline:
            self.deadline = now + self.limits.seconds
        elif now > self.deadline:
            raise FeelLimitError(say("The expression ran longer than {limit} seconds.", limit=self.limits.seconds))
        self.check_at = min(self.steps + _CHECK_EVERY, self.limits.steps + 1)

    def enter(self) -> None:
        """Begin a call of a function written in FEEL."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise FeelLimitError(say("Functions call one another more than {limit} deep.", limit=self.limits.depth))
        self.count()

    def measured_list(self, size: int) -> None:
        """Refuse a list of more elements than allowed, and charge for its copying."""
        if size > self.limits.size:
            raise FeelLimitError(say("A list would have more than {limit} elements.", limit=self.limits.size))
        self.count(1 + (size >> 4))

    def measured_text(self, size: int) -> None:
        """Refuse a string of more characters than allowed, and charge for its copying."""
        if size > self.limits.characters:
            raise FeelLimitError(say("A string would have more than {limit} characters.", limit=self.limits.characters))
        self.count(1 + (size >> 8))

    def growing_text(self, size: int, added: int) -> None:
        """The same for a string that grows piece by piece: only the piece is charged for."""
        if size > self.limits.characters:
            self.measured_text(size)
        self.count(1 + (added >> 8))
