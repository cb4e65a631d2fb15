"""The loop that fires timers and runs jobs: on threads inside `banli serve`, or as `banli worker`."""

from __future__ import annotations

import datetime as dt
import signal
import threading
from typing import TYPE_CHECKING

import structlog

from engine.database import count_rows
from tasks.changes.following import carry_out
from tasks.deadlines.library import freeze_today
from tasks.directory.queries import is_set_up
from tasks.pausing.reminding import remind_of_ends
from tasks.register.intake import start_missing
from tasks.supervision.chasing import daily_round

if TYPE_CHECKING:
    from types import FrameType

    from tasks.bootstrap import Banli

POLL_SECONDS = 2.0
"""How long the loop rests when there was nothing to do: an idle system must stay under one per cent of a core."""

LONGEST_REST_SECONDS = 60.0
_SWEEP_EVERY = dt.timedelta(minutes=1)

log = structlog.get_logger("banli.worker")


class Worker:
    """Runs what is due until it is told to stop; a fault in one round is logged and the next round comes."""

    def __init__(self, banli: Banli, poll_seconds: float = POLL_SECONDS) -> None:
        self._banli = banli
        self._poll_seconds = poll_seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._swept: dt.datetime | None = None
        self._day: dt.date | None = None

    def start(self) -> None:
        """Begin on a thread of its own."""
        if self._thread is not None:
            raise RuntimeError("This worker has been started already")
        self._thread = threading.Thread(target=self.run_forever, name="banli-worker", daemon=True)
        self._thread.start()

    def stop(self, timeout_seconds: float = 10.0) -> None:
        """Let the command that is running finish, and begin no other."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout_seconds)

    def run_forever(self) -> None:
        """Rounds with rests between them; after a fault the rest doubles, so that a lost database is not hammered."""
        rest = self._poll_seconds
        while not self._stopping.is_set():
            try:
                busy = self.run_once()
            except Exception:
                log.exception("worker round failed")
                rest = min(rest * 2, LONGEST_REST_SECONDS)
                busy = False
            else:
                rest = self._poll_seconds
            if not busy:
                self._stopping.wait(rest)

    def run_once(self) -> bool:
        """One round; whether there was anything to do."""
        handled = self._banli.engine.run_once() + carry_out(self._banli)
        now = self._banli.now()
        if self._swept is None or now - self._swept > _SWEEP_EVERY:
            self._swept = now
            handled += start_missing(self._banli)
            self._begin_day()
            handled += daily_round(self._banli)
            handled += remind_of_ends(self._banli)
        return handled > 0

    def _begin_day(self) -> None:
        """On a new day in Beijing, parameters may come into force, and the database is looked over."""
        today = self._banli.today()
        if today != self._day and is_set_up(self._banli):
            freeze_today(self._banli)
            count_rows(self._banli.database)
            self._day = today


def work_until_signalled(banli: Banli) -> None:
    """`banli worker`: run in this thread until SIGTERM or SIGINT, then finish what is in hand."""
    worker = Worker(banli)

    def leave(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        worker.stop(0)

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    worker.run_forever()
