"""A county as busy as a province: the living county's own cases, copied until there are as many as asked.

Every copy has all rows that lists, boards and statistics read, so open and closed cases, their steps, units, replies,
returns and ratings are distributed as the two played years left them. Copies of closed cases lie up to nine years back.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from engine import tables as engine_tables
from engine.database import count_rows
from tasks.bootstrap import bootstrap
from tasks.database import Base, Instant
from tasks.demonstration import service
from tasks.search.index import rebuild
from tasks.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Column, Connection, Engine, Table

    from tasks.bootstrap import Banli

OVER = ("closed", "withdrawn", "not_filed", "converted", "merged")
YEARS = 10
_WIDE = 10_000
"""Ids of the copies of one row lie so far apart, times the number of the copy."""
_UNREAD = frozenset({"task_submission", "form_draft", "task_draft", "attachment", "comment"})
"""What only the page of one case or task reads is not copied: a third of the bytes."""


def play(folder: Path) -> None:
    """Play the demonstration into a folder."""
    service.build(_settings(folder, None))


def _settings(folder: Path, url: str | None) -> Settings:
    return Settings(
        folder, url or f"sqlite:///{folder / 'demonstration.db'}", demonstration=True,
        secret_key="a secret of the benchmark that is long enough")  # noqa: S106  # fmt: skip


def opened(folder: Path, url: str | None = None) -> Banli:
    """The county in a folder, its clock standing at the moment at which the demonstration ended."""
    banli = service.opened(_settings(folder, url))
    moment = banli.now()
    return replace(banli, clock=lambda: moment)


def moved(folder: Path, source: Path, url: str | None) -> None:
    """The played county of `source` once more, in a folder and database of its own."""
    shutil.copytree(source, folder, dirs_exist_ok=True)
    if url is None:
        return
    bootstrap(_settings(folder, url)).engine.close()
    old, new = (sa.create_engine(_settings(folder, place).database_url) for place in (None, url))
    with old.connect() as there, new.begin() as here:
        _unhindered(here)
        for metadata in (engine_tables.metadata, Base.metadata):
            for table in reversed(metadata.sorted_tables):
                here.execute(sa.delete(table))
            for table in metadata.sorted_tables:
                rows = [dict(row) for row in there.execute(sa.select(table)).mappings()]
                if rows:
                    here.execute(sa.insert(table), rows)
        rebuild(here)
    for one in (old, new):
        one.dispose()


@dataclass(frozen=True, slots=True)
class Copied:
    """How many cases there are afterwards."""

    closed: int
    running: int


def fill(database: Engine, closed: int, running: int) -> Copied:
    """Copy the cases until so many are there."""
    with database.begin() as connection:
        _unhindered(connection)
        _plan(connection, closed, running)
        _copy_people(connection)
        owned = _owned()
        for table in Base.metadata.sorted_tables:
            if table.name in owned:
                _copy(connection, table, owned)
        _copy_engine(connection)
        _copy_index(connection)
        counted = sa.text("SELECT sum(CASE WHEN state IN :over THEN 1 ELSE 0 END), count(*) FROM item")
        over, everything = connection.execute(
            counted.bindparams(sa.bindparam("over", OVER, expanding=True))).one()
    count_rows(database)
    if database.dialect.name != "sqlite":
        with database.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
    database.dispose()  # no connection keeps what filling asked of it
    return Copied(over, everything - over)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _unhindered(connection: Connection) -> None:
    if _is_sqlite(connection):
        for pragma in ("defer_foreign_keys=ON", "cache_size=-400000"):
            connection.exec_driver_sql(f"PRAGMA {pragma}")
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def _plan(connection: Connection, closed: int, running: int) -> None:
    """Which item gets which copies, and how many years each lies back."""
    rows = connection.execute(sa.text("SELECT id, state FROM item ORDER BY id")).all()
    connection.exec_driver_sql("CREATE TEMPORARY TABLE copies (item_id INTEGER, k INTEGER, back INTEGER)")
    plan: list[dict[str, int]] = []
    first = 1
    for wanted, is_over in ((running, False), (closed, True)):
        mine = [item for item, state in rows if (state in OVER) == is_over]
        for number in range(max(0, wanted - len(mine))):
            k = number // len(mine) + first
            plan.append({"item": mine[number % len(mine)], "k": k, "back": k % YEARS if is_over else 0})
        first = plan[-1]["k"] + 1 if plan else first  # so that no two copies get the same number
    connection.execute(sa.text("INSERT INTO copies VALUES (:item, :k, :back)"), plan)
    connection.exec_driver_sql("CREATE INDEX ix_copies ON copies (item_id)")


def _owned() -> dict[str, str]:
    """SQL that gives the item of a row `t`, by table: of every table whose rows belong to one item."""
    owned = {"item": "t.id", "case_hand": "(SELECT p.id FROM item p WHERE p.instance_id = t.root_id)"}
    for table in Base.metadata.sorted_tables:
        if table.name in _UNREAD | owned.keys():
            continue
        if "item_id" in table.c:
            owned[table.name] = "t.item_id"
            continue
        for key in table.foreign_keys:
            parent = key.column.table.name
            if parent in owned and parent != table.name:
                found = owned[parent].replace("t.", "p.")
                owned[table.name] = f"(SELECT {found} FROM {parent} p WHERE p.{key.column.name} = t.{key.parent.name})"
                break
    return owned


PEOPLE = 30
"""So many deputies for each one: a county of that size has more of them, not deputies with thousands of suggestions."""


def _copy_people(connection: Connection) -> None:
    persons = "(SELECT person_id FROM membership)"
    connection.exec_driver_sql("CREATE TEMPORARY TABLE numbers (k INTEGER)")
    connection.execute(sa.text("INSERT INTO numbers VALUES (:k)"), [{"k": k} for k in range(1, PEOPLE)])
    for name, key in (("person", "id"), ("membership", "person_id")):
        table = Base.metadata.tables[name]
        chosen = ", ".join(
            f"t.{column.name} + n.k * {_WIDE}" if column.name in ("id", "person_id") else f't."{column.name}"'
            for column in table.c)  # fmt: skip
        connection.exec_driver_sql(
            f"INSERT INTO {name} ({_names(table)}) SELECT {chosen} FROM {name} t, numbers n "
            f"WHERE t.{key} IN {persons}")  # fmt: skip


def _names(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.c)


def _copy(connection: Connection, table: Table, owned: dict[str, str]) -> None:
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE base_{table.name} AS SELECT t.*, {owned[table.name]} AS copied_item FROM {table.name} t")
    chosen = ", ".join(_value(connection, column, owned) for column in table.c)
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({_names(table)}) SELECT {chosen} "
        f"FROM copies c JOIN base_{table.name} t ON t.copied_item = c.item_id ORDER BY c.back DESC, c.k")  # fmt: skip


_REFERS = frozenset({"task_id", "asked_task", "endorsed_task", "decided_task", "root_id", "instance_id",
                     "former_instance_id"})  # fmt: skip


def _copied(name: str, kept: str) -> str:
    """The id of a copy: a task's is its instance's with a token behind the hyphen."""
    return f"replace({kept}, '-', '.' || c.k || '-')" if "task" in name else f"{kept} || '.' || c.k"


def _value(connection: Connection, column: Column[object], owned: dict[str, str]) -> str:
    name, kept = column.name, f't."{column.name}"'
    targets = {key.column.table.name for key in column.foreign_keys}
    if name == "request_id":
        return "NULL"
    if targets == {"person"}:
        member = f"{kept} IN (SELECT person_id FROM membership)"
        return f"CASE WHEN {member} THEN {kept} + (c.k - c.k / {PEOPLE} * {PEOPLE}) * {_WIDE} ELSE {kept} END"
    if name in _REFERS:
        return f"CASE WHEN {kept} <> '' THEN {_copied(name, kept)} ELSE {kept} END"
    if targets == {"item"} and name != "item_id":
        return kept  # the item with which it is handled may have fewer copies
    if (name == "id" and column.primary_key) or (targets and targets <= owned.keys()):
        return f"{kept} + c.k * {_WIDE}"
    if name == "number":
        return f"{kept} || CAST(1000 + c.k AS TEXT)"
    if name == "title" and column.table.name == "item":
        return f"{kept} || '（' || c.k || '）'"
    if name == "year":
        return f"{kept} - c.back"
    return _earlier(connection, column, kept)


def _earlier(connection: Connection, column: Column[object], kept: str) -> str:
    """A day or an instant as many years back as its case."""
    if not isinstance(column.type, (Instant, sa.Date)):
        return kept
    if _is_sqlite(connection):
        return f"CAST(CAST(substr({kept}, 1, 4) AS INTEGER) - c.back AS TEXT) || substr({kept}, 5)"
    moved = f"{kept} - make_interval(years => c.back)"
    return f"CAST({moved} AS date)" if isinstance(column.type, sa.Date) else moved


def _copy_engine(connection: Connection) -> None:
    """What the watched procedure is read from; of the copies of this year only."""
    instance = engine_tables.instance.name
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE roots AS SELECT i.id, t.id AS copied_item FROM {instance} i "
        f"JOIN base_item t ON t.instance_id = i.root_id")  # fmt: skip
    connection.exec_driver_sql("CREATE INDEX ix_roots ON roots (id)")
    for table, key in ((engine_tables.instance, "id"), (engine_tables.element_instance, "instance_id"),
                       (engine_tables.user_task, "instance_id")):  # fmt: skip
        connection.exec_driver_sql(f"CREATE TEMPORARY TABLE base_{table.name} AS SELECT * FROM {table.name}")
        chosen = ", ".join(
            _copied(
                table.name if column.name == "id" else column.name, f't."{column.name}"'
            ) if column.name in ("id", "instance_id", "root_id", "parent_id")
            else f't."{column.name}"' for column in table.c)  # fmt: skip
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({_names(table)}) SELECT {chosen} FROM base_{table.name} t "
            f"JOIN roots r ON r.id = t.{key} JOIN copies c ON c.item_id = r.copied_item "
            "WHERE c.back = 0 OR r.copied_item IN (SELECT item_id FROM base_work WHERE state = 'open')")  # fmt: skip


def _copy_index(connection: Connection) -> None:
    """The words of a copy are those of its case."""
    key, parts = ("rowid", "title, text, people, hidden, issued, draft") if _is_sqlite(connection) else (
        "item_id", "grams")  # fmt: skip
    words = ", ".join(f"t.{part}" for part in parts.split(", "))
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE base_search AS SELECT {key} AS item_id, {parts} FROM item_search")
    connection.exec_driver_sql(
        f"INSERT INTO item_search ({key}, {parts}) SELECT t.item_id + c.k * {_WIDE}, {words} "
        f"FROM base_search t JOIN copies c ON c.item_id = t.item_id ORDER BY 1")  # fmt: skip
