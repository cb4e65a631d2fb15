"""The engine's tables come from its Alembic migrations, in every database and from the first day."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from engine.database import Database

VERSION_TABLE = "engine_schema_version"
MIGRATING = threading.Lock()
"""Alembic keeps the running migration in module globals: two at once would write into each other's database."""

_MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config() -> Config:
    """Where the engine's migrations are."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def create_tables(database: Database) -> None:
    """Bring the engine's tables to this version; nothing happens when they are there."""
    config = alembic_config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with MIGRATING, database.writing() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        if context.get_current_revision() == head:
            return
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
