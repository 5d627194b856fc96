"""The organiser's desk: roles, acts written down for good, drafts, tasks, reports, figures, webhooks and tokens."""

import sqlalchemy as sa
from alembic import op
from data.act import guards_of
from data.database import SearchKey, UtcDateTime
from data.member_words import words_of

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('barred',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('since', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_barred'))
    )
    op.create_table('community',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('cadence_weeks', sa.Integer(), nullable=False),
    sa.Column('reach_km', sa.Integer(), nullable=False),
    sa.Column('answer_days', sa.Integer(), nullable=False),
    sa.Column('answer_hour', sa.Integer(), nullable=False),
    sa.Column('rematch_days', sa.Integer(), nullable=False),
    sa.Column('rematch_hour', sa.Integer(), nullable=False),
    sa.Column('agree_within_hours', sa.Integer(), nullable=False),
    sa.Column('call_url_template', sa.String(length=300), nullable=False),
    sa.CheckConstraint('agree_within_hours BETWEEN 1 AND 168', name=op.f('ck_community_agree_within')),
    sa.CheckConstraint('answer_days BETWEEN 1 AND 3 AND rematch_days BETWEEN answer_days AND 5', name=op.f('ck_community_days')),
    sa.CheckConstraint('answer_hour BETWEEN 6 AND 23 AND rematch_hour BETWEEN 6 AND 23', name=op.f('ck_community_hours')),
    sa.CheckConstraint('cadence_weeks IN (1, 2, 4)', name=op.f('ck_community_cadence')),
    sa.CheckConstraint('id = 1', name=op.f('ck_community_one')),
    sa.CheckConstraint('reach_km IN (5, 10, 25, 50)', name=op.f('ck_community_reach')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_community'))
    )
    op.create_table('draft',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('monday', sa.Date(), nullable=False),
    sa.Column('seed', sa.BigInteger(), nullable=False),
    sa.Column('held_at', UtcDateTime(), nullable=True),
    sa.Column('held_why', sa.Text(), nullable=False),
    sa.Column('released_at', UtcDateTime(), nullable=True),
    sa.Column('changed_at', UtcDateTime(), nullable=False),
    sa.Column('previewed_at', UtcDateTime(), nullable=True),
    sa.Column('together', sa.JSON(), nullable=False),
    sa.Column('left_over', sa.JSON(), nullable=False),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.UniqueConstraint('monday', name='uq_draft_monday')
    )
    op.create_table('draft_pair',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('third_id', sa.Integer(), nullable=True),
    sa.Column('mode', sa.String(length=10), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('ingredient', sa.String(length=40), nullable=False),
    sa.Column('weeks_ago', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('reason_facts', sa.JSON(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('topic_facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_draft_pair_draft_id')),
    sa.ForeignKeyConstraint(['first_id'], ['member.id'], name=op.f('fk_draft_pair_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['member.id'], name=op.f('fk_draft_pair_second_id')),
    sa.ForeignKeyConstraint(['third_id'], ['member.id'], name=op.f('fk_draft_pair_third_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_pair'))
    )
    with op.batch_alter_table('draft_pair', schema=None) as batch_op:
        batch_op.create_index('ix_draft_pair_draft_id', ['draft_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_pair_first_id'), ['first_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_pair_second_id'), ['second_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_draft_pair_third_id'), ['third_id'], unique=False)

    op.create_table('tally',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('counted_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_tally'))
    )
    op.create_table('act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', UtcDateTime(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('deed', sa.String(length=40), nullable=False),
    sa.Column('about', sa.String(length=80), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['member.id'], name=op.f('fk_act_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_act'))
    )
    with op.batch_alter_table('act', schema=None) as batch_op:
        batch_op.create_index('ix_act_about', ['about', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_act_by_id'), ['by_id'], unique=False)

    op.create_table('api_token',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('minute', UtcDateTime(), nullable=True),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['member.id'], name=op.f('fk_api_token_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_token')),
    sa.UniqueConstraint('digest', name=op.f('uq_api_token_digest'))
    )
    op.create_table('task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('file_name', sa.String(length=200), nullable=False),
    sa.Column('file', sa.LargeBinary(), nullable=True),
    sa.Column('alive_at', UtcDateTime(), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('stop_asked_at', UtcDateTime(), nullable=True),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('failed', sa.Boolean(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON(), nullable=False),
    sa.Column('result_name', sa.String(length=200), nullable=False),
    sa.Column('result', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint("kind IN ('import', 'preview', 'export', 'retrain', 'message')", name=op.f('ck_task_kind')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['member.id'], name=op.f('fk_task_asked_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task'))
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_asked_by_id'), ['asked_by_id'], unique=False)
        batch_op.create_index('ix_task_open', ['id'], unique=False, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('webhook',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('events', sa.JSON(), nullable=False),
    sa.Column('secret', sa.String(length=60), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['member.id'], name=op.f('fk_webhook_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook'))
    )
    op.create_table('delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('webhook_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=20), nullable=False),
    sa.Column('message_id', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('happened_at', UtcDateTime(), nullable=False),
    sa.Column('try_after', UtcDateTime(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('delivered_at', UtcDateTime(), nullable=True),
    sa.Column('given_up_at', UtcDateTime(), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['webhook_id'], ['webhook.id'], name=op.f('fk_delivery_webhook_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery'))
    )
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.create_index('ix_delivery_open', ['webhook_id', 'try_after', 'id'], unique=False, sqlite_where=sa.text('delivered_at IS NULL AND given_up_at IS NULL'), postgresql_where=sa.text('delivered_at IS NULL AND given_up_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_delivery_webhook_id'), ['webhook_id'], unique=False)

    op.create_table('report',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('about_id', sa.Integer(), nullable=False),
    sa.Column('note_id', sa.Integer(), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('reported_at', UtcDateTime(), nullable=False),
    sa.Column('handled_at', UtcDateTime(), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.CheckConstraint("outcome IN ('nothing', 'spoken_to', 'paused', 'barred')", name=op.f('ck_report_outcome')),
    sa.CheckConstraint('(handled_at IS NULL) = (outcome IS NULL)', name=op.f('ck_report_handled_with_an_outcome')),
    sa.ForeignKeyConstraint(['about_id'], ['member.id'], name=op.f('fk_report_about_id')),
    sa.ForeignKeyConstraint(['note_id'], ['note.id'], name=op.f('fk_report_note_id')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_report_seat_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report'))
    )
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_about_id'), ['about_id'], unique=False)
        batch_op.create_index('ix_report_open', ['id'], unique=False, sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_report_seat_id'), ['seat_id'], unique=False)

    with op.batch_alter_table('avoidance', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_avoidance_why'), type_='check')
        batch_op.create_check_constraint(
            op.f('ck_avoidance_why'), "why IN ('barred', 'reported', 'uneasy', 'acquainted', 'organiser')"
        )

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('role', sa.String(length=10), server_default='member', nullable=False))
        batch_op.add_column(sa.Column('sits_in', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(op.f('ck_member_role'), "role IN ('member', 'host', 'organiser')")

    op.create_table('member_word',
    sa.Column('word', SearchKey, nullable=False),
    sa.Column('member_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_member_word_member_id')),
    sa.PrimaryKeyConstraint('word', 'member_id', name=op.f('pk_member_word')),
    sqlite_with_rowid=False
    )
    with op.batch_alter_table('member_word', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_word_member_id'), ['member_id'], unique=False)
    _write_words_of_members()

    with op.batch_alter_table('avoidance', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_avoidance_why'), type_='check')
        batch_op.create_check_constraint(op.f('ck_avoidance_why'), "why IN ('barred', 'reported', 'uneasy', 'acquainted', 'organiser')")

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.add_column(sa.Column('deadlines', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('funnel', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('counted_at', UtcDateTime(), nullable=True))

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index('ix_letter_given_up', ['given_up_at'], unique=False, sqlite_where=sa.text('given_up_at IS NOT NULL'), postgresql_where=sa.text('given_up_at IS NOT NULL'))

    with op.batch_alter_table('wall_line', schema=None) as batch_op:
        batch_op.create_index('ix_wall_line_waiting', ['id'], unique=False, sqlite_where=sa.text('shown_at IS NULL AND refused_at IS NULL'), postgresql_where=sa.text('shown_at IS NULL AND refused_at IS NULL'))

    for guard in guards_of(op.get_bind().dialect.name):
        op.execute(guard)


def _write_words_of_members() -> None:
    """Members who signed up before are to be found as well."""
    connection = op.get_bind()
    members = sa.table('member', sa.column('id'), sa.column('email'), sa.column('first_name'), sa.column('profession'), sa.column('place_id'))
    places = sa.table('place', sa.column('id'), sa.column('name'))
    words = sa.table('member_word', sa.column('word'), sa.column('member_id'))
    rows = sa.select(members.c.id, members.c.first_name, members.c.email, members.c.profession, places.c.name)
    rows = rows.select_from(members.outerjoin(places, places.c.id == members.c.place_id)).where(members.c.email.is_not(None))
    last = 0
    while some := connection.execute(rows.where(members.c.id > last).order_by(members.c.id).limit(2000)).all():
        found = [{'word': word, 'member_id': number} for number, name, email, profession, town in some for word in words_of(name, email, profession, town or '')]
        connection.execute(words.insert(), found)
        last = some[-1][0]


def downgrade() -> None:
    op.drop_table('member_word')
    op.execute("DELETE FROM avoidance WHERE why = 'organiser'")
    with op.batch_alter_table('avoidance', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_avoidance_why'), type_='check')
        batch_op.create_check_constraint(op.f('ck_avoidance_why'), "why IN ('barred', 'reported', 'uneasy', 'acquainted')")
    with op.batch_alter_table('wall_line', schema=None) as batch_op:
        batch_op.drop_index('ix_wall_line_waiting', sqlite_where=sa.text('shown_at IS NULL AND refused_at IS NULL'), postgresql_where=sa.text('shown_at IS NULL AND refused_at IS NULL'))

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('ix_letter_given_up', sqlite_where=sa.text('given_up_at IS NOT NULL'), postgresql_where=sa.text('given_up_at IS NOT NULL'))

    with op.batch_alter_table('round', schema=None) as batch_op:
        batch_op.drop_column('counted_at')
        batch_op.drop_column('funnel')
        batch_op.drop_column('deadlines')

    op.execute("DELETE FROM avoidance WHERE why = 'organiser'")
    with op.batch_alter_table('avoidance', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_avoidance_why'), type_='check')
        batch_op.create_check_constraint(op.f('ck_avoidance_why'), "why IN ('barred', 'reported', 'uneasy', 'acquainted')")

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_member_role'), type_='check')
        batch_op.drop_column('sits_in')
        batch_op.drop_column('role')

    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_seat_id'))
        batch_op.drop_index('ix_report_open', sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_report_about_id'))

    op.drop_table('report')
    with op.batch_alter_table('delivery', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_delivery_webhook_id'))
        batch_op.drop_index('ix_delivery_open', sqlite_where=sa.text('delivered_at IS NULL AND given_up_at IS NULL'), postgresql_where=sa.text('delivered_at IS NULL AND given_up_at IS NULL'))

    op.drop_table('delivery')
    op.drop_table('webhook')
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('ix_task_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_task_asked_by_id'))

    op.drop_table('task')
    op.drop_table('api_token')
    with op.batch_alter_table('act', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_act_by_id'))
        batch_op.drop_index('ix_act_about')

    op.drop_table('act')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION act_is_final')
    op.drop_table('tally')
    op.drop_table('draft_pair')
    op.drop_table('draft')
    op.drop_table('community')
    op.drop_table('barred')
