"""The steps whose clock stands still with the reply's: all that lead to it, from the sign-in to the issue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CLOCKED = frozenset(
    {"sign_in", "adjustment_ruling", "endorsement", "addition", "plan", "consultation", "opinion", "opinion_approval",
     "opinion_acceptance", "proceed", "reply", "review", "issue"}
)  # fmt: skip
"""By their recorders. What follows the issue runs on: publication, rating, closing."""


def is_clocked(recorder: str, texts: Mapping[str, Any], notes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a task's clock can stand still: it leads to the reply, and its date is no day that people agreed on."""
    if recorder not in CLOCKED or texts.get("phase") == "after":
        return False
    ruled: Mapping[str, Any] = next((note for note in reversed(notes) if "rule" in note), {})
    return not ruled.get("agreed")
