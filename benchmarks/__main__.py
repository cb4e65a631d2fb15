"""`make benchmark`: every figure in one run, interleaved, medians of five."""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

PARTS = ("completions", "acts", "size", "growth", "footprint", "feel")


def main(names: list[str]) -> None:
    """Run the named parts, or all."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    for name in names or PARTS:
        print(f"\n== {name}")
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
