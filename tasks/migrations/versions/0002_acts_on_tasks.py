"""Acts on tasks beside the diagram, with their remarks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0002_acts"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    op.create_table(
        "work_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["work.task_id"], name=op.f("fk_work_act_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_act")),
    )
    with op.batch_alter_table("work_act", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_act_task_id"), ["task_id"], unique=False)


def downgrade() -> None:
    """Take it down."""
    with op.batch_alter_table("work_act", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_act_task_id"))
    op.drop_table("work_act")
