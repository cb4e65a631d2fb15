"""The catalogs of the interface: extract, update, compile. Run `python -m web.catalogs` after a sentence was added.

Source strings are English. They are marked `_("…")` in templates, `gettext("…")` and `say("…")` in Python, in all three
layers, since the engine's and the casework's sentences are read by people too.
"""

from __future__ import annotations

import ast
import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "translations"
LOCALES = ("zh_Hans_CN", "zh_Hant_TW", "en")
_MARKS = {"gettext", "say", "Message"}


def sentences() -> set[str]:
    """Every source sentence of the three layers."""
    python = (path for layer in ("engine", "tasks", "web") for path in (HOUSE / layer).rglob("*.py"))
    templates = (HOUSE / "web" / "templates").rglob("*.html")
    return {
        *(text for path in python if "node_modules" not in path.parts for text in _in_python(path)),
        *(text for path in templates for text in _in_template(path)),
    }


def _in_python(path: Path) -> Iterator[str]:
    """Texts of marked calls, both branches of a choice included (Babel's own reader would run them together)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS and node.args:
            yield from _texts(node.args[0])


def _texts(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as text) if text:
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)


def _in_template(path: Path) -> Iterator[str]:
    options = {"trim_blocks": "true", "lstrip_blocks": "true"}
    with path.open("rb") as file:
        for _line, _function, text, _comments in babel_extract(file, ["_"], (), options):
            if isinstance(text, str) and text:
                yield text


def catalog(locale: str) -> Catalog:
    """The catalog as it is kept."""
    path = po_file(locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def po_file(locale: str) -> Path:
    """Where the translators' file of a locale is."""
    return FOLDER / locale / "LC_MESSAGES" / "messages.po"


def missing(locale: str) -> set[str]:
    """Source sentences that this catalog does not say yet."""
    kept = catalog(locale)
    return {text for text in sentences() if not kept.get(text) or not kept.get(text).string or kept.get(text).fuzzy}


def update(locale: str) -> None:
    """Adds new sentences to a catalog, drops those that are gone, compiles it. English says what the source says."""
    kept, fresh = catalog(locale), Catalog(locale=locale, project="Banli", fuzzy=False)
    for text in sorted(sentences()):
        old = kept.get(text)
        said = old.string if old and old.string else (text if locale == "en" else "")
        fresh.add(text, said, flags=["python-brace-format"] if "{" in text else [])
    path = po_file(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.revision_date = fresh.creation_date = _NEVER
    with path.open("wb") as file:
        write_po(file, fresh, width=120, omit_header=False, sort_output=True)
    with path.with_suffix(".mo").open("wb") as file:
        write_mo(file, fresh)


_NEVER = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""A fixed date in the heading, so that running the tool twice gives the same files."""


def main() -> int:
    """Updates all catalogs; answers 1 while a sentence is not translated."""
    left = 0
    for locale in LOCALES:
        update(locale)
        for text in sorted(missing(locale)):
            left += 1
            sys.stderr.write(f"{locale}: {text}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
