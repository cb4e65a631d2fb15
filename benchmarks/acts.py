"""An act of a person as a whole: form, checks, command, casework rows, worklist; in a simulated year on both databases."""

from __future__ import annotations

import statistics
import time

from benchmarks.cases import databases
from tasks.simulation.rates import Plan
from tasks.simulation.service import simulate

ITEMS = 40
ROUNDS = 3


def main() -> None:
    """Print milliseconds an act, and how long a year of 400 items would take at that pace."""
    with databases() as urls:
        names = list(urls)
    for name in names:
        spent = [_round(name, number) for number in range(ROUNDS)]
        wall, cpu = (statistics.median(row[place] for row in spent) for place in (0, 1))
        print(f"{name}: an act {wall:.1f} ms, {cpu:.1f} ms of it our own CPU; a year of 400 items (10,600 acts) "
              f"{wall * 10.6:.0f} s (at most 90)")


def _round(name: str, number: int) -> tuple[float, float]:
    """Wall and CPU milliseconds for each act of one year; each on a database of its own."""
    with databases() as urls:
        began, cpu = time.perf_counter(), time.process_time()
        outcome = simulate(Plan(ITEMS, 7 + number), urls[name])
        return ((time.perf_counter() - began) * 1000 / outcome.acts, (time.process_time() - cpu) * 1000 / outcome.acts)


if __name__ == "__main__":
    main()
