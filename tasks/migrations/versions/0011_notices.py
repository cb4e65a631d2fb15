"""Notices for people who have no task from what happened."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0011_notices"
down_revision = "0010_search"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("read_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_notice_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index("ix_notice_unread", "notice", ["account", "read_at"])
    op.create_index("ix_notice_account", "notice", ["account", "id"])
    op.create_index(op.f("ix_notice_item_id"), "notice", ["item_id"])


def downgrade() -> None:
    """Take it down."""
    op.drop_table("notice")
