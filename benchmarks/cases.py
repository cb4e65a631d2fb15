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
#: What a case of the shipped procedure carries when its reply is reviewed.
VARIABLES = {
    "kind": "suggestion", "level": "own", "timing": "in_session", "key": "no", "number": "0043",
    "proposer": "linguoqiang",
    "hub": "fb", "committee": "rd:npc_reviewer", "committee_unit": "rd", "submitted_on": "2026-03-01",
    "session_closed": "2026-03-02", "clock_start": "2026-03-27", "round": 1, "role": "lead", "lead_unit": "zjj",
    "co_units": ["jjdd", "cgj"], "previous_chain": [],
    "units": [{"unit": "zjj", "role": "lead"}, {"unit": "jjdd", "role": "co"}, {"unit": "cgj", "role": "co"}],
    "signatures": [{"unit": unit, "handler": "zhaoqian"} for unit in ("zjj", "jjdd", "cgj")],
    "chain": [
        {"code": code, "name": "答复审核", "unit": "zjj", "group": f"zjj:{code}"} for code in ("UO", "UD", "UC", "S1")],
    "reviews": [{"node": "UO", "verdict": "pass"}, {"node": "UD", "verdict": "pass"}], "result_class": "B",
    "has_commitments": True}
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
