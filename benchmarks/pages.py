"""Pages over ten thousand open and a hundred thousand closed cases: how long a list, the board, the statistics take.

The county is the demonstration's, its cases copied (`benchmarks.county`). Each page is asked of the whole application by a
person who has signed in, and drawn. Run alone with `python -m benchmarks.pages [closed] [open]`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from sqlalchemy import event
from tests_support.postgres import Cluster, PostgresMissing

from benchmarks import county
from benchmarks.visits import VISITS, Visit
from web import garbage
from web.application import create_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from tasks.bootstrap import Banli

CLOSED, OPEN = 100_000, 10_000
ROUNDS = 20
MOST_BYTES = 100 * 1024


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page took."""

    visit: Visit
    median: float
    late: float
    """Wall clock, milliseconds: 95 of 100 answers came sooner."""
    worked: float
    worked_late: float
    """The web process alone: other work on the machine changes it less."""
    served: float
    """What PostgreSQL's processes worked for one answer, on average; SQLite works in the web process."""
    size: int
    statements: int

    def line(self) -> str:
        """One line of the table."""
        slow = "" if self.late <= self.visit.limit else f"  over {self.visit.limit} ms"
        large = "" if self.size <= MOST_BYTES else "  over 100 KB"
        return (
            f"{self.visit.name:36} {self.median:6.0f} {self.late:6.0f} ms {self.worked:6.0f} {self.worked_late:6.0f} ms "
            f"{self.served:6.0f} ms {self.size / 1024:5.0f} KB {self.statements:4}{slow}{large}"
        )


HEAD = f"{'page':36} {'clock: p50':>10} {'p95':>4} {'process: p50':>12} {'p95':>4} {'server':>6} {'size':>7} {'SQL':>5}"


class Served:
    """The processor time of a database server's processes."""

    def __init__(self, cluster: Cluster | None) -> None:
        self.root = None
        if cluster is not None:
            pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
            self.root = psutil.Process(pid)

    def seconds(self) -> float:
        """So far."""
        if self.root is None:
            return 0.0
        times = [process.cpu_times() for process in self.root.children()]
        return sum(one.user + one.system for one in times)


def measure(banli: Banli, served: Served) -> Iterator[Figures]:
    """Visit every page."""
    app = create_app(banli, overrides={"WTF_CSRF_ENABLED": False})
    garbage.spare(app)  # as a server does
    counted = [0]

    @event.listens_for(banli.database, "before_cursor_execute")
    def count(*_: object) -> None:
        counted[0] += 1

    for visit in VISITS:
        yield _visited(app, visit, counted, served)


def _visited(app: Flask, visit: Visit, counted: list[int], served: Served) -> Figures:
    client = app.test_client()
    client.post("/sign-in/as", data={"account": visit.account})
    size = len(_asked(client, visit.address))  # the first visit reads what every later one finds in memory
    spent, worked, statements, before = [], [], 0, served.seconds()
    for _ in range(ROUNDS):
        counted[0] = 0
        began, busy = time.perf_counter(), time.process_time()
        _asked(client, visit.address)
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        statements = counted[0]
    server = (served.seconds() - before) * 1000 / ROUNDS
    return Figures(
        visit, statistics.median(spent), _p95(spent), statistics.median(worked), _p95(worked), server, size, statements)


def _asked(client: object, address: str) -> bytes:
    answer = client.get(address)  # type: ignore[attr-defined]
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    content: bytes = answer.data
    return content


def _p95(values: list[float]) -> float:
    return sorted(values)[round(len(values) * 0.95) - 1]


@contextmanager
def databases() -> Iterator[dict[str, tuple[str | None, Cluster | None]]]:
    """SQLite's own file and, where it is installed, a fresh PostgreSQL database."""
    try:
        cluster = Cluster.start()
    except PostgresMissing as missing:
        print(f"PostgreSQL is left out: {missing}")
        yield {"SQLite": (None, None)}
        return
    try:
        with cluster.database() as url:
            yield {"SQLite": (None, None), "PostgreSQL": (url, cluster)}
    finally:
        cluster.stop()


def main() -> None:
    """Fill a county on each database and print a table for each."""
    given = [int(one) for one in sys.argv[1:] if one.isdigit()]
    closed, running = (*given, CLOSED, OPEN)[:2]
    with tempfile.TemporaryDirectory() as folder, databases() as found:
        played = Path(folder, "played")
        played.mkdir()
        county.play(played)
        for name, (url, cluster) in found.items():
            place = Path(folder, name)
            county.moved(place, played, url)
            banli = county.opened(place, url)
            copied = county.fill(banli.database, closed, running)
            print(f"pages over {copied.running} open and {copied.closed} closed cases ({name})\n{HEAD}")
            for figures in measure(banli, Served(cluster)):
                print(figures.line(), flush=True)
            banli.engine.close()


if __name__ == "__main__":
    main()
