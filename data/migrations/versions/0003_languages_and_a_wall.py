"""A language for every member and letter, and reasons that can be said in each of them."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=8), server_default='en', nullable=False))

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.add_column(sa.Column('language', sa.String(length=8), server_default='en', nullable=False))

    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reason_facts', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('topic_facts', sa.JSON(), server_default='{}', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('match', schema=None) as batch_op:
        batch_op.drop_column('topic_facts')
        batch_op.drop_column('reason_facts')

    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_column('language')

    with op.batch_alter_table('member', schema=None) as batch_op:
        batch_op.drop_column('language')
