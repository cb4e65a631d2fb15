"""When the hub was told that the expected end of a pause has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0021_ends_of_pauses"
down_revision = "0020_categories_in_two_levels"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody was told before."""
    op.add_column("clock_pause", sa.Column("reminded_at", tasks.database.Instant(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("clock_pause", "reminded_at")
