"""Alembic runs the engine's migrations on the connection it is handed."""

from __future__ import annotations

from alembic import context

from engine import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=tables.metadata, version_table="engine_schema_version",
    transactional_ddl=False)
context.run_migrations()
