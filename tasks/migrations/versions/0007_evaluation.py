"""The year-end evaluation; work that concerns no item."""

from __future__ import annotations

revision = "0007_evaluation"
down_revision = "0006_office_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
