"""Every row of the handbook's steps (§3.2) is recorded: by a field of the step's form, by a column, or by an act."""

from __future__ import annotations

import datetime as dt
import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from handbook_rows import ROWS

import tasks.tables  # noqa: F401 - completes the metadata
from tasks.database import Base
from tasks.forms.schema import read_form
from tasks.forms.views import ComponentType
from tasks.registry import RECORDERS, SOURCES

PACKAGE = Path(__file__).parents[2] / "processes" / "handling"
FIELD = re.compile(r"(?P<form>[a-z-]+)\.(?P<key>[a-z_.]+)(?: (?P<mark>[●!]))?(?P<values>:(?: \w+(?![.\w-]))+)?")
COLUMN = re.compile(r"\[(\w+)\.(\w+)\]")
NOW = dt.datetime(2026, 5, 6, tzinfo=dt.UTC)
#: Facts of a case under which a step offers all of its choices.
CASES = [
    {"stage": "first", "may_add": True, "part": {"role": "co"}, "round": 1, "node": {"unit": "fb"}},
    {"stage": "refused", "round": 2},
]


def rows():
    found = []
    for line in ROWS.strip().splitlines():
        step, said, rest = re.fullmatch(r"(\w+) +(.+?) {2,}(.+)", line).groups()
        found.append(pytest.param(said, rest.split("  ")[0], id=f"{step} {said}"))
    return found


def form(name):
    return fields(read_form((PACKAGE / "forms" / f"{name}.form").read_bytes()).components)


def fields(components, prefix=""):
    """Every field by its key; those in a list's rows behind the list's own."""
    found = {}
    for one in components:
        name = f"{prefix}{one.key}" if one.key else ""
        found |= {name: one} if name else {}
        found |= fields(one.children, f"{name}." if one.type is ComponentType.DYNAMICLIST else prefix)
    return found


def choices(component):
    """Everything that a choice may offer, over kinds of items and facts of cases."""
    if not component.options_source:
        return {option.value for option in component.options}
    if component.options_source.startswith("result_classes"):
        return set("ABC")
    found = set()
    for facts in CASES:
        for kind, late in (("suggestion", True), ("proposal", False)):
            context = SimpleNamespace(variables=facts, kind=kind, overdue=late, due=NOW,
                                      reference=SimpleNamespace(settings={"max_rounds": 2}))  # fmt: skip
            found |= {option.value for option in SOURCES[component.options_source](None, context)}
    return found


@pytest.mark.parametrize(("said", "where"), rows())
def test_what_the_handbook_lists_is_recorded(said, where):
    asked = list(FIELD.finditer(re.sub(r"\[.*?\]|→\S+", "", where)))
    assert asked or COLUMN.search(where) or "→" in where or where.startswith("left:")
    marks = []
    for one in asked:
        known = form(one["form"])
        assert one["key"] in known, f"{one['form']} has no field {one['key']}"
        component = known[one["key"]]
        marks.append(one["mark"] or component.type is ComponentType.CHECKBOX)
        if one["mark"] == "●":
            assert component.constraints.required or component.constraints.min_items, f"{one[0]} is not required"
        if one["values"]:
            assert choices(component) == set(one["values"][1:].split())
    assert not ("●" in said and asked) or any(marks) or COLUMN.search(where), "the handbook requires it"
    for table, column in COLUMN.findall(where):
        assert column in Base.metadata.tables[table].columns
    for module, name in re.findall(r"→([\w.]+)\.(\w+)", where):
        assert hasattr(import_module(module), name)


def test_every_step_of_the_handbook_stands_in_the_table():
    steps = {line.split()[0] for line in ROWS.strip().splitlines()}
    assert steps == {*map(str, range(1, 26)), "U"}


def recorded():
    """Form and recorder of every user task in the diagrams."""
    for path in sorted(PACKAGE.glob("*.bpmn")):
        for task in re.findall(r"<bpmn:userTask .*?</bpmn:userTask>", path.read_text(encoding="utf-8"), re.DOTALL):
            name, recorder = (re.search(p, task) for p in (r'formId="(\w+)"', r'key="recorder" value="(\w+)"'))
            yield name[1].replace("_", "-"), recorder[1]


@pytest.mark.parametrize(("name", "recorder"), sorted(set(recorded())))
def test_every_field_of_a_form_is_known_to_its_recorder(name, recorder):
    asked = {key for key, one in form(name).items() if "." not in key and not one.read_only}
    assert asked <= RECORDERS[recorder].fields
