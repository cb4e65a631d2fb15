"""Completions a second beside the floor (the same statements on the driver) and beside SpiffWorkflow's JSON."""

from __future__ import annotations

import io
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks.cases import DIAGRAM, TASKS, VALUES, VARIABLES, databases
from engine import ProcessEngine, statements
from engine.identity import new_id

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

CASES = 20
ROUNDS = 5


class Recorder:
    """Notes every statement that goes through the engine's cursor while it is switched on."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, Any, bool]] = []
        self._run, self._many = statements.Cursor.run, statements.Cursor.run_many

    def __enter__(self) -> Self:
        recorder = self

        def run(cursor: Any, statement: Any, parameters: Any) -> int:
            text, order = statement.text(cursor._dialect)
            recorder.calls.append((text, parameters if order is None else [parameters[name] for name in order], False))
            return recorder._run(cursor, statement, parameters)

        def run_many(cursor: Any, statement: Any, rows: Any) -> None:
            if len(rows) == 1:
                run(cursor, statement, rows[0])
            elif rows:
                text, order = statement.text(cursor._dialect)
                given = rows if order is None else [[row[name] for name in order] for row in rows]
                recorder.calls.append((text, given, True))
                recorder._many(cursor, statement, rows)

        statements.Cursor.run, statements.Cursor.run_many = run, run_many
        return self

    def __exit__(self, *_exception: object) -> None:
        statements.Cursor.run, statements.Cursor.run_many = self._run, self._many


def engine_round(engine: ProcessEngine) -> float:
    """Seconds for one completion, the mean over the round; every task id is known beforehand."""
    spent = 0.0
    for _ in range(CASES):
        instance = engine.start("p", VARIABLES)
        for number in range(3, 3 + len(TASKS)):
            began = time.perf_counter()
            engine.complete(f"{instance}-{number}", VALUES)
            spent += time.perf_counter() - began
    return spent / (CASES * len(TASKS))


@dataclass(frozen=True)
class Recorded:
    """The statements of one case: those of its start, and those of each completion."""

    instance: str
    start: list[tuple[str, Any, bool]]
    completions: list[list[tuple[str, Any, bool]]]


def record(engine: ProcessEngine) -> Recorded:
    """Note what the engine asks of the driver for one case."""
    with Recorder() as recorder:
        instance = engine.start("p", VARIABLES)
    noted = []
    for number in range(3, 3 + len(TASKS)):
        with Recorder() as completing:
            engine.complete(f"{instance}-{number}", VALUES)
        noted.append(completing.calls)
    return Recorded(instance, recorder.calls, noted)


def floor_round(connection: Connection, recorded: Recorded, begin: str) -> float:
    """Seconds for the same reads and writes of a completion in one transaction of the bare driver, on fresh rows."""
    cursor = connection.connection.cursor()
    spent, count = 0.0, 0
    for _ in range(CASES):
        fresh = new_id()
        _replay(cursor, begin, _renamed(recorded.start, recorded.instance, fresh))
        for calls in recorded.completions:
            given = _renamed(calls, recorded.instance, fresh)
            began = time.perf_counter()
            _replay(cursor, begin, given)
            spent += time.perf_counter() - began
            count += 1
    return spent / count


def _replay(cursor: Any, begin: str, calls: list[tuple[str, Any, bool]]) -> None:
    cursor.execute(begin)
    for text, parameters, many in calls:
        if many:
            cursor.executemany(text, parameters)
        else:
            cursor.execute(text, parameters)
        if text.startswith("SELECT"):
            cursor.fetchone()
    cursor.execute("COMMIT")


def _renamed(calls: list[tuple[str, Any, bool]], old: str, fresh: str) -> list[tuple[str, Any, bool]]:
    """The calls with another case's id in place of the recorded one."""

    def swap(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace(old, fresh)
        if isinstance(value, list):
            return [swap(one) for one in value]
        if isinstance(value, dict):
            return {name: swap(one) for name, one in value.items()}
        return value

    return [(text, swap(parameters), many) for text, parameters, many in calls]


class Spiff:
    """The library alone: its own JSON of the whole workflow in one row, loaded and written for each completion."""

    def __init__(self, connection: Connection, begin: str) -> None:
        parser = BpmnParser()
        parser.add_bpmn_io(io.BytesIO(_without_extensions()))
        self.spec = parser.get_spec("p")
        self.serializer = BpmnWorkflowSerializer(registry=BpmnWorkflowSerializer.configure())
        self.raw, self.begin = connection.connection, begin
        self.mark = "?" if connection.dialect.name == "sqlite" else "%s"
        self.raw.cursor().execute("CREATE TABLE IF NOT EXISTS spiff (id INTEGER PRIMARY KEY, state TEXT)")

    def round(self) -> float:
        """Seconds for one completion."""
        cursor, spent = self.raw.cursor(), 0.0
        for _ in range(3):
            workflow = BpmnWorkflow(self.spec)
            workflow.task_tree.data.update(VARIABLES)
            workflow.do_engine_steps()
            cursor.execute("DELETE FROM spiff")
            cursor.execute(f"INSERT INTO spiff VALUES (1, {self.mark})", (self._write(workflow),))
            for _task in TASKS:
                began = time.perf_counter()
                cursor.execute(self.begin)
                cursor.execute("SELECT state FROM spiff WHERE id = 1")
                loaded = self.serializer.deserialize_json(cursor.fetchone()[0])
                task = loaded.get_tasks(state=TaskState.READY, manual=True)[0]
                task.data.update(VALUES)
                task.run()
                loaded.do_engine_steps()
                cursor.execute(f"UPDATE spiff SET state = {self.mark} WHERE id = 1", (self._write(loaded),))
                cursor.execute("COMMIT")
                spent += time.perf_counter() - began
        return spent / (3 * len(TASKS))

    def _write(self, workflow: Any) -> str:
        return self.serializer.serialize_json(workflow)


def _without_extensions() -> bytes:
    """The diagram as the library's parser takes it."""
    root = etree.fromstring(DIAGRAM)
    for node in root.xpath("//*[local-name()='extensionElements']"):
        node.getparent().remove(node)
    return etree.tostring(root)


def measure(name: str, url: str) -> None:
    """One database: three contenders in turn, five times."""
    engine = ProcessEngine(url)
    engine.deploy({"a.bpmn": DIAGRAM})
    engine_round(engine)
    noted = record(engine)
    begin = "BEGIN IMMEDIATE" if name == "SQLite" else "BEGIN"
    figures: dict[str, list[float]] = {"engine": [], "floor": [], "SpiffWorkflow": []}
    with engine.database.engine.connect() as connection:
        if name != "SQLite":
            connection.connection.dbapi_connection.autocommit = True
        spiff = Spiff(connection, begin)
        for _ in range(ROUNDS):
            figures["engine"].append(engine_round(engine))
            figures["floor"].append(floor_round(connection, noted, begin))
            figures["SpiffWorkflow"].append(spiff.round())
    rates = {who: 1 / statistics.median(seconds) for who, seconds in figures.items()}
    for who, rate in rates.items():
        print(f"{name:<11} {who:<14} {rate:>8.0f} completions/s")
    print(f"{name:<11} engine / floor {rates['engine'] / rates['floor']:.0%}, "
          f"engine / SpiffWorkflow {rates['engine'] / rates['SpiffWorkflow']:.1f}×")
    most = max(len(calls) for calls in noted.completions)
    print(f"{name:<11} statements of a completion: {most} at most, commits: 1")
    engine.close()


def main() -> None:
    """Print the table."""
    with databases() as urls:
        for name, url in urls.items():
            measure(name, url)
