"""How the cost of one step grows: with parallel units, with called instances, with the rounds of a loop."""

from __future__ import annotations

import statistics
import time

from tests_support.diagrams import call, chain, end, loop, process, script, start, user_task

from benchmarks.cases import VALUES, databases
from engine import ProcessEngine

PARALLEL = process(start() + user_task("each", loop=loop("=units")) + end() + chain("start", "each", "end"), "parallel")
CHILD = process(start() + user_task("inner") + end() + chain("start", "inner", "end"), "child")
CALLS = process(
    start() + call("c", "child", loop=loop("=units", output="out", output_item="=decision")) + end()
    + chain("start", "c", "end"), "calls")
ROUNDS = process(start() + user_task("a") + script("s", "= n + 1", "n") + chain("start", "a", "s", "a"), "rounds")


def one_completion(engine: ProcessEngine, process_id: str, units: int) -> float:
    """Milliseconds of one completion while that many run beside it; the median of five."""
    spent = []
    for _ in range(5):
        instance = engine.start(process_id, {"units": [f"u{index}" for index in range(units)]})
        task = engine.user_tasks(instance)[units // 2].id
        began = time.perf_counter()
        engine.complete(task, VALUES)
        spent.append(time.perf_counter() - began)
    return statistics.median(spent) * 1000


def rounds(engine: ProcessEngine) -> dict[int, float]:
    """Milliseconds of a step near the first, the thousandth and the two-thousandth round."""
    instance = engine.start("rounds", {"n": 0})
    number, spent = 3, []
    for _ in range(2000):
        task = f"{instance}-{number}"
        began = time.perf_counter()
        engine.complete(task, {})
        spent.append(time.perf_counter() - began)
        number += 2
    return {at: statistics.median(spent[max(0, at - 25):at + 25]) * 1000 for at in (25, 1000, 1975)}


def main() -> None:
    """Print the rows for each database."""
    with databases() as urls:
        for name, url in urls.items():
            engine = ProcessEngine(url)
            engine.deploy({"a.bpmn": PARALLEL, "b.bpmn": CHILD, "c.bpmn": CALLS, "d.bpmn": ROUNDS})
            for process_id, what in (("parallel", "parallel units in one instance"), ("calls", "called instances")):
                one_completion(engine, process_id, 3)
                spent = {units: one_completion(engine, process_id, units) for units in (3, 30, 300)}
                figures = ", ".join(f"{units}: {milliseconds:.2f} ms" for units, milliseconds in spent.items())
                print(f"{name:<11} one completion among {what:<31} {figures}")
            figures = ", ".join(f"round {at}: {spent:.2f} ms" for at, spent in rounds(engine).items())
            print(f"{name:<11} a step of a loop{'':<39} {figures}")
            engine.close()
