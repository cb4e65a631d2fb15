"""What can go wrong with a decision model."""

from __future__ import annotations

from engine.errors import EngineError


class DmnError(EngineError):
    """A decision model that cannot be read, or a decision that it does not have."""
