"""FEEL and decision tables: compiling and evaluating, beside what else there is for Python.

The others are measured where they are installed: `pip install --target DIR simpleeval pySFeel bkflow-feel cel-python`
and `PYTHONPATH=DIR`. Each is given the same conditions in its own notation; "-" means that it cannot express it.
"""

from __future__ import annotations

import importlib
from datetime import date
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from engine.dmn import load_model
from engine.feel import compile_expression, evaluate
from engine.feel.compilation import Expression
from engine.feel.library import STANDARD_LIBRARY
from engine.feel.parser import parse_expression

if TYPE_CHECKING:
    from collections.abc import Callable

VARIABLES: dict[str, Any] = {
    "approved": True,
    "result": "A",
    "level": 3,
    "amount": 1200,
    "kind": "建议",
    "unit": "教育局",
    "units": ["教育局", "财政局", "交通局"],
    "opinions": [{"unit": "财政局", "agreed": True}, {"unit": "交通局", "agreed": False}],
    "case": {"unit": {"leader": "wang", "deputy": None}, "round": 2, "received": date(2026, 3, 2)},
    "received": date(2026, 3, 2),
    "due": date(2026, 6, 2),
}

TYPICAL = (
    "approved",
    "not(approved)",
    'result = "A"',
    'result = "A" and level > 2',
    'result = "C" or result = "D"',
    "amount >= 1000 and amount < 5000",
    'kind = "提案" or (kind = "建议" and level <= 3)',
    "count(units) > 1",
    'list contains(units, "财政局")',
    "every o in opinions satisfies o.agreed",
    "opinions[agreed = false].unit",
    'for u in units return u + "办公室"',
    'if level = 1 then "县长" else "分管副县长"',
    "case.unit.leader",
    "case.round + 1",
    'received + duration("P3M")',
    "due < received",
    "(due - received).days",
    'string join(units, "、")',
    'starts with(unit, "教育") and contains(unit, "局")',
)
"""Twenty expressions as they stand in procedures: conditions, assignments, due dates."""

SIMPLE = 'result = "A" and level > 2'
_ROUNDS = 5


def main() -> None:
    """Print compile and evaluation times, a table of fifty rules, and the others beside them."""
    print(f"{'expression':<52}{'compile µs':>12}{'evaluate µs':>13}")
    for text in TYPICAL:
        compiled = compile_expression(text)
        compiling = _microseconds(lambda text=text: _compile(text), 200)
        print(f"{text:<52}{compiling:>12.1f}{_microseconds(lambda run=compiled: run.evaluate(VARIABLES), 3000):>13.2f}")
    print(
        f"\n{'simple condition, cached, through evaluate()':<52}{_microseconds(lambda: evaluate(SIMPLE, VARIABLES), 5000):>25.2f}"
    )
    _table()
    _others()


def _compile(text: str) -> Expression:
    # Around the cache, which would answer at once.
    return Expression(text, parse_expression(text, STANDARD_LIBRARY.vocabulary), STANDARD_LIBRARY)


def _microseconds(call: Callable[[], object], times: int) -> float:
    rounds = []
    for _ in range(_ROUNDS):
        begun = perf_counter()
        for _ in range(times):
            call()
        rounds.append((perf_counter() - begun) / times * 1e6)
    return median(rounds)


def _table() -> None:
    rules = "".join(
        "<rule>"
        + "".join(
            f"<inputEntry><text>{cell}</text></inputEntry>"
            for cell in (f'"U{number % 10}"', f"[{number}..{number}]", "-")
        )
        + f"<outputEntry><text>{number} + level</text></outputEntry></rule>"
        for number in range(50)
    )
    inputs = "".join(
        f"<input><inputExpression><text>{name}</text></inputExpression></input>" for name in ("unit", "number", "level")
    )
    data = "".join(f'<inputData id="{name}" name="{name}"/>' for name in ("unit", "number", "level"))
    requires = "".join(
        f'<informationRequirement><requiredInput href="#{name}"/></informationRequirement>'
        for name in ("unit", "number", "level")
    )
    source = (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" namespace="n" name="m">'
        f'{data}<decision id="d" name="d">{requires}<decisionTable>{inputs}<output/>{rules}</decisionTable></decision></definitions>'
    )
    model = load_model(source)
    given = {"unit": "U9", "number": 49, "level": 3}
    assert model.decide("d", given) == 52
    print(
        f"{'table of 50 rules, 3 inputs, Unique, last rule, explained':<60}{_microseconds(lambda: model.evaluate('d', given), 500):>17.1f}"
    )


def _others() -> None:
    print(f"\nthe same condition, {SIMPLE}: expression in its own notation, first and repeated µs")
    for name, prepare in _OTHERS.items():
        try:
            first, again = prepare()
        except ImportError:
            print(f"  {name:<14} not installed")
            continue
        print(f"  {name:<14}{_microseconds(first, 50):>12.1f}{_microseconds(again, 500):>12.1f}")


def _banli() -> tuple[Callable[[], object], Callable[[], object]]:
    compiled = compile_expression(SIMPLE)
    return lambda: _compile(SIMPLE).evaluate(VARIABLES), lambda: compiled.evaluate(VARIABLES)


def _simpleeval() -> tuple[Callable[[], object], Callable[[], object]]:
    simpleeval = importlib.import_module("simpleeval")
    text = 'result == "A" and level > 2'
    evaluator = simpleeval.SimpleEval(names={"result": "A", "level": 3})
    parsed = evaluator.parse(text)
    assert evaluator.eval(text) is True
    return lambda: evaluator.eval(text), lambda: evaluator.eval(text, previously_parsed=parsed)


def _pysfeel() -> tuple[Callable[[], object], Callable[[], object]]:
    parser = importlib.import_module("pySFeel").SFeelParser()
    parser.sFeelParse('result <- "A"')
    parser.sFeelParse("level <- 3")
    text = '(result = "A") and (level > 2)'  # without the brackets it answers false
    run = lambda: parser.sFeelParse(text)  # noqa: E731 - it has no compiled form: both figures are the same call
    assert run()[1] is True
    return run, run


def _bkflow() -> tuple[Callable[[], object], Callable[[], object]]:
    parse = importlib.import_module("bkflow_feel.api").parse_expression
    run = lambda: parse(SIMPLE, {"result": "A", "level": 3})  # noqa: E731 - the same
    assert run() is True
    return run, run


def _cel() -> tuple[Callable[[], object], Callable[[], object]]:
    celpy = importlib.import_module("celpy")
    environment = celpy.Environment()
    text = 'result == "A" && level > 2'
    given = celpy.json_to_cel({"result": "A", "level": 3})
    program = environment.program(environment.compile(text))
    assert program.evaluate(given)
    return lambda: environment.program(environment.compile(text)).evaluate(given), lambda: program.evaluate(given)


_OTHERS: dict[str, Callable[[], tuple[Callable[[], object], Callable[[], object]]]] = {
    "engine.feel": _banli,
    "simpleeval": _simpleeval,
    "pySFeel": _pysfeel,
    "bkflow-feel": _bkflow,
    "cel-python": _cel,
}

if __name__ == "__main__":
    main()
