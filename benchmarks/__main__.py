"""`make benchmark`: every figure in one run, interleaved, medians of five, and at the end one table of them all."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import platform
import sys
from pathlib import Path
from typing import TextIO

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

PARTS = ("completions", "acts", "size", "growth", "footprint", "pages", "feel")


class Both(io.TextIOBase):
    """Shows what is printed, and keeps it."""

    def __init__(self, shown: TextIO) -> None:
        self.shown, self.kept = shown, io.StringIO()

    def write(self, text: str) -> int:
        """To both."""
        self.kept.write(text)
        return self.shown.write(text)

    def flush(self) -> None:
        """What is shown, at once."""
        self.shown.flush()


def main(names: list[str]) -> None:
    """Run the named parts, or all, and print the table that `docs/figures.md` explains."""
    machine = (
        f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f} at the beginning"
    )
    print(machine)
    rows: list[tuple[str, str]] = []
    for name in names or PARTS:
        print(f"\n== {name}")
        both = Both(sys.stdout)
        with contextlib.redirect_stdout(both):  # type: ignore[type-var]
            importlib.import_module(f"benchmarks.{name}").main()
        rows += [(name, line.strip()) for line in both.kept.getvalue().splitlines() if line.strip()]
    print(f"\n{machine}\n\n| part | figure |\n|---|---|")
    for name, line in rows:
        print(f"| {name} | {line.replace('|', '/')} |")


if __name__ == "__main__":
    main(sys.argv[1:])
