"""Alembic's entry: runs on the connection that `upgrade` hands over, and sees only the tables of `tasks`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import context

import tasks.tables
from tasks.database import Base
from tasks.migrations import VERSION_TABLE

if TYPE_CHECKING:
    from sqlalchemy.sql.schema import SchemaItem

assert tasks.tables  # noqa: S101 - imported so that every model is known to the metadata


def ours(item: SchemaItem, name: str | None, kind: str, reflected: bool, compare_to: SchemaItem | None) -> bool:  # noqa: FBT001, ARG001
    """Leave the engine's tables, and anybody else's, alone."""
    table = name if kind == "table" else getattr(getattr(item, "table", None), "name", None)
    return table in Base.metadata.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    include_object=ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
