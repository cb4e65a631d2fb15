"""What the gate finds in a deployment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from engine.message import Message

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: the rule that speaks, the shape it speaks of, a sentence, and how serious it is.

    `resource` is the file's name; an *error* refuses the deployment, a *warning* and a *hint* do not.
    """

    rule: str
    element_id: str | None
    message: Message
    severity: Severity = "error"
    resource: str = ""
