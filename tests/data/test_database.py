"""The database loses no update, and a session that reads cannot write."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DatabaseError, OperationalError

from data.database import connect, reading_sessions_of
from data.member import count_members

WRITERS, ADDITIONS = 4, 25


def test_a_reading_session_cannot_write(engine: Engine) -> None:
    with reading_sessions_of(engine)() as session, pytest.raises(DatabaseError, match=r"read-?only"):
        session.execute(text("UPDATE alembic_version SET version_num = 'x'"))


def test_a_writer_may_write_after_a_reader_used_the_same_connection(engine: Engine) -> None:
    with reading_sessions_of(engine)() as session:
        assert count_members(session) == 0
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))


def test_sqlite_keeps_every_update_of_many_writers(new_sqlite: Callable[[], str]) -> None:
    assert count_after_race(connect(new_sqlite())) == WRITERS * ADDITIONS


def test_sqlite_as_it_opens_by_default_does_not(new_sqlite: Callable[[], str]) -> None:
    plain = create_engine(new_sqlite(), connect_args={"timeout": 0.05})
    assert count_after_race(plain) < WRITERS * ADDITIONS


def count_after_race(engine: Engine) -> int:
    """Return what a counter says after several writers each read it, added one and wrote it, many times."""
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE counter (n INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def add() -> None:
        for _ in range(ADDITIONS):
            try:
                with engine.begin() as connection:
                    seen = connection.execute(text("SELECT n FROM counter")).scalar_one()
                    connection.execute(text("UPDATE counter SET n = :n"), {"n": seen + 1})
            except OperationalError:
                pass  # "database is locked": an update lost

    writers = [Thread(target=add) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with engine.begin() as connection:
        counted = connection.execute(text("SELECT n FROM counter")).scalar_one()
    engine.dispose()
    return int(counted)
