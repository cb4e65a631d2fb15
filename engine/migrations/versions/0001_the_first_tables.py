"""the first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('engine_anchor',
    sa.Column('day', sa.String(length=10), nullable=False),
    sa.Column('cases', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.Column('previous', sa.LargeBinary(), nullable=True),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('day')
    )
    op.create_table('engine_command',
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('actor', sa.String(length=255), nullable=True),
    sa.Column('at', sa.BigInteger(), nullable=False),
    sa.Column('request_id', sa.String(length=255), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('hash', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('root_id', 'revision'),
    sqlite_with_rowid=False
    )
    op.create_index('uq_engine_command_request', 'engine_command', ['request_id'], unique=True, sqlite_where=sa.text('request_id IS NOT NULL'), postgresql_where=sa.text('request_id IS NOT NULL'))
    op.create_table('engine_definition',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=True),
    sa.Column('deployment_id', sa.String(length=40), nullable=False),
    sa.Column('resource_name', sa.String(length=255), nullable=False),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('kind', 'key', 'version', name='uq_engine_definition_version')
    )
    op.create_index(op.f('ix_engine_definition_deployment_id'), 'engine_definition', ['deployment_id'], unique=False)
    op.create_table('engine_delivery',
    sa.Column('message_id', sa.String(length=40), nullable=False),
    sa.Column('process_id', sa.String(length=255), nullable=False),
    sa.Column('instance_id', sa.String(length=40), nullable=True),
    sa.Column('delivered', sa.Boolean(), nullable=False),
    sa.Column('claimed_until', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('message_id', 'process_id')
    )
    op.create_index('ix_engine_delivery_open', 'engine_delivery', ['message_id'], unique=False, sqlite_where=sa.text('delivered = 0'), postgresql_where=sa.text('NOT delivered'))
    op.create_table('engine_deployment',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.Column('author', sa.String(length=255), nullable=True),
    sa.Column('comment', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('engine_element_instance',
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('element_id', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('started', sa.BigInteger(), nullable=False),
    sa.Column('ended', sa.BigInteger(), nullable=True),
    sa.Column('detail', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('instance_id', 'token'),
    sqlite_with_rowid=False
    )
    op.create_table('engine_incident',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('element_id', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('job_key', sa.String(length=40), nullable=True),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.Column('resolved', sa.BigInteger(), nullable=True),
    sa.Column('resolved_by', sa.String(length=255), nullable=True),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_index(op.f('ix_engine_incident_root_id'), 'engine_incident', ['root_id'], unique=False)
    op.create_table('engine_instance',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('parent_id', sa.String(length=40), nullable=True),
    sa.Column('parent_token', sa.Integer(), nullable=True),
    sa.Column('parent_index', sa.Integer(), nullable=True),
    sa.Column('definition_id', sa.String(length=40), nullable=False),
    sa.Column('business_key', sa.String(length=255), nullable=True),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('reference_version', sa.String(length=255), nullable=True),
    sa.Column('started', sa.BigInteger(), nullable=False),
    sa.Column('ended', sa.BigInteger(), nullable=True),
    sa.Column('head', sa.LargeBinary(), nullable=True),
    sa.Column('snapshot', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=True
    )
    op.create_index('ix_engine_instance_business_key', 'engine_instance', ['business_key'], unique=False, sqlite_where=sa.text('business_key IS NOT NULL'), postgresql_where=sa.text('business_key IS NOT NULL'))
    op.create_index('ix_engine_instance_children', 'engine_instance', ['parent_id', 'parent_token'], unique=False, sqlite_where=sa.text('parent_id IS NOT NULL'), postgresql_where=sa.text('parent_id IS NOT NULL'))
    op.create_index(op.f('ix_engine_instance_definition_id'), 'engine_instance', ['definition_id'], unique=False)
    op.create_index('ix_engine_instance_root', 'engine_instance', ['root_id'], unique=False, sqlite_where=sa.text('parent_id IS NOT NULL'), postgresql_where=sa.text('parent_id IS NOT NULL'))
    op.create_table('engine_job',
    sa.Column('key', sa.String(length=40), nullable=False),
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('element_id', sa.String(length=255), nullable=False),
    sa.Column('topic', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('payload', sa.LargeBinary(), nullable=True),
    sa.Column('due', sa.BigInteger(), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('retries', sa.Integer(), nullable=False),
    sa.Column('lease_until', sa.BigInteger(), nullable=True),
    sa.Column('lease_owner', sa.String(length=255), nullable=True),
    sa.Column('fence', sa.Integer(), nullable=False),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_index('ix_engine_job_due', 'engine_job', ['due'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.create_index('ix_engine_job_token', 'engine_job', ['instance_id', 'token'], unique=False)
    op.create_table('engine_message',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('correlation_key', sa.String(length=255), nullable=False),
    sa.Column('variables', sa.LargeBinary(), nullable=False),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.Column('expires', sa.BigInteger(), nullable=False),
    sa.Column('request_id', sa.String(length=255), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sa.UniqueConstraint('request_id')
    )
    op.create_index('ix_engine_message_name', 'engine_message', ['name', 'correlation_key'], unique=False)
    op.create_table('engine_resource',
    sa.Column('deployment_id', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('digest', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('deployment_id', 'name')
    )
    op.create_table('engine_subscription',
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('element_id', sa.String(length=255), nullable=False),
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('process_id', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('correlation_key', sa.String(length=255), nullable=False),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('instance_id', 'token', 'element_id')
    )
    op.create_index('ix_engine_subscription_name', 'engine_subscription', ['name', 'correlation_key'], unique=False)
    op.create_table('engine_timer',
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('element_id', sa.String(length=255), nullable=False),
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('due', sa.BigInteger(), nullable=False),
    sa.Column('due_notes', sa.Text(), nullable=True),
    sa.Column('interval', sa.String(length=255), nullable=True),
    sa.Column('remaining', sa.Integer(), nullable=True),
    sa.Column('lease_until', sa.BigInteger(), nullable=True),
    sa.Column('lease_owner', sa.String(length=255), nullable=True),
    sa.PrimaryKeyConstraint('instance_id', 'token', 'element_id')
    )
    op.create_index('ix_engine_timer_due', 'engine_timer', ['due'], unique=False)
    op.create_table('engine_user_task',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('instance_id', sa.String(length=40), nullable=False),
    sa.Column('root_id', sa.String(length=40), nullable=False),
    sa.Column('token', sa.Integer(), nullable=False),
    sa.Column('process_id', sa.String(length=255), nullable=False),
    sa.Column('element_id', sa.String(length=255), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=12), nullable=False),
    sa.Column('form_id', sa.String(length=255), nullable=True),
    sa.Column('assignee', sa.String(length=255), nullable=True),
    sa.Column('candidate_groups', sa.Text(), nullable=True),
    sa.Column('candidate_users', sa.Text(), nullable=True),
    sa.Column('due', sa.BigInteger(), nullable=True),
    sa.Column('due_notes', sa.Text(), nullable=True),
    sa.Column('follow_up', sa.BigInteger(), nullable=True),
    sa.Column('priority', sa.Integer(), nullable=False),
    sa.Column('created', sa.BigInteger(), nullable=False),
    sa.Column('ended', sa.BigInteger(), nullable=True),
    sa.Column('ended_by', sa.String(length=255), nullable=True),
    sa.PrimaryKeyConstraint('id'),
    sqlite_with_rowid=False
    )
    op.create_index('ix_engine_user_task_open', 'engine_user_task', ['root_id'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))


def downgrade() -> None:
    op.drop_index('ix_engine_user_task_open', table_name='engine_user_task', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.drop_table('engine_user_task')
    op.drop_index('ix_engine_timer_due', table_name='engine_timer')
    op.drop_table('engine_timer')
    op.drop_index('ix_engine_subscription_name', table_name='engine_subscription')
    op.drop_table('engine_subscription')
    op.drop_table('engine_resource')
    op.drop_index('ix_engine_message_name', table_name='engine_message')
    op.drop_table('engine_message')
    op.drop_index('ix_engine_job_token', table_name='engine_job')
    op.drop_index('ix_engine_job_due', table_name='engine_job', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
    op.drop_table('engine_job')
    op.drop_index('ix_engine_instance_root', table_name='engine_instance', sqlite_where=sa.text('parent_id IS NOT NULL'), postgresql_where=sa.text('parent_id IS NOT NULL'))
    op.drop_index(op.f('ix_engine_instance_definition_id'), table_name='engine_instance')
    op.drop_index('ix_engine_instance_children', table_name='engine_instance', sqlite_where=sa.text('parent_id IS NOT NULL'), postgresql_where=sa.text('parent_id IS NOT NULL'))
    op.drop_index('ix_engine_instance_business_key', table_name='engine_instance', sqlite_where=sa.text('business_key IS NOT NULL'), postgresql_where=sa.text('business_key IS NOT NULL'))
    op.drop_table('engine_instance')
    op.drop_index(op.f('ix_engine_incident_root_id'), table_name='engine_incident')
    op.drop_table('engine_incident')
    op.drop_table('engine_element_instance')
    op.drop_table('engine_deployment')
    op.drop_index('ix_engine_delivery_open', table_name='engine_delivery', sqlite_where=sa.text('delivered = 0'), postgresql_where=sa.text('NOT delivered'))
    op.drop_table('engine_delivery')
    op.drop_index(op.f('ix_engine_definition_deployment_id'), table_name='engine_definition')
    op.drop_table('engine_definition')
    op.drop_index('uq_engine_command_request', table_name='engine_command', sqlite_where=sa.text('request_id IS NOT NULL'), postgresql_where=sa.text('request_id IS NOT NULL'))
    op.drop_table('engine_command')
    op.drop_table('engine_anchor')
