"""The migrations of `tasks` build the schema that its models describe, beside the engine's own."""

from __future__ import annotations

import datetime as dt

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import JSON, MetaData, Table, insert, inspect, text

import tasks.tables
from engine import ProcessEngine
from engine import tables as engine_tables
from engine.database import create_database
from tasks.database import Base
from tasks.migrations import VERSION_TABLE, upgrade


def test_the_migrations_build_what_the_models_describe(database_url):
    database = create_database(database_url)
    ProcessEngine(database)
    upgrade(database)
    with database.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "include_object": lambda item, name, kind, _reflected, _compared: (
                    (name if kind == "table" else item.table.name) in Base.metadata.tables
                ),
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    database.dispose()


def test_tables_of_tasks_and_of_the_engine_do_not_meet():
    assert tasks.tables
    assert not set(Base.metadata.tables) & set(engine_tables.metadata.tables)


def test_upgrading_twice_changes_nothing(database_url):
    database = create_database(database_url)
    upgrade(database)
    before = sorted(inspect(database).get_table_names())
    upgrade(database)
    assert sorted(inspect(database).get_table_names()) == before
    database.dispose()


def test_an_area_at_work_gets_the_parameter_that_the_new_diagram_asks_for(database_url):
    database = create_database(database_url)
    upgrade(database, "0002_acts")
    with database.begin() as connection:
        connection.execute(
            text("INSERT INTO area (id, code, name, level, preset) VALUES (1, 'a', '甲县', 'county', '')")
        )
        connection.execute(
            text(
                "INSERT INTO parameter (area_id, code, name, amount, unit, counts_from, not_after, source, "
                "effective_from) VALUES (1, 'P3', '签收', 7, 'wd', '交办', '', '本县', '2025-01-01')"
            )
        )
    upgrade(database)
    with database.connect() as connection:
        asked = text("SELECT code, amount, unit FROM parameter WHERE code LIKE 'P3%' ORDER BY code")
        rows = connection.execute(asked).all()
    assert [tuple(row) for row in rows] == [("P3", 7, "wd"), ("P3S", 2, "wd")]
    database.dispose()


def test_a_former_slip_is_about_its_one_item_and_keeps_its_explanation(database_url):
    database = create_database(database_url)
    upgrade(database, "0016_fields_of_steps")
    with database.begin() as connection:
        for table in ("area", "term", "sitting", "unit", "item"):
            _row(connection, table)
        _row(connection, "slip", number="A", explanation="已办")
        _row(connection, "slip", id=2, number="B", explanation="正在办", previous_id=1)
    upgrade(database)
    with database.connect() as connection:
        kept = connection.execute(text("SELECT slip_id, item_id, explanation FROM slip_item ORDER BY slip_id")).all()
        assert [tuple(row) for row in kept] == [(1, 1, "已办"), (2, 1, "正在办")]
        assert connection.execute(text("SELECT previous_id FROM slip WHERE id = 2")).scalar() == 1
    database.dispose()


_ANY = {int: 1, bool: False, dt.date: dt.date(2026, 5, 1), dt.datetime: dt.datetime(2026, 5, 1, tzinfo=dt.UTC)}


def _row(connection, name, **given):
    """A row of a table as it stands at this revision: what must be there is filled with something."""
    table = Table(name, MetaData(), autoload_with=connection)
    needed = {
        column.name: [] if isinstance(column.type, JSON) else _ANY.get(column.type.python_type, "")
        for column in table.columns
        if not column.nullable
    }
    connection.execute(insert(table).values({**needed, **given}))
