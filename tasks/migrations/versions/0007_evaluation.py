"""The year-end evaluation; work that concerns no item."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0007_evaluation"
down_revision = "0006_office_acts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    _work_without_an_item()
    _scheme_and_run()
    _units()
    _scores()
    _seed_the_deadlines()


def _work_without_an_item() -> None:
    with op.batch_alter_table("work", schema=None) as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column("subject_kind", sa.String(), nullable=False, server_default="item"))
        batch_op.add_column(sa.Column("subject_key", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("subject", sa.String(), nullable=False, server_default=""))
        batch_op.create_index("ix_work_root", ["root_id"], unique=False)
    with op.batch_alter_table("task_submission", schema=None) as batch_op:
        batch_op.alter_column("item_id", existing_type=sa.Integer(), nullable=True)


def _scheme_and_run() -> None:
    op.create_table(
        "evaluation_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_scheme")),
        sa.UniqueConstraint("year", name=op.f("uq_evaluation_scheme_year")),
    )
    op.create_table(
        "evaluation_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("cut_off", sa.Date(), nullable=False),
        sa.Column("self_due", sa.Date(), nullable=True),
        sa.Column("panel_due", sa.Date(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("ranked_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["scheme_id"], ["evaluation_scheme.id"], name=op.f("fk_evaluation_run_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_run")),
        sa.UniqueConstraint("year", name=op.f("uq_evaluation_run_year")),
    )


def _units() -> None:
    op.create_table(
        "unit_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("instance_id", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("group_code", sa.String(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("self_missing", sa.Boolean(), nullable=False),
        sa.Column("returned", sa.String(), nullable=False),
        sa.Column("vetoes", sa.JSON(), nullable=False),
        sa.Column("base", sa.String(), nullable=True),
        sa.Column("bonus", sa.String(), nullable=True),
        sa.Column("penalty", sa.String(), nullable=True),
        sa.Column("total", sa.String(), nullable=True),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("final_grade", sa.String(), nullable=False),
        sa.Column("tie", sa.String(), nullable=False),
        sa.Column("published_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.Column("final_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["evaluation_run.id"], name=op.f("fk_unit_evaluation_run_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_evaluation_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_evaluation")),
        sa.UniqueConstraint("run_id", "unit_id", name=op.f("uq_unit_evaluation_run_id_unit_id")),
    )


def _scores() -> None:
    op.create_table(
        "indicator_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("system", sa.String(), nullable=True),
        sa.Column("self_score", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("self_text", sa.String(), nullable=False),
        sa.Column("score", sa.String(), nullable=True),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["unit_evaluation.id"], name=op.f("fk_indicator_score_evaluation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_score")),
        sa.UniqueConstraint("evaluation_id", "code", name=op.f("uq_indicator_score_evaluation_id_code")),
    )
    op.create_table(
        "panel_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("score", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["unit_evaluation.id"], name=op.f("fk_panel_score_evaluation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel_score")),
        sa.UniqueConstraint("evaluation_id", "code", "office", name=op.f("uq_panel_score_evaluation_id_code_office")),
    )
    op.create_table(
        "evaluation_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["evaluation_id"], ["unit_evaluation.id"], name=op.f("fk_evaluation_appeal_evaluation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_appeal")),
        sa.UniqueConstraint("evaluation_id", "code", name=op.f("uq_evaluation_appeal_evaluation_id_code")),
    )


PARAMETERS = (
    ("E1", "年终考核自评", 10, "启动考核"),
    ("E1S", "逾期未自评的等待", 3, "自评到期"),
    ("E2", "考评组评分", 15, "自评完成"),
    ("E3", "考核结果申诉", 5, "公布得分"),
    ("E4", "答复申诉", 5, "收到申诉"),
    ("E5", "领导审定考核结果", 5, "送审"),
)


def _seed_the_deadlines() -> None:
    """An area that is at work already gets the parameters that the diagram asks for; it may change them."""
    parameter = sa.table(
        "parameter",
        *(
            sa.column(name)
            for name in ("area_id", "code", "name", "amount", "unit", "counts_from", "source", "not_after")
        ),
        sa.column("effective_from", sa.Date()),
    )
    connection = op.get_bind()
    for area in sorted(set(connection.scalars(sa.select(parameter.c.area_id)))):
        known = set(connection.scalars(sa.select(parameter.c.code).where(parameter.c.area_id == area)))
        for code, name, amount, counts_from in PARAMETERS:
            if code not in known:
                connection.execute(
                    parameter.insert().values(
                        area_id=area,
                        code=code,
                        name=name,
                        amount=amount,
                        unit="wd",
                        counts_from=counts_from,
                        source="通用默认（国家未规定）",
                        not_after="",
                        effective_from=dt.date(2000, 1, 1),
                    )
                )


def downgrade() -> None:
    """Take it down; work that concerns no item goes with it."""
    for table in (
        "evaluation_appeal", "panel_score", "indicator_score", "unit_evaluation", "evaluation_run", "evaluation_scheme",
    ):  # fmt: skip
        op.drop_table(table)
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
