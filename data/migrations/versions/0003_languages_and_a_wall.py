"""A language for every member and letter, reasons that can be said in each of them, a wall, and notes to oneself."""

import sqlalchemy as sa
from alembic import op
from data.database import UtcDateTime

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wall_line',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('seat_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=280), nullable=False),
    sa.Column('signed', sa.Boolean(), nullable=False),
    sa.Column('shared_at', UtcDateTime(), nullable=False),
    sa.Column('shown_at', UtcDateTime(), nullable=True),
    sa.Column('refused_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint('shown_at IS NULL OR refused_at IS NULL', name=op.f('ck_wall_line_shown_or_refused')),
    sa.ForeignKeyConstraint(['seat_id'], ['seat.id'], name=op.f('fk_wall_line_seat_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wall_line')),
    sa.UniqueConstraint('seat_id', name='uq_wall_line_seat_id')
    )
    with op.batch_alter_table('wall_line', schema=None) as batch_op:
        batch_op.create_index('ix_wall_line_shown', ['shown_at', 'id'], unique=False, sqlite_where=sa.text('shown_at IS NOT NULL'), postgresql_where=sa.text('shown_at IS NOT NULL'))

    with op.batch_alter_table('move', schema=None) as batch_op:
        batch_op.add_column(sa.Column('left_latitude', sa.Float(), nullable=True))
        batch_op.add_column(sa.Column('left_longitude', sa.Float(), nullable=True))

    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.add_column(sa.Column('memo', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=8), server_default='en', nullable=False))

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=8), server_default='en', nullable=False))

    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason_facts', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('topic_facts', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('seat', schema=None) as batch_op:
        batch_op.drop_column('memo')

    with op.batch_alter_table('move', schema=None) as batch_op:
        batch_op.drop_column('left_longitude')
        batch_op.drop_column('left_latitude')

    op.drop_table('wall_line')
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_column('topic_facts')
        batch_op.drop_column('reason_facts')

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_column('language')

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('language')
