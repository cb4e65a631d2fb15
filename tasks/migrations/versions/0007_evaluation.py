"""The year-end evaluation; work that concerns no item."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_evaluation"
down_revision = "0006_office_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    _work_without_an_item()


def _work_without_an_item() -> None:
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("subject_kind", sa.String(), nullable=False, server_default="item"))
        batch_op.add_column(sa.Column("subject_key", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        batch_op.create_index("ix_work_root", ["root_id"], unique=False)
    with op.batch_alter_table("task_submission", schema=None) as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=True)


def downgrade() -> None:
    """Take it down; work that concerns no item goes with it."""
    op.execute("DELETE FROM work_group WHERE task_id IN (SELECT task_id FROM work WHERE item_id IS NULL)")
    op.execute("DELETE FROM task_draft WHERE task_id IN (SELECT task_id FROM work WHERE item_id IS NULL)")
    op.execute("DELETE FROM work_act WHERE task_id IN (SELECT task_id FROM work WHERE item_id IS NULL)")
    op.execute("DELETE FROM work WHERE item_id IS NULL")
    op.execute("DELETE FROM task_submission WHERE item_id IS NULL")
    with op.batch_alter_table("task_submission", schema=None) as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.drop_index("ix_work_root")
        batch_op.drop_column("subject")
        batch_op.drop_column("subject_key")
        batch_op.drop_column("subject_kind")
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=False)
