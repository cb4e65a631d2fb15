"""Indexes that long lists are read from: open tasks, finished tasks, and who had a part in a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_long_lists"
down_revision = "0011_notices"
branch_labels = None
depends_on = None

FORMER = {
    "ix_work_finished": ["finished_by", "finished_at"],
    "ix_work_done": ["finished_by", "state", "root_id"],
    "ix_work_state_root": ["state", "root_id"],
    "ix_work_root": ["root_id"],
}
COUNTED = {
    "ix_item_closed": ("item", ["closed_at", "state", "filed_at", "submitted_at"]),
    "ix_item_kind": ("item", ["kind", "year"]),
    "ix_item_key": ("item", ["key", "state", "kind", "number"]),
    "ix_assignment_item": ("assignment", ["item_id", "current", "role", "unit_id", "round", "due"]),
    "ix_consultation_met": ("consultation", ["face_to_face", "item_id"]),
    "ix_reply_days": ("reply", ["round", "stage", "unit_id", "days", "item_id"]),
    "ix_review_verdict": ("review", ["verdict", "reply_id"]),
    "ix_feedback_counted": ("feedback", ["round", "stage", "overall", "item_id"]),
}
OPEN = ["task_id", "due", "opened_at", "assignee", "unit_code", "confidential", "element_id", "light", "item_id",
        "root_id", "state"]  # fmt: skip


def upgrade() -> None:
    """Build them in place of narrower ones."""
    for name in FORMER:
        op.drop_index(name, "work")
    _create("ix_work_finished", "work", ["finished_by", "state", "finished_at", "task_id"], "finished_by IS NOT NULL")
    _create("ix_work_root", "work", ["root_id", "finished_by", "state"])
    _create("ix_work_open", "work", OPEN, "state = 'open'")
    op.drop_index("ix_work_group_name", "work_group")
    _create("ix_work_group_name", "work_group", ["name", "task_id"])
    op.drop_index("ix_item_year", "item")
    _create("ix_item_year", "item", ["year", "state", "assigned_at"])
    for name, (table, columns) in COUNTED.items():
        _create(name, table, columns)


def downgrade() -> None:
    """The former ones."""
    for name, (table, _) in COUNTED.items():
        op.drop_index(name, table)
    op.drop_index("ix_item_year", "item")
    _create("ix_item_year", "item", ["year"])
    op.drop_index("ix_work_group_name", "work_group")
    _create("ix_work_group_name", "work_group", ["name"])
    for name in ("ix_work_finished", "ix_work_root", "ix_work_open"):
        op.drop_index(name, "work")
    for name, columns in FORMER.items():
        _create(name, "work", columns)


def _create(name: str, table: str, columns: list[str], where: str = "") -> None:
    condition = sa.text(where) if where else None
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
