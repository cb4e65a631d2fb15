"""How a simulated year is to be: how many items, by which seed, how often people go another way than usual."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from engine.errors import EngineError
from engine.message import say


class RateInvalid(EngineError):
    """A rate that is no share, or a year without items."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Shares of the items, each between 0 and 1."""

    late: float = 0.08
    """A unit misses a date: its sign-in, its opinion or its reply."""
    returned: float = 0.2
    """A reviewer returns the reply, once or twice."""
    dissatisfied: float = 0.06
    """The proposer is dissatisfied with the first reply."""
    objecting: float = 0.06
    """A unit says that the item is not its own."""
    separate: float = 0.05
    """Several units answer, each for itself."""
    withdrawn: float = 0.01
    silent: float = 0.08
    """The proposer does not rate."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated; the same plan gives the same year.

    Raises:
        RateInvalid: a rate is no share, or there is no item.
    """

    items: int
    seed: int
    rates: Rates = field(default_factory=Rates)

    def __post_init__(self) -> None:
        if self.items < 1:
            raise RateInvalid(say("Expected at least one item, found {found}.", found=self.items))
        for name, rate in asdict(self.rates).items():
            if not 0 <= rate <= 1:
                raise RateInvalid(
                    say("Expected {name} to be a share between 0 and 1, found {found}.", name=name, found=rate)
                )
