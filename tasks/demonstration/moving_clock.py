"""The clock of a demonstration: it stands in the county's own year and goes on from there."""

from __future__ import annotations

import datetime as dt
import time


class MovingClock:
    """Goes as fast as the real one, from the moment at which it was set."""

    def __init__(self, at: dt.datetime) -> None:
        self._set(at)

    def _set(self, at: dt.datetime) -> None:
        self._base, self._since = at, time.monotonic()

    @property
    def at(self) -> dt.datetime:
        """The moment of the demonstration."""
        return self._base + dt.timedelta(seconds=time.monotonic() - self._since)

    @at.setter
    def at(self, moment: dt.datetime) -> None:
        self._set(moment)

    def __call__(self) -> dt.datetime:
        """The moment of the demonstration."""
        return self.at
