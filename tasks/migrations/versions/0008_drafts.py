"""Versions of packages, and drafts of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0008_drafts"
down_revision = "0007_evaluation"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it; what was deployed so far is version 1 of its package."""
    instant = tasks.database.Instant(timezone=True)
    op.create_table(
        "package_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("deployment_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_package_version")),
        sa.UniqueConstraint("name", "number", name=op.f("uq_package_version_name_number")),
    )
    op.execute(
        "INSERT INTO package_version (name, number, title, deployment_id, digest, origin, comment, \"by\", approved_by, at)"
        " SELECT name, 1, name, deployment_id, digest, 'folder', '', \"by\", '', at FROM package_deployment"
    )
    op.drop_table("package_deployment")
    _drafts(instant)


def _drafts(instant: tasks.database.Instant) -> None:
    op.create_table(
        "draft_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("submitted_at", instant, nullable=True),
        sa.Column("ended_at", instant, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_package")),
    )
    op.create_table(
        "draft_file",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft_package.id"], name=op.f("fk_draft_file_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "name", name=op.f("pk_draft_file")),
    )
    op.create_table(
        "draft_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("began", instant, nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("comment", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft_package.id"], name=op.f("fk_draft_save_draft_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_save")),
    )
    op.create_index("ix_draft_save_draft_id_name", "draft_save", ["draft_id", "name"], unique=False)
    op.create_table(
        "draft_presence",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft_package.id"], name=op.f("fk_draft_presence_draft_id")),
        sa.PrimaryKeyConstraint("draft_id", "account", name=op.f("pk_draft_presence")),
    )
