"""What an advance may read of the world: the instant, frozen reference data, decisions, and who handles what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from engine.feel import Evaluation

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Decider(Protocol):
    """Answers a decision of the deployment (or its latest version) with value and explanation."""

    def __call__(
        self, decision: str, binding: str, variables: Mapping[str, Any], evaluation: Evaluation,
    ) -> tuple[Any, dict[str, Any]]:
        """Evaluate `decision` over `variables`."""


@dataclass(frozen=True, slots=True)
class Environment:
    """Fixed for one command, so that an advance gives the same result whenever it is repeated."""

    now: datetime
    reference: object
    decide: Decider
    in_transaction: frozenset[str]
    step_budget: int = 10_000

    def evaluation(self) -> Evaluation:
        """A fresh evaluation context: notes and warnings of one expression."""
        return Evaluation(clock=lambda: self.now, reference=self.reference)
