"""Since when the clock of a unit's part stands still."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0014_suspended_parts"
down_revision = "0013_annual_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    op.add_column("assignment", sa.Column("suspended_at", tasks.database.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    """Take it down."""
    op.drop_column("assignment", "suspended_at")
