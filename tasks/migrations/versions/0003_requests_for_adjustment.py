"""Requests for adjustment; parts that end; the wait before an unsigned assignment counts as accepted."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = '0003_adjustments'
down_revision = '0002_acts'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it."""
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('ended_at', tasks.database.Instant(timezone=True), nullable=True))
    op.create_table('adjustment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('assignment_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('suggested', sa.JSON(), nullable=False),
    sa.Column('approver', sa.String(), nullable=False),
    sa.Column('asked_task', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('endorsed_by', sa.String(), nullable=False),
    sa.Column('endorsed_task', sa.String(), nullable=False),
    sa.Column('endorsement_note', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('final', sa.Boolean(), nullable=False),
    sa.Column('granted', sa.JSON(), nullable=False),
    sa.Column('decision_reason', sa.String(), nullable=False),
    sa.Column('decided_by', sa.String(), nullable=False),
    sa.Column('decided_at', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('decided_task', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['assignment_id'], ['assignment.id'], name=op.f('fk_adjustment_assignment_id')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_adjustment_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_adjustment'))
    )
    with op.batch_alter_table('adjustment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_adjustment_assignment_id'), ['assignment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_adjustment_item_id'), ['item_id'], unique=False)
    _seed_the_wait()


def _seed_the_wait() -> None:
    """An area that is at work already gets the parameter that the new diagram asks for; it may change it."""
    parameter = sa.table(
        'parameter', *(sa.column(name) for name in
                       ('area_id', 'code', 'name', 'amount', 'unit', 'counts_from', 'source', 'not_after')),
        sa.column('effective_from', sa.Date()))
    connection = op.get_bind()
    known = set(connection.scalars(sa.select(parameter.c.area_id).where(parameter.c.code == 'P3S')))
    areas = set(connection.scalars(sa.select(parameter.c.area_id).where(parameter.c.code == 'P3'))) - known
    for area in sorted(areas):
        connection.execute(parameter.insert().values(
            area_id=area, code='P3S', name='逾期未签收的等待', amount=2, unit='wd', counts_from='签收到期',
            source='通用默认（国家未规定）', not_after='', effective_from=dt.date(2000, 1, 1)))


def downgrade() -> None:
    """Take it away again."""
    op.drop_table('adjustment')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_column('ended_at')
