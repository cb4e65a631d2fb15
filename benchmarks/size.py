"""Bytes of a finished case: a thousand of them after VACUUM, indexes included, divided."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from benchmarks.cases import DIAGRAM, TASKS, VALUES, VARIABLES
from engine import ProcessEngine

CASES = 1000


def main() -> None:
    """Print kilobytes of a finished 13-task case and which tables they are in."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        path = Path(folder) / "size.sqlite"
        engine = ProcessEngine(f"sqlite:///{path}")
        engine.deploy({"a.bpmn": DIAGRAM})
        for _ in range(CASES):
            instance = engine.start("p", VARIABLES)
            for number in range(3, 3 + len(TASKS)):
                engine.complete(f"{instance}-{number}", VALUES, request_id=f"{instance}:{number}", actor="wangmin")
        engine.close()
        raw = sqlite3.connect(path)
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        print(f"a finished 13-task case: {path.stat().st_size / CASES / 1024:.1f} KB (at most 25)")
        tables = raw.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 6").fetchall()
        print("  " + ", ".join(f"{name} {size / CASES / 1024:.1f} KB" for name, size in tables))
        raw.close()
