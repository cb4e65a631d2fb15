"""`banli decide`: ask a decision model, with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import orjson

from engine.dmn import load_model
from engine.message import say
from web.terminal import fail, line, tell


@click.command("decide", help=tell(say("Ask a decision of a DMN file and print result and explanation.")))
@click.argument("model", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--decision", help=tell(say("The decision's name or id; needed when the file has several.")))
@click.option("--input", "given", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help=tell(say("A JSON file with the inputs by name.")))
def command(model: Path, decision: str | None, given: Path | None) -> None:
    """Evaluate and print JSON."""
    loaded = load_model(model)
    names = [one.name for one in loaded.decisions]
    if decision is None and len(names) != 1:
        fail(say("Name one of the decisions with --decision: {names}", names=names))
    outcome = loaded.evaluate(decision or names[0], _inputs(given))
    line(orjson.dumps({"result": outcome.value, "explanation": outcome.explanation}, default=str,
                      option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode())


def _inputs(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        fail(say("{file} is not JSON: {reason}", file=path.name, reason=str(error)))
    if not isinstance(found, dict):
        fail(say("Expected an object with the inputs by name in {file}.", file=path.name))
    return dict(found)
