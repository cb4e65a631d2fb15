"""A clock that stands where the story has come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt


class Settable(Protocol):
    """A clock that can be set."""

    at: dt.datetime


class StagedClock:
    """A clock that is moved by whoever tells the story."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        """The moment of the story."""
        return self.at
