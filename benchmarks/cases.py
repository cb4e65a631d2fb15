"""The cases that are measured: thirteen tasks in a row, each with form, group and due date."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests_support.diagrams import chain, end, process, start, user_task
from tests_support.postgres import Cluster, PostgresMissing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine import ProcessEngine

TASKS = [f"t{index}" for index in range(13)]
_SCHEDULE = '<zeebe:taskSchedule dueDate="=date(&quot;2026-06-29&quot;)"/>'
DIAGRAM = process(
    start() + "".join(user_task(name, _SCHEDULE) for name in TASKS) + end() + chain("start", *TASKS, "end"))
VARIABLES = {
    "item": "0043", "title": "关于解决老城区停车难、停车乱问题的建议", "lead_unit": "zjj",
    "co_units": ["jjdd", "cgj"], "round": 1}
VALUES = {"decision": "通过", "opinion": "同意", "round": 1}


@contextmanager
def databases() -> Iterator[dict[str, str]]:
    """URLs of a fresh SQLite file and, where it is installed, of a fresh PostgreSQL database."""
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        urls = {"SQLite": f"sqlite:///{folder}/bench.sqlite"}
        try:
            cluster = Cluster.start()
        except PostgresMissing as missing:
            print(f"PostgreSQL is left out: {missing}")
            yield urls
            return
        try:
            with cluster.database() as url:
                yield {**urls, "PostgreSQL": url}
        finally:
            cluster.stop()


def open_task(engine: ProcessEngine, instance: str) -> str:
    """The id of the first open task."""
    return engine.user_tasks(instance)[0].id
