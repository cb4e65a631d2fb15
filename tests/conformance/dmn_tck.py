"""The DMN compatibility kit against engine.dmn: `python -m tests.conformance.dmn_tck [--failures] [folder …]`.

A case passes if the value is the expected one (numbers to eight decimals, as the kit prescribes), or if it is null
where the kit expects an error.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from engine.dmn import load_model
from engine.errors import EngineError
from engine.feel.evaluation import State
from engine.feel.values.comparison import equal
from engine.feel.values.kinds import kind_of
from engine.feel.values.moments import fraction_of, time_part
from engine.feel.values.temporal_text import read_date, read_date_and_time, read_duration, read_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.dmn import Model

KIT = Path(__file__).resolve().parents[3] / "shared" / "conformance" / "dmn-tck"
_NAMESPACE = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_TOLERANCE = Decimal("1e-8")


@dataclass(frozen=True)
class Case:
    """One expected result of the kit."""

    folder: str
    name: str
    decision: str
    inputs: dict[str, Any]
    expected: Any
    is_error: bool


def folders(kit: Path = KIT) -> list[Path]:
    """The folders of the kit that hold a model."""
    return sorted(path for level in sorted(kit.glob("compliance-level-*")) for path in level.iterdir() if path.is_dir())


def model_of(folder: Path) -> Model:
    """The folder's model, the other files of the folder being its imports."""
    files = sorted(folder.glob("*.dmn"))
    named = [path for path in files if path.stem == folder.name]
    main = named[0] if named else files[0]
    return load_model(main, imports=[path for path in files if path != main])


def cases_of(folder: Path) -> Iterator[Case]:
    """All cases of a folder."""
    for path in sorted(folder.glob("*-test-*.xml")):
        for case in etree.parse(path).getroot().iter(f"{_NAMESPACE}testCase"):
            inputs = {str(node.get("name")): _value(node) for node in case.findall(f"{_NAMESPACE}inputNode")}
            invocable = case.get("invocableName")
            for node in case.findall(f"{_NAMESPACE}resultNode"):
                expected = node.find(f"{_NAMESPACE}expected")
                yield Case(
                    folder=folder.name,
                    name=f"{case.get('id')}:{node.get('name')}",
                    decision=str(invocable or node.get("name")),
                    inputs=inputs,
                    expected=_value(expected) if expected is not None else None,
                    is_error=node.get("errorResult") == "true",
                )


def failure_of(case: Case, model: Model) -> str | None:
    """What is wrong with the model's answer; None if nothing is."""
    try:
        found = model.decide(case.decision, case.inputs)
    except EngineError as error:
        return None if case.is_error else f"{type(error).__name__}: {error}"
    if case.is_error and found is None:
        return None
    return None if agrees(case.expected, found) else f"expected {case.expected!r}, found {found!r}"


def agrees(expected: Any, found: Any) -> bool:
    """Whether a value is the expected one."""
    if expected is None or found is None:
        return expected is found
    kind = kind_of(expected)
    if kind != kind_of(found):
        return False
    if kind == "number":
        return abs(expected - found) <= _TOLERANCE
    if kind == "list":
        return len(expected) == len(found) and all(map(agrees, expected, found))
    if kind == "context":
        return expected.keys() == found.keys() and all(agrees(expected[key], found[key]) for key in expected)
    if kind == "time":
        return bool(equal(expected, found, State({}))) and fraction_of(expected) == fraction_of(found)
    if kind == "date and time":
        return bool(equal(expected, found, State({}))) and agrees(time_part(expected), time_part(found))
    return bool(equal(expected, found, State({})))


def _value(element: Any) -> Any:
    plain = element.find(f"{_NAMESPACE}value")
    if plain is not None:
        return _scalar(plain)
    listed = element.find(f"{_NAMESPACE}list")
    if listed is not None:
        return None if _is_nil(listed) else [_value(item) for item in listed.findall(f"{_NAMESPACE}item")]
    components = element.findall(f"{_NAMESPACE}component")
    if not components:
        return None if _is_nil(element) else {}
    return {each.get("name"): None if _is_nil(each) else _value(each) for each in components}


def _is_nil(element: Any) -> bool:
    return element.get(f"{_XSI}nil") == "true"


def _scalar(element: Any) -> Any:
    if _is_nil(element):
        return None
    text = element.text or ""
    kind = (element.get(f"{_XSI}type") or "xsd:string").rpartition(":")[2]
    if kind in {"decimal", "double", "integer", "int", "long", "float"}:
        return Decimal(text)
    readers = {"date": read_date, "time": read_time, "dateTime": read_date_and_time, "duration": read_duration}
    if kind == "boolean":
        return text == "true"
    return readers[kind](text) if kind in readers else text


def run(chosen: list[Path], *, show_failures: bool) -> int:
    """Run the folders and print a line for each; the number of failed cases is returned."""
    totals: dict[str, list[int]] = {}
    for folder in chosen:
        passed = total = 0
        try:
            model = model_of(folder)
        except EngineError as error:
            print(f"{folder.name}: cannot be loaded: {error}")  # noqa: T201 - a program that prints
            model = None
        for case in cases_of(folder):
            total += 1
            failure = "no model" if model is None else failure_of(case, model)
            passed += failure is None
            if failure is not None and show_failures:
                print(f"  {case.name}: {failure[:300]}")  # noqa: T201
        print(f"{folder.parent.name:<20} {folder.name:<48} {passed:>5} / {total}")  # noqa: T201
        level = totals.setdefault(folder.parent.name, [0, 0])
        level[0] += passed
        level[1] += total
    for name, (passed, total) in totals.items():
        print(f"{name:<69} {passed:>5} / {total}  {passed / max(total, 1):.2%}")  # noqa: T201
    return sum(total - passed for passed, total in totals.values())


def main() -> int:
    """The program."""
    parser = argparse.ArgumentParser(description="Run the DMN compatibility kit.")
    parser.add_argument("folders", nargs="*", help="parts of folder names; all without them")
    parser.add_argument("--failures", action="store_true", help="print each failed case")
    arguments = parser.parse_args()
    if not KIT.is_dir():
        print(f"The kit is missing: expected it at {KIT}.")  # noqa: T201
        return 2
    chosen = [
        path for path in folders() if not arguments.folders or any(part in path.name for part in arguments.folders)
    ]
    return 1 if run(chosen, show_failures=arguments.failures) else 0


if __name__ == "__main__":
    sys.exit(main())
