"""The tables of the thread."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import tasks.database

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:  # noqa: PLR0915 - one statement for each table
    """Build it."""
    op.create_table('area',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('preset', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_area')),
    sa.UniqueConstraint('code', name=op.f('uq_area_code'))
    )
    op.create_table('package_deployment',
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('deployment_id', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_package_deployment'))
    )
    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person'))
    )
    op.create_table('sign_in_failure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_failure'))
    )
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_failure_subject_at', ['subject', 'at'], unique=False)

    op.create_table('area_setting',
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_area_setting_area_id')),
    sa.PrimaryKeyConstraint('area_id', 'name', name=op.f('pk_area_setting'))
    )
    op.create_table('calendar_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_calendar_day_area_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_day')),
    sa.UniqueConstraint('area_id', 'on', name=op.f('uq_calendar_day_area_id_on'))
    )
    op.create_table('calendar_year',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('published', sa.Boolean(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_calendar_year_area_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_year')),
    sa.UniqueConstraint('area_id', 'year', name=op.f('uq_calendar_year_area_id_year'))
    )
    op.create_table('number_sequence',
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('next', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_number_sequence_area_id')),
    sa.PrimaryKeyConstraint('area_id', 'subject', 'year', name=op.f('pk_number_sequence'))
    )
    op.create_table('parameter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('amount', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('counts_from', sa.String(), nullable=False),
    sa.Column('not_after', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_parameter_area_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_parameter')),
    sa.UniqueConstraint('area_id', 'code', 'effective_from', name=op.f('uq_parameter_area_id_code_effective_from'))
    )
    op.create_table('reference_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_reference_version_area_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reference_version')),
    sa.UniqueConstraint('digest', name=op.f('uq_reference_version_digest'))
    )
    op.create_table('term',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_term_area_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_term'))
    )
    op.create_table('unit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('document_mark', sa.String(), nullable=False),
    sa.Column('duties', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('disabled', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_unit_area_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit')),
    sa.UniqueConstraint('code', name=op.f('uq_unit_code'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('password_hash', sa.String(), nullable=False),
    sa.Column('locale', sa.String(), nullable=False),
    sa.Column('disabled', sa.Boolean(), nullable=False),
    sa.Column('about', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_account_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('name', name=op.f('uq_account_name'))
    )
    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('card', sa.String(), nullable=False),
    sa.Column('delegation', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id')),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_membership_term_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership')),
    sa.UniqueConstraint('person_id', 'term_id', name=op.f('uq_membership_person_id_term_id'))
    )
    op.create_table('sitting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('term_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('opened', sa.Date(), nullable=False),
    sa.Column('closed', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['term_id'], ['term.id'], name=op.f('fk_sitting_term_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sitting'))
    )
    op.create_table('item',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('area_id', sa.Integer(), nullable=False),
    sa.Column('sitting_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('timing', sa.String(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('situation', sa.String(), nullable=False),
    sa.Column('analysis', sa.String(), nullable=False),
    sa.Column('category', sa.String(), nullable=False),
    sa.Column('suggested_units', sa.String(), nullable=False),
    sa.Column('publish_consent', sa.Boolean(), nullable=False),
    sa.Column('key', sa.Boolean(), nullable=False),
    sa.Column('key_note', sa.String(), nullable=False),
    sa.Column('assign_reason', sa.String(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('returns', sa.Integer(), nullable=False),
    sa.Column('result_class', sa.String(), nullable=False),
    sa.Column('submitted_at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('assigned_at', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('closed_at', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('instance_id', sa.String(), nullable=True),
    sa.Column('request_id', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['area_id'], ['area.id'], name=op.f('fk_item_area_id')),
    sa.ForeignKeyConstraint(['sitting_id'], ['sitting.id'], name=op.f('fk_item_sitting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item')),
    sa.UniqueConstraint('area_id', 'kind', 'year', 'number', name=op.f('uq_item_area_id_kind_year_number')),
    sa.UniqueConstraint('request_id', name=op.f('uq_item_request_id'))
    )
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_item_instance_id'), ['instance_id'], unique=False)
        batch_op.create_index('ix_item_state_submitted', ['state', 'submitted_at'], unique=False)

    op.create_table('role_grant',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_role_grant_account_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_role_grant_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('account_id', 'unit_id', 'role', name=op.f('uq_role_grant_account_id_unit_id_role'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index('ix_role_grant_unit_role', ['unit_id'], unique=False)

    op.create_table('web_session',
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('created', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('seen', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('address', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_web_session_account_id')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_web_session'))
    )
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_web_session_account_id'), ['account_id'], unique=False)

    op.create_table('assignment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(), nullable=False),
    sa.Column('part', sa.String(), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('assigned_at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('due', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('due_notes', sa.JSON(), nullable=False),
    sa.Column('signed_at', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('signed_by_default', sa.Boolean(), nullable=False),
    sa.Column('handler', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_assignment_item_id')),
    sa.ForeignKeyConstraint(['parent_id'], ['assignment.id'], name=op.f('fk_assignment_parent_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_assignment_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_assignment')),
    sa.UniqueConstraint('item_id', 'round', 'unit_id', name=op.f('uq_assignment_item_id_round_unit_id'))
    )
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.create_index('ix_assignment_unit', ['unit_id'], unique=False)

    op.create_table('closing',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('solved', sa.String(), nullable=False),
    sa.Column('effect', sa.String(), nullable=False),
    sa.Column('remark', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_closing_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing')),
    sa.UniqueConstraint('item_id', name=op.f('uq_closing_item_id'))
    )
    op.create_table('committee_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(), nullable=False),
    sa.Column('questions', sa.String(), nullable=False),
    sa.Column('explanation', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_committee_decision_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_committee_decision')),
    sa.UniqueConstraint('item_id', 'round', name=op.f('uq_committee_decision_item_id_round'))
    )
    op.create_table('consultation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('phase', sa.String(), nullable=False),
    sa.Column('mode', sa.String(), nullable=False),
    sa.Column('face_to_face', sa.Boolean(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('participants', sa.String(), nullable=False),
    sa.Column('highest_rank', sa.String(), nullable=False),
    sa.Column('proposer_opinion', sa.String(), nullable=False),
    sa.Column('agreed', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_consultation_item_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_consultation_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation'))
    )
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_item_id'), ['item_id'], unique=False)

    op.create_table('feedback',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('channel', sa.String(), nullable=False),
    sa.Column('scores', sa.JSON(), nullable=False),
    sa.Column('overall', sa.String(), nullable=False),
    sa.Column('contact_made', sa.String(), nullable=False),
    sa.Column('opinion', sa.String(), nullable=False),
    sa.Column('asks_rehandling', sa.Boolean(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_feedback_item_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_feedback_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback')),
    sa.UniqueConstraint('item_id', 'round', 'person_id', name=op.f('uq_feedback_item_id_round_person_id'))
    )
    op.create_table('item_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_measure_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_measure')),
    sa.UniqueConstraint('item_id', 'position', name=op.f('uq_item_measure_item_id_position'))
    )
    op.create_table('item_proposer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_item_proposer_item_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_item_proposer_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_proposer')),
    sa.UniqueConstraint('item_id', 'person_id', name=op.f('uq_item_proposer_item_id_person_id'))
    )
    with op.batch_alter_table('item_proposer', schema=None) as batch_op:
        batch_op.create_index('ix_item_proposer_person', ['person_id'], unique=False)

    op.create_table('opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('facts', sa.String(), nullable=False),
    sa.Column('measures', sa.String(), nullable=False),
    sa.Column('suggestion', sa.String(), nullable=False),
    sa.Column('handler', sa.String(), nullable=False),
    sa.Column('phone', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_opinion_item_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_opinion_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opinion')),
    sa.UniqueConstraint('item_id', 'unit_id', 'round', 'version', name=op.f('uq_opinion_item_id_unit_id_round_version'))
    )
    op.create_table('reply',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('result_class', sa.String(), nullable=False),
    sa.Column('class_reason', sa.String(), nullable=False),
    sa.Column('body', sa.String(), nullable=False),
    sa.Column('disclosure', sa.String(), nullable=False),
    sa.Column('disclosure_reason', sa.String(), nullable=False),
    sa.Column('contact', sa.String(), nullable=False),
    sa.Column('contact_phone', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('document_number', sa.String(), nullable=False),
    sa.Column('signer', sa.String(), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_reply_item_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reply_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply')),
    sa.UniqueConstraint('item_id', 'unit_id', 'round', 'version', name=op.f('uq_reply_item_id_unit_id_round_version'))
    )
    op.create_table('task_submission',
    sa.Column('task_id', sa.String(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('form_id', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('extra', sa.JSON(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_task_submission_item_id')),
    sa.PrimaryKeyConstraint('task_id', name=op.f('pk_task_submission'))
    )
    with op.batch_alter_table('task_submission', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_submission_item_id'), ['item_id'], unique=False)

    op.create_table('work',
    sa.Column('task_id', sa.String(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('root_id', sa.String(), nullable=False),
    sa.Column('element_id', sa.String(), nullable=False),
    sa.Column('step_name', sa.String(), nullable=False),
    sa.Column('form_id', sa.String(), nullable=True),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('assignee', sa.String(), nullable=True),
    sa.Column('unit_code', sa.String(), nullable=True),
    sa.Column('candidates', sa.JSON(), nullable=False),
    sa.Column('due', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('due_notes', sa.JSON(), nullable=False),
    sa.Column('light', sa.String(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('confidential', sa.String(), nullable=False),
    sa.Column('sender', sa.String(), nullable=False),
    sa.Column('opened_at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('finished_at', tasks.database.Instant(timezone=True), nullable=True),
    sa.Column('finished_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_work_item_id')),
    sa.PrimaryKeyConstraint('task_id', name=op.f('pk_work'))
    )
    with op.batch_alter_table('work', schema=None) as batch_op:
        batch_op.create_index('ix_work_assignee_state_due', ['assignee', 'state', 'due'], unique=False)
        batch_op.create_index('ix_work_finished', ['finished_by', 'finished_at'], unique=False)
        batch_op.create_index('ix_work_item_state', ['item_id', 'state'], unique=False)

    op.create_table('reply_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('measure', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('adopted', sa.String(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_reply_answer_reply_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_answer'))
    )
    with op.batch_alter_table('reply_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_answer_reply_id'), ['reply_id'], unique=False)

    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('reply_id', sa.Integer(), nullable=False),
    sa.Column('node', sa.String(), nullable=False),
    sa.Column('node_name', sa.String(), nullable=False),
    sa.Column('verdict', sa.String(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.Column('by', sa.String(), nullable=False),
    sa.Column('at', tasks.database.Instant(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['reply_id'], ['reply.id'], name=op.f('fk_review_reply_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_review_reply_id'), ['reply_id'], unique=False)

    op.create_table('task_draft',
    sa.Column('task_id', sa.String(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('saved_at', tasks.database.Instant(timezone=True), nullable=False),
    sa.Column('lost', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['task_id'], ['work.task_id'], name=op.f('fk_task_draft_task_id')),
    sa.PrimaryKeyConstraint('task_id', 'account', name=op.f('pk_task_draft'))
    )
    op.create_table('work_group',
    sa.Column('task_id', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['task_id'], ['work.task_id'], name=op.f('fk_work_group_task_id')),
    sa.PrimaryKeyConstraint('task_id', 'name', name=op.f('pk_work_group'))
    )
    with op.batch_alter_table('work_group', schema=None) as batch_op:
        batch_op.create_index('ix_work_group_name', ['name'], unique=False)



def downgrade() -> None:  # noqa: PLR0915 - the same
    """Take it away again."""
    with op.batch_alter_table('work_group', schema=None) as batch_op:
        batch_op.drop_index('ix_work_group_name')

    op.drop_table('work_group')
    op.drop_table('task_draft')
    with op.batch_alter_table('review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_review_reply_id'))

    op.drop_table('review')
    with op.batch_alter_table('reply_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reply_answer_reply_id'))

    op.drop_table('reply_answer')
    with op.batch_alter_table('work', schema=None) as batch_op:
        batch_op.drop_index('ix_work_item_state')
        batch_op.drop_index('ix_work_finished')
        batch_op.drop_index('ix_work_assignee_state_due')

    op.drop_table('work')
    with op.batch_alter_table('task_submission', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_task_submission_item_id'))

    op.drop_table('task_submission')
    op.drop_table('reply')
    op.drop_table('opinion')
    with op.batch_alter_table('item_proposer', schema=None) as batch_op:
        batch_op.drop_index('ix_item_proposer_person')

    op.drop_table('item_proposer')
    op.drop_table('item_measure')
    op.drop_table('feedback')
    with op.batch_alter_table('consultation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_item_id'))

    op.drop_table('consultation')
    op.drop_table('committee_decision')
    op.drop_table('closing')
    with op.batch_alter_table('assignment', schema=None) as batch_op:
        batch_op.drop_index('ix_assignment_unit')

    op.drop_table('assignment')
    with op.batch_alter_table('web_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_web_session_account_id'))

    op.drop_table('web_session')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index('ix_role_grant_unit_role')

    op.drop_table('role_grant')
    with op.batch_alter_table('item', schema=None) as batch_op:
        batch_op.drop_index('ix_item_state_submitted')
        batch_op.drop_index(batch_op.f('ix_item_instance_id'))

    op.drop_table('item')
    op.drop_table('sitting')
    op.drop_table('membership')
    op.drop_table('account')
    op.drop_table('unit')
    op.drop_table('term')
    op.drop_table('reference_version')
    op.drop_table('parameter')
    op.drop_table('number_sequence')
    op.drop_table('calendar_year')
    op.drop_table('calendar_day')
    op.drop_table('area_setting')
    with op.batch_alter_table('sign_in_failure', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_failure_subject_at')

    op.drop_table('sign_in_failure')
    op.drop_table('person')
    op.drop_table('package_deployment')
    op.drop_table('area')
