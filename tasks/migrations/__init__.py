"""The schema of `tasks` and how it grows; its version table is its own, beside the engine's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

from engine.schema import MIGRATING

if TYPE_CHECKING:
    from sqlalchemy import Engine

VERSION_TABLE = "tasks_version"


def upgrade(database: Engine, revision: str = "head") -> None:
    """Bring the tables of `tasks` in this database to a revision."""
    with MIGRATING, database.connect() as connection, connection.begin():
        configuration = Config()
        configuration.set_main_option("script_location", str(Path(__file__).parent))
        configuration.attributes["connection"] = connection
        command.upgrade(configuration, revision)
