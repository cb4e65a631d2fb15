"""Categories in two levels: what an item had is its main category."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_categories_in_two_levels"
down_revision = "0019_hands_of_cases"
branch_labels = None
depends_on = None

COUNTED = ["state", "result_class", "category", "subcategory", "key", "kind", "year", "assigned_at"]


def upgrade() -> None:
    """The column, and it in the two indexes from which filters and statistics are read."""
    op.add_column("item", sa.Column("subcategory", sa.String(), nullable=False, server_default=""))
    _indexes(["category", "subcategory"], COUNTED)


def downgrade() -> None:
    """One level again."""
    _indexes(["category"], [column for column in COUNTED if column != "subcategory"])
    op.drop_column("item", "subcategory")


def _indexes(category: list[str], counted: list[str]) -> None:
    for name, columns in (("ix_item_category", category), ("ix_item_counted", counted)):
        op.drop_index(name, "item")
        op.create_index(name, "item", columns)
