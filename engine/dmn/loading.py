"""From files to a model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from engine.dmn.errors import DmnError
from engine.dmn.model import Model
from engine.dmn.reader import read_definitions
from engine.message import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.dmn.elements import Definitions
    from engine.feel import FunctionLibrary

    Source = bytes | str | Path


def load_model(
    source: Source, imports: Sequence[Source | Model] = (), *, functions: FunctionLibrary | None = None
) -> Model:
    """The model in a file.

    Args:
        source: the file's bytes, its path, or its text.
        imports: the files of the models it imports, directly or through one another, in any order.
        functions: FEEL functions beside the built-in ones.

    Raises:
        DmnError: a file is no DMN model, or an imported model is missing.
    """
    definitions = read_definitions(_bytes(source))
    known: dict[str, Definitions | Model] = {}
    for each in imports:
        found = each if isinstance(each, Model) else read_definitions(_bytes(each))
        known[found.namespace] = found
    return _built(definitions, known, functions, ())


def _built(
    definitions: Definitions,
    known: dict[str, Definitions | Model],
    functions: FunctionLibrary | None,
    within: tuple[str, ...],
) -> Model:
    if definitions.namespace in within:
        raise DmnError(say("The models import one another in a circle: {names}.", names=" → ".join(within)))
    models: dict[str, Model] = {}
    for each in definitions.imports:
        found = known.get(each.namespace)
        if found is None:
            if _is_model(each.namespace):
                raise DmnError(
                    say("The model imports {namespace}, which was not given.", namespace=each.namespace or each.name)
                )
            continue
        if not isinstance(found, Model):
            found = _built(found, known, functions, (*within, definitions.namespace))
            known[each.namespace] = found
        models[each.name] = found
    return Model(definitions, models, functions)


def _is_model(namespace: str) -> bool:
    # Schemas and PMML documents are imported too; only decision models are followed.
    return "XMLSchema" not in namespace and "PMML" not in namespace


def _bytes(source: Source) -> bytes:
    if isinstance(source, bytes):
        return source
    if isinstance(source, Path):
        return source.read_bytes()
    if source.lstrip("\ufeff \t\r\n").startswith("<"):
        return source.encode()
    path = Path(source)
    if not path.is_file():
        raise DmnError(say("There is no file {name}.", name=source[:200]))
    return path.read_bytes()
