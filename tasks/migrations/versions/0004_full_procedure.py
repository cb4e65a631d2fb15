"""Joint and separate parts, plans, extensions, key designations, publication, closing reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database
from tasks.settings import BEIJING

revision = "0004_full_procedure"
down_revision = "0003_adjustments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    op.create_table(
        "assignment_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_meeting")),
        sa.UniqueConstraint("request_id", name=op.f("uq_assignment_meeting_request_id")),
    )
    op.create_table(
        "closing_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("solved", sa.String(), nullable=False),
        sa.Column("effect", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("money", sa.String(), nullable=False),
        sa.Column("beneficiaries", sa.Integer(), nullable=True),
        sa.Column("own_verdict", sa.String(), nullable=False),
        sa.Column("left", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_closing_report_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_closing_report_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closing_report")),
        sa.UniqueConstraint("item_id", "unit_id", "round", name=op.f("uq_closing_report_item_id_unit_id_round")),
    )
    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("request_id", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("granted", sa.Date(), nullable=True),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("decided_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_extension_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_extension_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("request_id", name=op.f("uq_extension_request_id")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_item_id"), ["item_id"], unique=False)

    op.create_table(
        "hand_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("taken_up", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_hand_in_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_in")),
    )
    with op.batch_alter_table("hand_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_in_item_id"), ["item_id"], unique=False)

    op.create_table(
        "item_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.Column("agreed", sa.JSON(), nullable=False),
        sa.Column("done_at", tasks.database.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_withdrawal_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_withdrawal")),
        sa.UniqueConstraint("item_id", name=op.f("uq_item_withdrawal_item_id")),
    )
    op.create_table(
        "key_designation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_key_designation_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_designation")),
    )
    with op.batch_alter_table("key_designation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_designation_item_id"), ["item_id"], unique=False)

    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("leader", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("handler", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("milestones", sa.JSON(), nullable=False),
        sa.Column("consultation_plan", sa.String(), nullable=False),
        sa.Column("funds", sa.String(), nullable=False),
        sa.Column("expected_class", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_plan_item_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    with op.batch_alter_table("plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_item_id"), ["item_id"], unique=False)

    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("abstract", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", tasks.database.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["reply_id"], ["reply.id"], name=op.f("fk_publication_reply_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("reply_id", name=op.f("uq_publication_reply_id")),
    )
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("current", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("given_up", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("deferred_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("times", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("check", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("check_reason", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("checked_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("checked_at", tasks.database.Instant(timezone=True), nullable=True))

    with op.batch_alter_table("committee_decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("stage", sa.String(), nullable=False, server_default="first"))
        batch_op.add_column(sa.Column("meeting_on", sa.Date(), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_committee_decision_item_id_round"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_committee_decision_item_id_answer_stage_round"), ["item_id", "answer", "stage", "round"]
        )

    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.add_column(sa.Column("answer", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("stage", sa.String(), nullable=False, server_default="first"))
        batch_op.add_column(sa.Column("highest_rank", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("to_the_point", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("own_class", sa.String(), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("uq_feedback_item_id_round_person_id"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_feedback_item_id_answer_stage_round_person_id"),
            ["item_id", "answer", "stage", "round", "person_id"],
        )

    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("key_kind", sa.String(), nullable=False, server_default="no"))
        batch_op.add_column(sa.Column("handling_mode", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("responsible_leader", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("opinion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agrees", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("state", sa.String(), nullable=False, server_default="accepted"))
        batch_op.add_column(sa.Column("approved_by", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("approved_at", tasks.database.Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("remark", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("funds", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("stage", sa.String(), nullable=False, server_default="first"))
        batch_op.add_column(sa.Column("answer", sa.Integer(), nullable=False, server_default="1"))

    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unit_code", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("old_class", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("new_class", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_assignment_current", "assignment", ["current", "unit_id", "role", "item_id"])
    op.execute("UPDATE item SET key_kind = 'leader' WHERE key")
    op.execute(
        "UPDATE assignment SET current = (ended_at IS NULL AND round = "
        "(SELECT item.round FROM item WHERE item.id = assignment.item_id))"
    )
    _count_days()


def _count_days() -> None:
    """What issued replies took; counted here, since the two databases subtract dates unalike."""
    reply = sa.table("reply", *(sa.column(name) for name in ("id", "item_id", "unit_id", "round", "days", "state")),
                     sa.column("issued_on", sa.Date()))  # fmt: skip
    part = sa.table("assignment", *(sa.column(name) for name in ("item_id", "unit_id", "round")),
                    sa.column("assigned_at", tasks.database.Instant(timezone=True)))  # fmt: skip
    same = sa.and_(part.c.item_id == reply.c.item_id, part.c.unit_id == reply.c.unit_id, part.c.round == reply.c.round)
    issued = sa.select(reply.c.id, reply.c.issued_on, part.c.assigned_at).join(part, same)
    for row in op.get_bind().execute(issued.where(reply.c.issued_on.is_not(None))).all():
        days = (row.issued_on - row.assigned_at.astimezone(BEIJING).date()).days
        op.execute(reply.update().where(reply.c.id == row.id).values(days=days))
