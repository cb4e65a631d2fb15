"""Countersignatures, absences, comments, attachments, saved views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0006_office_acts"
down_revision = "0005_filing_tracking"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    _absences()
    _countersignatures()
    _attachments()
    _comments()
    _form_drafts()
    _lists()
    op.create_index("ix_work_done", "work", ["finished_by", "state", "root_id"])
    op.create_index("ix_work_state_root", "work", ["state", "root_id"])


def _absences() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.Column("accepted_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("ended_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_account", "absence", ["account", "last_day"])
    op.create_index("ix_absence_substitute", "absence", ["substitute", "last_day"])


def _countersignatures() -> None:
    op.create_table(
        "countersignature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("asked_at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("closed_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["work.task_id"], name=op.f("fk_countersignature_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersignature")),
    )
    op.create_index("ix_countersignature_asked", "countersignature", ["asked", "closed_at"])
    op.create_index("ix_countersignature_task", "countersignature", ["task_id"])


def _attachments() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("task_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("confidential", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("removed_by", sa.String(), nullable=False),
        sa.Column("removed_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_attachment_item_id")),
        sa.ForeignKeyConstraint(["task_id"], ["work.task_id"], name=op.f("fk_attachment_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_item", "attachment", ["item_id"])
    op.create_index("ix_attachment_task", "attachment", ["task_id"])


def _comments() -> None:
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("task_id", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("confidential", sa.String(), nullable=False),
        sa.Column("unit_code", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("removed_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_comment_item_id")),
        sa.ForeignKeyConstraint(["task_id"], ["work.task_id"], name=op.f("fk_comment_task_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("request_id", name=op.f("uq_comment_request_id")),
    )
    op.create_index("ix_comment_item", "comment", ["item_id"])


def _form_drafts() -> None:
    op.create_table(
        "form_draft",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("form_id", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_at", tasks.database.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account", "form_id", name=op.f("pk_form_draft")),
    )


def _lists() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account", "place", "name", name=op.f("uq_saved_view_account_place_name")),
    )
    op.create_table(
        "list_preference",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("density", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_list_preference")),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_index("ix_work_state_root", "work")
    op.drop_index("ix_work_done", "work")
    for table in ("list_preference", "saved_view", "form_draft", "comment", "attachment", "countersignature", "absence"):
        op.drop_table(table)
