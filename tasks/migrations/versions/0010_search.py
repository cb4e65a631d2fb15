"""The index of character pairs for the search, and indexes for long lists."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tasks.search.index import rebuild

revision = "0010_search"
down_revision = "0009_changes_of_settings"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_item_submitted": ["submitted_at", "id"],
    "ix_item_category": ["category"],
    "ix_item_year": ["year"],
    "ix_item_counted": ["state", "result_class", "category", "key", "kind", "year", "assigned_at"],
}
RETURNED = sa.text("returns > 0")


def upgrade() -> None:
    """Build it, and fill it for the items that are there."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE item_search USING fts5(title, text, people, hidden, issued, draft, "
            "prefix = '1', tokenize = 'unicode61 remove_diacritics 0')"
        )
    else:
        op.create_table(
            "item_search",
            sa.Column("item_id", sa.Integer(), nullable=False),
            sa.Column("grams", sa.dialects.postgresql.TSVECTOR(), nullable=False),
            sa.PrimaryKeyConstraint("item_id", name=op.f("pk_item_search")),
        )
        op.create_index("ix_item_search_grams", "item_search", ["grams"], postgresql_using="gin")
    rebuild(op.get_bind())
    for name, columns in INDEXES.items():
        op.create_index(name, "item", columns)
    op.create_index("ix_item_returned", "item", ["returns"], sqlite_where=RETURNED, postgresql_where=RETURNED)
    op.drop_index("ix_assignment_unit", "assignment")
    op.create_index("ix_assignment_unit", "assignment", ["unit_id", "item_id"])


def downgrade() -> None:
    """Take it down."""
    op.drop_index("ix_assignment_unit", "assignment")
    op.create_index("ix_assignment_unit", "assignment", ["unit_id"])
    for name in (*INDEXES, "ix_item_returned"):
        op.drop_index(name, "item")
    op.drop_table("item_search")
