"""The migrations build the same schema as the models, on both databases."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

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
