"""The index itself: one row for each item, written in the transaction that changes what stands in it.

On SQLite it is an FTS5 table with a column for each `Part`; on PostgreSQL a tsvector whose lexemes begin with the
part's letter. Both are made by a migration and not by the models: no mapped class could say them.
"""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

from sqlalchemy import select, text

from tasks.register.models import Item
from tasks.search.grams import grams, triples
from tasks.search.parts import NAMES, Part
from tasks.search.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sqlalchemy import Connection

    Row = Mapping[Part, list[str]]

_AT_ONCE = 500
_LAST_POSITION = 16_000
"""PostgreSQL counts positions to 16,383. A longer text begins again: a chain may then be found where two texts overlap,
which no real text does."""
_MOST_LEXEMES = 60_000
"""A tsvector may have 1 MB; what stands beyond this in one item is not found on PostgreSQL."""

_STORED_IN_SQLITE = "SELECT rowid, " + " || '|' || ".join(Part) + " FROM item_search"  # noqa: S608 - names of parts
_STORED_IN_POSTGRESQL = "SELECT item_id, CAST(grams AS text) FROM item_search"
_DROP_IN_SQLITE = text("DELETE FROM item_search WHERE rowid = :id")
_WRITE_TO_SQLITE = text(
    f"INSERT INTO item_search (rowid, {', '.join(Part)}) VALUES (:id, {', '.join(f':{part}' for part in Part)})"  # noqa: S608 - names of parts
)
_DROP_IN_POSTGRESQL = text("DELETE FROM item_search WHERE item_id = ANY(:ids)")
_WRITE_TO_POSTGRESQL = text("INSERT INTO item_search (item_id, grams) VALUES (:id, CAST(:grams AS tsvector))")


def put(connection: Connection, item_ids: Collection[int]) -> None:
    """Write the rows of these items anew; of an item that is gone, take the row away."""
    wanted = sorted(item_ids)
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        rows = {item_id: _row(parts) for item_id, parts in texts_of(connection, some).items()}
        write = _to_sqlite if connection.dialect.name == "sqlite" else _to_postgresql
        write(connection, some, rows)


def rebuild(connection: Connection) -> int:
    """Write every row anew; answers how many items there are."""
    everything = connection.scalars(select(Item.id)).all()
    connection.execute(text("DELETE FROM item_search"))
    put(connection, everything)
    return len(everything)


def forget_former_words(connection: Connection) -> None:
    """Take what rows said before out of the files too: FTS5 leaves it there until it merges them."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO item_search (item_search) VALUES ('optimize')"))


def stale(connection: Connection) -> Iterator[int]:
    """Items whose row does not say what their texts say, or is missing; what `banli doctor` asks."""
    everything = connection.scalars(select(Item.id).order_by(Item.id)).all()
    sqlite = connection.dialect.name == "sqlite"
    stored = text(_STORED_IN_SQLITE if sqlite else _STORED_IN_POSTGRESQL)
    held: dict[int, str] = dict(connection.execute(stored).all())
    for first in range(0, len(everything), _AT_ONCE):
        some = everything[first : first + _AT_ONCE]
        for item_id, parts in texts_of(connection, some).items():
            row = _row(parts)
            right = "|".join(" ".join(row[part]) for part in Part) if sqlite else _as_stored(connection, row)
            if held.pop(item_id, None) != right:
                yield item_id
    yield from sorted(held)


def _row(parts: Mapping[Part, str]) -> Row:
    return {part: grams(parts.get(part, "")) for part in Part}


def _as_stored(connection: Connection, row: Row) -> str:
    asked = text("SELECT CAST(CAST(:grams AS tsvector) AS text)")
    return str(connection.scalar(asked, {"grams": _lexemes(row)}))


def _lexemes(row: Row) -> str:
    """A tsvector as it is written down; grams hold nothing that would have to be quoted."""
    names = (f"{part.letter}{name}" for part in NAMES for name in triples(row[part]))
    found = (
        f"{part.letter}{gram}:{at % _LAST_POSITION + 1}" for part, held in row.items() for at, gram in enumerate(held)
    )
    return " ".join(islice(chain(names, found), _MOST_LEXEMES))


def _to_sqlite(connection: Connection, some: list[int], rows: Mapping[int, Row]) -> None:
    connection.execute(_DROP_IN_SQLITE, [{"id": item_id} for item_id in some])
    if rows:
        connection.execute(
            _WRITE_TO_SQLITE,
            [
                {"id": item_id, **{part.value: " ".join(found) for part, found in row.items()}}
                for item_id, row in rows.items()
            ],
        )


def _to_postgresql(connection: Connection, some: list[int], rows: Mapping[int, Row]) -> None:
    connection.execute(_DROP_IN_POSTGRESQL, {"ids": some})
    if rows:
        connection.execute(
            _WRITE_TO_POSTGRESQL,
            [{"id": item_id, "grams": _lexemes(row)} for item_id, row in rows.items()],
        )
