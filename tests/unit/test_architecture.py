"""The layers: web → tasks → engine, and where the two guarded libraries may be imported."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = {
    "engine": {"tasks", "web", "flask", "apiflask"},
    "tasks": {"web", "flask", "apiflask"},
}
HOMES = {
    "SpiffWorkflow": ("engine/spiff/",),
    "lxml": ("engine/bpmn/", "engine/dmn/"),
}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    roots = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            roots.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            roots.add(str(node.module).split(".")[0])
    return roots


@pytest.mark.parametrize("layer", sorted(FORBIDDEN))
def test_no_layer_imports_one_above_it(layer):
    crossings = {
        str(path.relative_to(ROOT)): sorted(imported(path) & FORBIDDEN[layer])
        for path in modules(layer) if imported(path) & FORBIDDEN[layer]}
    assert crossings == {}


@pytest.mark.parametrize("library", sorted(HOMES))
def test_guarded_libraries_stay_in_their_package(library):
    strays = [
        name for layer in ("engine", "tasks", "web") for path in modules(layer)
        if library in imported(path) and not (name := str(path.relative_to(ROOT))).startswith(HOMES[library])]
    assert strays == []


def test_nothing_evaluates_python_or_unpickles():
    guilty = []
    for path in [*modules("engine"), *modules("tasks"), *modules("web")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = {
            node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
        if calls & {"eval", "exec", "compile", "__import__"} or "pickle" in imported(path):
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


def test_processes_are_data_only():
    assert list((ROOT / "processes").rglob("*.py")) == []


def test_files_and_functions_keep_their_size():
    long_files, long_functions = [], []
    for path in [*modules("engine"), *modules("tasks"), *modules("web")]:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 500 and "versions" not in path.parts:
            long_files.append(str(path.relative_to(ROOT)))
        long_functions += [
            f"{path.relative_to(ROOT)}:{node.lineno}" for node in ast.walk(ast.parse(text))
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
            and (node.end_lineno or 0) - node.lineno + 1 > 60 and "versions" not in path.parts]
    assert (long_files, long_functions) == ([], [])
