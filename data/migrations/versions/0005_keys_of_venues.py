"""Venues are found by a key of their name and address, kept with each of them."""

import sqlalchemy as sa
from alembic import op
from data.venues import key_of

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('venue', schema=None) as batch_op:
        batch_op.add_column(sa.Column('key', sa.Text(), server_default='', nullable=False))
    _write_keys()


def _write_keys() -> None:
    """Some at a time: a list of a country has a hundred thousand."""
    connection = op.get_bind()
    venues = sa.table('venue', sa.column('id'), sa.column('name'), sa.column('address'), sa.column('key'))
    rows = sa.select(venues.c.id, venues.c.name, venues.c.address).order_by(venues.c.id).limit(2000)
    change = venues.update().where(venues.c.id == sa.bindparam('number')).values(key=sa.bindparam('found_by'))
    last = 0
    while some := connection.execute(rows.where(venues.c.id > last)).all():
        connection.execute(change, [{'number': number, 'found_by': key_of(name, address)} for number, name, address in some])
        last = some[-1][0]


def downgrade() -> None:
    with op.batch_alter_table('venue', schema=None) as batch_op:
        batch_op.drop_column('key')
