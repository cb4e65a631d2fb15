"""Joint and separate parts, plans, extensions, key designations, publication, closing reports."""

from __future__ import annotations

revision = "0004_full_procedure"
down_revision = "0003_adjustments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
