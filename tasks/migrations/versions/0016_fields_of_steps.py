"""What the handbook asks of each step beside what was kept already (§3.2): promises, seals, copies, confirmations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = "0016_fields_of_steps"
down_revision = "0015_paused_clocks"
branch_labels = None
depends_on = None

TEXTS = {
    "consultation": ("confirmation", "confirmed_by"),
    "opinion": ("document_number", "seal"),
    "reply": ("opinions_summary", "leader", "leader_phone", "seal"),
    "reply_answer": ("unit_code", "evidence"),
    "review": ("former_body",),
    "key_designation": ("supervisor", "plan"),
    "committee_decision": ("outcome",),
}
LISTS = {"item": ("signed_scan",), "consultation": ("photos",), "opinion": ("commitments",), "reply": ("delivery", "cc")}
DAYS = {"reply": ("delivered_on", "replied_on")}


def upgrade() -> None:
    """Add them; what was recorded before has none of it."""
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.String(), nullable=False, server_default=""))
    for table, names in LISTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    for name in DAYS["reply"]:
        op.add_column("reply", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("consultation", sa.Column("confirmed_at", tasks.database.Instant(timezone=True), nullable=True))
    op.create_index("ix_opinion_number", "opinion", ["unit_id", "document_number"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_opinion_number", "opinion")
    op.drop_column("consultation", "confirmed_at")
    for columns in (DAYS, LISTS, TEXTS):
        for table, names in columns.items():
            for name in names:
                op.drop_column(table, name)
