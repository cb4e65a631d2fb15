"""What all commands of one engine share: the database, the definitions, the clock, and what the application gave."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from engine.catalog import runs_in_transaction
from engine.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from engine.database import Database
    from engine.definitions import Definitions
    from engine.messages import Messages

log = logging.getLogger("engine")


def wall_clock() -> datetime:
    """The real time, in UTC."""
    return datetime.now(UTC)


def no_reference(_version: str | None) -> object:
    """No reference data."""
    return None


@dataclass(slots=True)
class Runtime:
    """Fixed when the engine is built, apart from the caches inside."""

    database: Database
    definitions: Definitions
    messages: Messages
    handlers: Mapping[str, Any]
    recorders: Mapping[str, Any]
    observers: Sequence[Any]
    clock: Callable[[], datetime] = wall_clock
    reference: Callable[..., Any] = no_reference
    in_transaction: frozenset[str] = field(default_factory=frozenset)
    step_budget: int = 10_000
    holds: Callable[[Connection, str], bool] | None = None

    def work(self, connection: Connection, kind: str, actor: str | None = None) -> UnitOfWork:
        """A command about to begin on a connection."""
        return UnitOfWork(self, connection, kind, actor)

    def reference_on(self, connection: Connection, version: str | None) -> Any:
        """The application's reference data, read on the command's connection where its provider can do that."""
        if runs_in_transaction(self.reference):
            return self.reference(version, connection)
        return self.reference(version)

    def report(self, fault: Exception) -> None:
        """A fault of the application's own code: logged whole; the people concerned see the incident."""
        log.warning("a handler failed", exc_info=fault)
