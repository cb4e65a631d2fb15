"""Whether a part is late is known from the index over the items, with the clocks that stand still."""

from __future__ import annotations

from alembic import op

revision = "0024_late_parts_from_an_index"
down_revision = "0023_order_of_what_is_found"
branch_labels = None
depends_on = None

NAME, COLUMNS = "ix_assignment_item", ["item_id", "current", "role", "unit_id", "round", "due"]


def upgrade() -> None:
    """Since when the clock stands still."""
    op.drop_index(NAME, "assignment")
    op.create_index(NAME, "assignment", [*COLUMNS, "suspended_at"])


def downgrade() -> None:
    """As it was."""
    op.drop_index(NAME, "assignment")
    op.create_index(NAME, "assignment", COLUMNS)
