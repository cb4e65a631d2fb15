"""The migrations of `tasks` build the schema that its models describe, beside the engine's own."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

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
