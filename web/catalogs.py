"""The catalogs of the interface: extract, update, compile. Run `python -m web.catalogs` after a sentence was added.

Source strings are English. They are marked `_("…")` in templates, `gettext("…")` and `say("…")` in Python, in all three
layers, since the engine's and the casework's sentences are read by people too.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = Path(__file__).parent.parent
FOLDER = Path(__file__).parent / "translations"
LOCALES = ("zh_Hans_CN", "zh_Hant_TW", "en")
_MARKS = {"_": None, "gettext": None, "say": None}
_METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]


def sentences() -> set[str]:
    """Every source sentence of the three layers."""
    return {text for layer in ("engine", "tasks", "web") for text in _in_layer(HOUSE / layer)}


def _in_layer(folder: Path) -> Iterator[str]:
    found = extract_from_dir(
        folder, _METHODS, {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}, _MARKS,
        directory_filter=lambda path: Path(path).name not in {"frontend", "static", "translations", "__pycache__"},
    )  # fmt: skip
    for _file, _line, text, _comments, _context in found:
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
