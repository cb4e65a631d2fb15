"""Signatures, filing reviews, upper-level items, commitments, second replies, slips."""

from __future__ import annotations

revision = "0005_filing_tracking"
down_revision = "0004_full_procedure"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
