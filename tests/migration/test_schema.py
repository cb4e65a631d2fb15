"""The migrations build the same schema as the models, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from engine import tables
from engine.database import Database, create_database
from engine.schema import VERSION_TABLE, create_tables
from tasks.database import Base
from tasks.migrations import upgrade

METADATA = {"engine": tables.metadata, "tasks": Base.metadata}


@pytest.fixture
def database(database_url):
    made = create_database(database_url)
    create_tables(Database(made))
    upgrade(made)
    yield made
    made.dispose()


@pytest.mark.parametrize("layer", sorted(METADATA))
def test_migrations_and_models_agree(database, layer):
    own = set(METADATA[layer].tables)

    def ours(_object, name, kind, _reflected, compared):
        if kind == "table":
            return name in own
        return True

    with database.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False, "version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA[layer]) == []


def test_bringing_tables_up_to_date_twice_changes_nothing(database):
    create_tables(Database(database))
    upgrade(database)


def test_two_databases_may_be_made_at_the_same_time():
    """Two designers who try their drafts in the same moment each get a database of their own."""
    with ThreadPoolExecutor(8) as people:
        made = list(people.map(lambda _: _made_in_memory(), range(8)))
    expected = set(tables.metadata.tables) | set(Base.metadata.tables)
    assert [expected - found for found in made] == [set()] * 8


def _made_in_memory():
    one = create_database("sqlite://")
    create_tables(Database(one))
    upgrade(one)
    found = set(inspect(one).get_table_names())
    one.dispose()
    return found
