"""A running decision: the state of its FEEL expressions, and what it leaves for the explanation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.feel.evaluation import State
from engine.feel.limits import MODEL_LIMITS

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.feel.evaluation import Evaluation

    Run = Callable[["DecisionState"], Any]


class DecisionState(State):
    """The state of a whole decision; all its expressions share one budget."""

    __slots__ = ("trace",)

    def __init__(self, context: Evaluation) -> None:
        super().__init__({}, context, MODEL_LIMITS)
        self.trace: list[dict[str, object]] = []
