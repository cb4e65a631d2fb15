"""Pauses by hand, and the open tasks whose clock stands still."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0015_paused_clocks"
down_revision = "0014_suspended_parts"
branch_labels = None
depends_on = None

OPEN = ["task_id", "due", "opened_at", "assignee", "unit_code", "confidential", "element_id", "light", "item_id",
        "root_id", "state"]  # fmt: skip
LASTING = "ended_at IS NULL"


def upgrade() -> None:
    """Build it."""
    instant = tasks.database.Instant(timezone=True)
    op.add_column("work", sa.Column("suspended_at", instant, nullable=True))
    _open_tasks([*OPEN, "suspended_at"])
    op.create_table(
        "clock_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("expected", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", instant, nullable=True),
        sa.Column("ended_request", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_clock_pause"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_clock_pause_item_id"),
        sa.UniqueConstraint("request_id", name="uq_clock_pause_request_id"),
        sa.UniqueConstraint("ended_request", name="uq_clock_pause_ended_request"),
    )
    op.create_index("ix_clock_pause_item_id", "clock_pause", ["item_id"])
    op.create_index(
        "ix_clock_pause_open", "clock_pause", ["item_id"], unique=True,
        sqlite_where=sa.text(LASTING), postgresql_where=sa.text(LASTING),
    )  # fmt: skip


def downgrade() -> None:
    """Take it down."""
    op.drop_table("clock_pause")
    _open_tasks(OPEN)
    op.drop_column("work", "suspended_at")


def _open_tasks(columns: list[str]) -> None:
    where = sa.text("state = 'open'")
    op.drop_index("ix_work_open", "work")
    op.create_index("ix_work_open", "work", columns, sqlite_where=where, postgresql_where=where)
