"""A database is brought to this version's tables, and a newer one is refused."""

from __future__ import annotations

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from data.upgrade import NewerDatabase, _config, check_version, upgrade
from data.venues import count_named, venues_named


def test_a_migrated_database_has_just_the_tables_of_the_models(engine: Engine) -> None:
    check_version(engine)
    with engine.connect() as connection:
        command.check(_config(connection))


def test_every_step_can_be_undone_and_done_again(engine: Engine) -> None:
    with engine.connect() as connection, connection.begin():
        command.downgrade(_config(connection), "base")
    upgrade(engine)
    check_version(engine)


def test_venues_of_an_older_version_are_found_by_name(engine: Engine) -> None:
    with engine.begin() as connection:
        command.downgrade(_config(connection), "0004")
        columns = "kind, name, address, latitude, longitude, opening_hours, wheelchair, preferred"
        rows = [{"name": f"Café {n}"} for n in range(2_500)]  # more than are written at a time
        connection.execute(
            text(f"INSERT INTO venue ({columns}) VALUES ('cafe', :name, 'Torv 1', 55, 12, '', '', false)"), rows
        )
    upgrade(engine)
    with Session(engine) as session:
        assert [venue.name for venue in venues_named(session, "cafe 2499")] == ["Café 2499"]
        assert count_named(session, "TORV") == 2_500


def test_a_database_of_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase):
        upgrade(engine)
    with pytest.raises(NewerDatabase):
        check_version(engine)
