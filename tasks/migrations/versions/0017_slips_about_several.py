"""A slip may be about several items: what it is about, and the unit's answer to each, is a table of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_slips_about_several"
down_revision = "0016_fields_of_steps"
branch_labels = None
depends_on = None

MOVED = ("item_id", "explanation", "promised_on")
_SLIP = sa.table(
    "slip", sa.column("id", sa.Integer), sa.column("item_id", sa.Integer), sa.column("explanation", sa.String),
    sa.column("promised_on", sa.Date), sa.column("previous_id", sa.Integer),
)  # fmt: skip
_ITEM = sa.table(
    "slip_item", sa.column("slip_id", sa.Integer), sa.column("item_id", sa.Integer),
    sa.column("explanation", sa.String), sa.column("promised_on", sa.Date),
)  # fmt: skip


def upgrade() -> None:
    """Each former slip is about its one item."""
    connection = op.get_bind()
    kept = connection.execute(sa.select(_SLIP.c.id, _SLIP.c.item_id, _SLIP.c.explanation, _SLIP.c.promised_on)).all()
    with _nothing_refers_to_slips(connection), op.batch_alter_table("slip", schema=None) as batch:
        batch.drop_index("ix_slip_item")
        for column in MOVED:
            batch.drop_column(column)
    op.create_table(
        "slip_item",
        sa.Column("slip_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("slip_id", "item_id", name="pk_slip_item"),
        sa.ForeignKeyConstraint(["slip_id"], ["slip.id"], name="fk_slip_item_slip_id"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="fk_slip_item_item_id"),
    )
    op.create_index("ix_slip_item_item_id", "slip_item", ["item_id"])
    if kept:
        connection.execute(
            sa.insert(_ITEM),
            [dict(zip(("slip_id", "item_id", "explanation", "promised_on"), row, strict=True)) for row in kept],
        )


def downgrade() -> None:
    """Of a slip about several items only the first is kept."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(_ITEM).order_by(_ITEM.c.slip_id, _ITEM.c.item_id.desc())).all()
    op.drop_table("slip_item")
    with _nothing_refers_to_slips(connection):
        with op.batch_alter_table("slip", schema=None) as batch:
            batch.add_column(sa.Column("item_id", sa.Integer(), nullable=True))
            batch.add_column(sa.Column("explanation", sa.String(), nullable=False, server_default=""))
            batch.add_column(sa.Column("promised_on", sa.Date(), nullable=True))
        for row in rows:
            connection.execute(
                sa.update(_SLIP)
                .where(_SLIP.c.id == row.slip_id)
                .values(item_id=row.item_id, explanation=row.explanation, promised_on=row.promised_on)
            )
        with op.batch_alter_table("slip", schema=None) as batch:
            batch.alter_column("item_id", nullable=False)
            batch.alter_column("explanation", server_default=None)
            batch.create_foreign_key("fk_slip_item_id", "item", ["item_id"], ["id"])
            batch.create_index("ix_slip_item", ["item_id"])


class _nothing_refers_to_slips:  # noqa: N801 - read as a word after `with`
    """SQLite builds a changed table anew; a slip that refers to another one would hold the old table."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        wanted = sa.select(_SLIP.c.id, _SLIP.c.previous_id).where(_SLIP.c.previous_id.is_not(None))
        self.referring = connection.execute(wanted).all()

    def __enter__(self) -> None:
        self.connection.execute(sa.update(_SLIP).values(previous_id=None))

    def __exit__(self, *_: object) -> None:
        for row in self.referring:
            self.connection.execute(
                sa.update(_SLIP).where(_SLIP.c.id == row.id).values(previous_id=row.previous_id)
            )
