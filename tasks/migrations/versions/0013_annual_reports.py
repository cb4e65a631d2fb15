"""Annual reports of units, and the deadline of who reads them."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0013_annual_reports"
down_revision = "0012_long_lists"
branch_labels = None
depends_on = None

PARAMETER = {
    "code": "PAR", "name": "收阅年度报告", "amount": 10, "unit": "wd", "counts_from": "收到报告",
    "source": "通用默认（国家未规定）", "not_after": "", "effective_from": dt.date(2000, 1, 1),
}  # fmt: skip


def upgrade() -> None:
    """Build it."""
    op.create_table(
        "annual_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("problems", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("returned", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("received_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_annual_report_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_report")),
        sa.UniqueConstraint("year", "kind", "unit_id", name=op.f("uq_annual_report_year_kind_unit_id")),
    )
    _seed()


def _seed() -> None:
    parameter = sa.table(
        "parameter",
        *(sa.column(name) for name in ("area_id", *(one for one in PARAMETER if one != "effective_from"))),
        sa.column("effective_from", sa.Date()),
    )
    connection = op.get_bind()
    known = set(connection.scalars(sa.select(parameter.c.area_id).where(parameter.c.code == PARAMETER["code"])))
    for area in set(connection.scalars(sa.select(parameter.c.area_id))) - known:
        connection.execute(parameter.insert().values(area_id=area, **PARAMETER))


def downgrade() -> None:
    """Take it down."""
    op.drop_table("annual_report")
