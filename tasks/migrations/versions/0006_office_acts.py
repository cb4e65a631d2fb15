"""Countersignatures, absences, comments, attachments, saved views."""

from __future__ import annotations

revision = "0006_office_acts"
down_revision = "0005_filing_tracking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
