"""The databases that tests lend each other are as good as new."""

from __future__ import annotations

from sqlalchemy import text

from data.database import connect, sessions_of
from tests.cast import ADA, join
from tests.conftest import NewDatabase
from tests.postgres import Databases


def test_a_database_comes_back_swept(new_postgres: NewDatabase) -> None:
    databases = Databases(new_postgres)
    url = databases.lend()
    for _ in range(2):
        engine = connect(url)
        with sessions_of(engine).begin() as session:
            assert join(session, ADA).id == 1
        engine.dispose()
        databases.take_back(url)
        assert databases.lend() == url


def test_one_whose_tables_were_changed_does_not_come_back(new_postgres: NewDatabase) -> None:
    changes = (
        "ALTER TABLE round DROP CONSTRAINT uq_round_monday",
        "DROP INDEX uq_seat_live",
        "ALTER TABLE member ADD COLUMN colour text",
        "UPDATE alembic_version SET version_num = '9999'",
        "DROP TABLE alembic_version",
    )
    for change in changes:
        databases = Databases(new_postgres)
        url = databases.lend()
        engine = connect(url)
        with engine.begin() as connection:
            connection.execute(text(change))
        engine.dispose()
        databases.take_back(url)
        assert databases.lend() != url, change
