"""Asking the index: which items show a word in one of these parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, and_, bindparam, or_, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from tasks.search.grams import chain, runs, triples
from tasks.search.parts import NAMES, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.orm import InstrumentedAttribute, Session
    from sqlalchemy.sql.compiler import SQLCompiler

_COMMON = 2_000



@dataclass(frozen=True, slots=True)
class Unless:
    """Further parts, that count for all items but these."""

    parts: Collection[Part]
    items: Select[int]


class _Items(FunctionElement[int]):
    """The ids of items that the index finds: question to FTS5, to PostgreSQL; both of further parts, unless these."""

    type = Integer()
    inherit_cache = True


class _SomeItems(FunctionElement[int]):
    """The same, but no more of each part than the number that comes last."""

    type = Integer()
    inherit_cache = True


class _ThisItem(FunctionElement[int]):
    """The id of this one item, if the index finds it: item id, and the questions."""

    type = Integer()
    inherit_cache = True


_IN_FTS5 = "SELECT rowid AS item_id FROM item_search WHERE item_search MATCH {question}"
# In a query of its own, so that the question is not guessed at: what is thought to be in every item would be looked for
# without the index, by unpacking the words of all of them.
_IN_TSVECTOR = "SELECT item_id FROM item_search WHERE grams @@ (SELECT CAST({question} AS tsquery))"


@compiles(_Items, "sqlite")
def _items_in_fts5(element: _Items, compiler: SQLCompiler, **kw: Any) -> str:
    question, _, *further = (compiler.process(clause, **kw) for clause in element.clauses)
    return _together(_IN_FTS5, question, further[:1] + further[2:], "rowid")


@compiles(_Items, "postgresql")
def _items_in_tsvector(element: _Items, compiler: SQLCompiler, **kw: Any) -> str:
    _, question, *further = (compiler.process(clause, **kw) for clause in element.clauses)
    return _together(_IN_TSVECTOR, question, further[1:], "item_id")


def _together(finding: str, question: str, further: list[str], key: str) -> str:
    """One list of ids, that the database may begin with; of two conditions joined by OR it would try every item."""
    found = finding.format(question=question)
    if not further:
        return f"({found})"
    other, unless = further
    return f"({found} UNION {finding.format(question=other)} AND {key} NOT IN {unless})"


@compiles(_SomeItems, "sqlite")
def _some_in_fts5(element: _SomeItems, compiler: SQLCompiler, **kw: Any) -> str:
    question, _, other, _, unless, most = (compiler.process(clause, **kw) for clause in element.clauses)
    return _of_each(_IN_FTS5, question, f"{_IN_FTS5.format(question=other)} AND rowid NOT IN {unless}", most)


@compiles(_SomeItems, "postgresql")
def _some_in_tsvector(element: _SomeItems, compiler: SQLCompiler, **kw: Any) -> str:
    _, question, _, other, unless, most = (compiler.process(clause, **kw) for clause in element.clauses)
    return _of_each(_IN_TSVECTOR, question, f"{_IN_TSVECTOR.format(question=other)} AND item_id NOT IN {unless}", most)


def _of_each(finding: str, question: str, other: str, most: str) -> str:
    parts = (finding.format(question=question), other)
    some = (f"SELECT item_id FROM ({part} LIMIT {most}) AS part" for part in parts)  # noqa: S608 - nothing typed
    return f"({' UNION '.join(some)})"


@compiles(_ThisItem, "sqlite")
def _this_item_in_fts5(element: _ThisItem, compiler: SQLCompiler, **kw: Any) -> str:
    item, question, _ = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({_IN_FTS5.format(question=question)} AND rowid = {item})"


@compiles(_ThisItem, "postgresql")
def _this_item_in_tsvector(element: _ThisItem, compiler: SQLCompiler, **kw: Any) -> str:
    item, _, question = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"({_IN_TSVECTOR.format(question=question)} AND item_id = {item})"


def shows(
    item: InstrumentedAttribute[int], word: str, parts: Collection[Part], unless: Unless, *, each: bool = False,
    most: int | None = None,
) -> ColumnElement[bool] | None:
    """A condition that holds for items which show the word's letters and digits in one of the parts.

    None for a word that has neither letter nor digit. A word with other signs in it must be looked for in the texts
    too: `tasks.search.grams.is_plain`.

    Args:
        item: the column with the item's id.
        word: what was typed, without spaces.
        parts: where to look.
        unless: where else to look, but not in some items.
        each: ask for one item after the other: quicker where most items are found and few are read.
        most: enough for who asks for nothing else and counts no further: all, where there are fewer.
    """
    searched = [chain(run) for run in runs(word)]
    if not searched:
        return None
    questions, further = _questions(searched, parts), _questions(searched, unless.parts)
    if each:
        shown = item == _ThisItem(item, *further)
        return or_(item == _ThisItem(item, *questions), and_(shown, item.not_in(unless.items)))
    asked = (*questions, *further, unless.items.scalar_subquery())
    found = _Items(*asked) if most is None else _SomeItems(*asked, bindparam(None, most))
    return item.op("IN", is_comparison=True)(found)


def is_common(session: Session, word: str) -> bool:
    """Whether so many items show the word that one had better ask item by item (`each`)."""
    searched = [chain(run) for run in runs(word)]
    if not searched:
        return False
    if session.get_bind().dialect.name == "sqlite":
        condition, question = "item_search MATCH :question", _to_fts5(searched, list(Part))
    else:
        condition, question = "grams @@ CAST(:question AS tsquery)", _to_tsquery(searched, list(Part))
    some = text(f"SELECT 1 FROM item_search WHERE {condition} LIMIT {_COMMON + 1}")  # noqa: S608 - nothing typed
    return len(session.execute(some, {"question": question}).all()) > _COMMON


def shows_any(item: InstrumentedAttribute[int], pairs: Iterable[str], part: Part) -> ColumnElement[bool]:
    """A condition that holds for items which show at least one of these pairs of characters in this part."""
    wanted = sorted(pairs)
    to_fts5 = " OR ".join(f'"{pair}"' for pair in wanted)
    to_tsquery = " | ".join(f"'{part.letter}{pair}'" for pair in wanted)
    found = _Items(bindparam(None, f"{part} : ({to_fts5})"), bindparam(None, to_tsquery))
    return item.op("IN", is_comparison=True)(found)


def _questions(searched: list[list[str]], parts: Collection[Part]) -> tuple[ColumnElement[str], ColumnElement[str]]:
    return bindparam(None, _to_fts5(searched, parts)), bindparam(None, _to_tsquery(searched, parts))


def _to_fts5(searched: list[list[str]], parts: Collection[Part]) -> str:
    chains = " AND ".join(
        " + ".join(f'"{gram}"' for gram in grams) + (" *" if len(grams[0]) == 1 else "") for grams in searched
    )
    return f"{{{' '.join(sorted(parts))}}} : ({chains})"


def _to_tsquery(searched: list[list[str]], parts: Collection[Part]) -> str:
    chains = ("(" + " | ".join(_chain(grams, part) for part in sorted(parts)) + ")" for grams in searched)
    return " & ".join(chains)


def _chain(grams: list[str], part: Part) -> str:
    if part in NAMES and len(grams) == len("林国"):
        return f"'{part.letter}{triples(grams)[0]}'"
    return "(" + " <-> ".join(f"'{part.letter}{gram}'" for gram in grams) + (":*" if len(grams[0]) == 1 else "") + ")"

