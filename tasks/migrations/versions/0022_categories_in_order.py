"""Cases of a category are narrowed and put in order in the index."""

from __future__ import annotations

from alembic import op

revision = "0022_categories_in_order"
down_revision = "0021_ends_of_pauses"
branch_labels = None
depends_on = None

NAME = "ix_item_category"


def upgrade() -> None:
    """The class, and when it was submitted."""
    op.drop_index(NAME, "item")
    columns = ["category", "subcategory", "result_class", "submitted_at"]
    op.create_index(NAME, "item", columns, postgresql_include=["id"])


def downgrade() -> None:
    """The category alone."""
    op.drop_index(NAME, "item")
    op.create_index(NAME, "item", ["category", "subcategory"])
