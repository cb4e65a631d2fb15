"""The log of changes, running cases that must follow one, sections and successors of units."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0009_changes_of_settings"
down_revision = "0008_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    op.create_table(
        "setting_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("reach", sa.String(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_setting_change_area_id_area")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["setting_change.id"], name=op.f("fk_setting_change_undoes_id_setting_change")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_change")),
        sa.UniqueConstraint("undoes_id", name=op.f("uq_setting_change_undoes_id")),
    )
    op.create_table(
        "following",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.String(), nullable=False),
        sa.Column("reference_version", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["setting_change.id"], name=op.f("fk_following_change_id_setting_change")),
        sa.PrimaryKeyConstraint("change_id", "root_id", name=op.f("pk_following")),
    )
    op.create_index("ix_following_state", "following", ["state"])
    op.add_column("reference_version", sa.Column("derived_from", sa.String(), nullable=True))
    op.add_column("unit", sa.Column("sections", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("unit", sa.Column("successor", sa.String(), nullable=False, server_default=""))
