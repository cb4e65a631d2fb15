"""Who has finished a task of a case that runs: the tab “waiting for others” asked all tasks that were ever done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019_hands_of_cases"
down_revision = "0018_read_from_indexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of the cases that run, from what was done in them."""
    op.create_table(
        "case_hand",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account", "root_id", name="pk_case_hand"),
    )
    op.create_index("ix_case_hand_root_id", "case_hand", ["root_id"])
    if not sa.inspect(op.get_bind()).has_table("engine_instance"):
        return  # a new database: nothing has been done yet
    op.execute(
        "INSERT INTO case_hand (account, root_id) SELECT DISTINCT finished_by, root_id FROM work "
        "WHERE finished_by IS NOT NULL AND state IN ('completed', 'withdrawn') "
        "AND root_id IN (SELECT id FROM engine_instance WHERE state = 'active')"
    )


def downgrade() -> None:
    """What was done is in the tasks still."""
    op.drop_table("case_hand")
