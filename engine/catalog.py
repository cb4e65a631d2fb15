"""What an application offers to diagrams: handlers, recorders, groups, forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection

Handler = TypeVar("Handler")
_MARK = "__banli_in_transaction__"


@dataclass(frozen=True, slots=True)
class NameCatalog:
    """Known names for the gate; None: names of that kind are not checked."""

    handlers: Collection[str] | None = None
    recorders: Collection[str] | None = None
    groups: Collection[str] | None = None
    forms: Collection[str] | None = None


def in_transaction(handler: Handler) -> Handler:
    """Mark a handler that runs inside the command, on its connection, and whose result the advance waits for."""
    setattr(handler, _MARK, True)
    return handler


def runs_in_transaction(handler: Any) -> bool:
    """Whether a handler was marked so."""
    return bool(getattr(handler, _MARK, False))
