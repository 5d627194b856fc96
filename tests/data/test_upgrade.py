"""A database is brought to this version's tables, and a newer one is refused."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import Engine, text

from data.upgrade import NewerDatabase, _config, check_version, upgrade


def test_a_migrated_database_has_just_the_tables_of_the_models(engine: Engine) -> None:
    check_version(engine)
    with engine.connect() as connection:
        command.check(_config(connection))


def test_every_step_can_be_undone_and_done_again(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        command.downgrade(_config(connection), "base")
    upgrade(engine)
    check_version(engine)


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        upgrade(engine)
    with pytest.raises(NewerDatabase):
        check_version(engine)
