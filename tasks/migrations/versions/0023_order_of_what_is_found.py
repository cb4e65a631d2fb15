"""What a search finds is put in order without reading the items."""

from __future__ import annotations

from alembic import op

revision = "0023_order_of_what_is_found"
down_revision = "0022_categories_in_order"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """When it was submitted, by its id."""
    op.create_index("ix_item_when", "item", ["id", "submitted_at"])


def downgrade() -> None:
    """In the rows alone."""
    op.drop_index("ix_item_when", "item")
