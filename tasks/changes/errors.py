"""What changes are refused for."""

from __future__ import annotations

from engine.errors import Conflict


class TakingBackRefused(Conflict):
    """A change cannot be taken back: it was already, or something later depends on it."""


class StillCarriedOut(Conflict):
    """An earlier change is still being carried out for running cases."""
