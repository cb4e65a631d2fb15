"""Who records a task's form, as a column; indexes from which long lists and statistics are read without the rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from tasks.search.index import rebuild

revision = "0018_read_from_indexes"
down_revision = "0017_slips_about_several"
branch_labels = None
depends_on = None

FINISHED = ["finished_by", "state", "finished_at", "task_id"]
OPEN = ["task_id", "due", "opened_at", "assignee", "unit_code", "confidential", "element_id", "light", "item_id",
        "root_id", "state", "suspended_at"]  # fmt: skip


ITEM = {
    "ix_item_year": ["year", "state", "assigned_at"],
    "ix_item_kind": ["kind", "year"],
    "ix_item_closed": ["closed_at", "state", "filed_at", "submitted_at"],
}
WORK = sa.table("work", sa.column("texts", sa.JSON()), sa.column("recorder", sa.String()))


def upgrade() -> None:
    """Take it out of the texts."""
    op.add_column("work", sa.Column("recorder", sa.String(), nullable=False, server_default=""))
    op.execute(WORK.update().values(recorder=sa.func.coalesce(WORK.c.texts["recorder"].as_string(), "")))
    _indexes([*OPEN, "recorder", "subject"], [*FINISHED, "item_id"], include=["id"])
    op.create_index("ix_reply_whose", "reply", ["id", "item_id", "unit_id"])
    if op.get_bind().dialect.name == "postgresql":
        rebuild(op.get_bind())  # names of three characters are held whole


def downgrade() -> None:
    """Put it back among the texts."""
    op.drop_index("ix_reply_whose", "reply")
    _indexes(OPEN, FINISHED, include=[])
    sqlite = op.get_bind().dialect.name == "sqlite"
    put_back = "json_set(texts, '$.recorder', recorder)" if sqlite else (
        "CAST(CAST(texts AS jsonb) || jsonb_build_object('recorder', recorder) AS json)")  # fmt: skip
    op.execute(f"UPDATE work SET texts = {put_back} WHERE recorder <> ''")  # noqa: S608 - nothing typed
    op.drop_column("work", "recorder")


def _indexes(open_tasks: list[str], finished: list[str], include: list[str]) -> None:
    for name, columns in ITEM.items():
        op.drop_index(name, "item")
        op.create_index(name, "item", columns, postgresql_include=include)
    for name, columns, where in (
        ("ix_work_open", open_tasks, "state = 'open'"),
        ("ix_work_finished", finished, "finished_by IS NOT NULL"),
    ):
        op.drop_index(name, "work")
        condition = sa.text(where)
        op.create_index(name, "work", columns, sqlite_where=condition, postgresql_where=condition)
