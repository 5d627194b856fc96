"""The five promises the database keeps, each under a race, and each race shown to happen when the guard is off."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import DateTime, Engine, MetaData, Table, UniqueConstraint, func, insert, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

from data.database import UtcDateTime, connect, reading_sessions_of, sessions_of
from data.feedback import Feedback
from data.letter import Letter
from data.match import Seat
from data.round import Round
from data.tables import metadata
from tests import cast

Row = dict[str, Any]


def a_round(_: Session) -> tuple[type, Row]:
    return Round, {"monday": cast.MONDAY, "seed": 1, "started_at": cast.at("mon 06:00"), "figures": {}}


def a_second_seat(session: Session) -> tuple[type, Row]:
    ada, ben, cleo = (cast.join(session, role) for role in (cast.ADA, cast.BEN, cast.CLEO))
    match = cast.bring_together(session, cast.run_round(session), ben, cleo)
    return Seat, {"match_id": match.id, "round_id": match.round_id, "member_id": ada.id}


def a_letter(session: Session) -> tuple[type, Row]:
    ada = cast.join(session, cast.ADA)
    now = cast.at("mon 06:00")
    row = {"member_id": ada.id, "kind": "your_match", "occasion": "match 1", "address": "ada@example.org"}
    words = {"subject": "Meet Ben", "text": "Ben is a vet.", "message_id": "<1@example.org>", "last_error": ""}
    return Letter, row | words | {"written_at": now, "try_after": now, "tries": 0}


def a_feedback(session: Session) -> tuple[type, Row]:
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    match = cast.bring_together(session, cast.run_round(session), ada, ben)
    seat, when = match.seats[0], cast.at("fri 10:00")
    return Feedback, {"seat_id": seat.id, "given_at": when, "met": "yes", "learned": "", "note": ""}


PROMISES = [
    pytest.param(a_round, "uq_round_monday", id="one round per Monday"),
    pytest.param(a_second_seat, "uq_seat_live", id="one live seat per member per round"),
    pytest.param(a_letter, "uq_letter_member_id_occasion", id="one letter per occasion and reader"),
    pytest.param(a_feedback, "uq_feedback_seat_id", id="one feedback per seat"),
]


def rows_after_race(engine: Engine, make: Callable[[Session], tuple[type, Row]]) -> int:
    """Return how many rows there are after two processes each saw none and then wrote one."""
    with sessions_of(engine).begin() as session:
        table, row = make(session)
    both_have_looked = Barrier(2, timeout=30)

    def look_then_write(_racer: int) -> None:
        own = connect(engine.url.render_as_string(hide_password=False))
        with reading_sessions_of(own)() as session:
            looked = session.scalar(select(func.count()).select_from(table))
        both_have_looked.wait()
        try:
            with sessions_of(own).begin() as session:
                if looked == 0 or table is Seat:
                    session.execute(insert(table).values(**row))
        except IntegrityError:
            pass  # the loser of the race: just what the promise is for
        own.dispose()

    with ThreadPoolExecutor(2) as racers:
        list(racers.map(look_then_write, range(2)))  # what goes wrong in one is raised here
    with sessions_of(engine)() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize(("make", "guard"), PROMISES)
def test_two_at_once_write_one_row(engine: Engine, make: Callable[[Session], tuple[type, Row]], guard: str) -> None:
    others = 2 if guard == "uq_seat_live" else 0  # the seats of Ben and Cleo
    assert rows_after_race(engine, make) == others + 1


@pytest.mark.parametrize(("make", "guard"), PROMISES)
def test_without_the_guard_the_race_shows(
    unguarded: Callable[[str], Engine], make: Callable[[Session], tuple[type, Row]], guard: str
) -> None:
    others = 2 if guard == "uq_seat_live" else 0
    assert rows_after_race(unguarded(guard), make) == others + 2


@pytest.fixture
def unguarded(engine: Engine) -> Callable[[str], Engine]:
    """Makes the tables anew without one named promise."""

    def remake(guard: str) -> Engine:
        bare = MetaData()
        for table in metadata.sorted_tables:
            copy = table.to_metadata(bare)
            _drop_guard(copy, guard)
            if table.name == "seat":  # one row per match and member would hide what this guard alone prevents
                _drop_guard(copy, "uq_seat_match_id_member_id")
        metadata.drop_all(engine)
        bare.create_all(engine)
        return engine

    return remake


def _drop_guard(table: Table, guard: str) -> None:
    for constraint in [c for c in table.constraints if isinstance(c, UniqueConstraint) and c.name == guard]:
        table.constraints.remove(constraint)
    for index in [index for index in table.indexes if index.name == guard]:
        table.indexes.remove(index)


def test_a_freed_member_may_be_seated_again_in_the_same_round(session: Session) -> None:
    ada, ben, cleo = (cast.join(session, role) for role in (cast.ADA, cast.BEN, cast.CLEO))
    round_ = cast.run_round(session)
    first = cast.bring_together(session, round_, ada, ben)
    first.seats[0].free(cast.at("tue 10:00"))
    session.flush()
    second = cast.bring_together(session, round_, ada, cleo)
    assert second.seats[0].member is ada


def test_every_time_column_refuses_a_time_without_a_zone() -> None:
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    times = [column for column in columns if isinstance(column.type, DateTime | UtcDateTime)]
    assert len(times) > 15
    assert all(isinstance(column.type, UtcDateTime) for column in times)


def test_a_naive_time_is_never_stored(session: Session) -> None:
    naive = datetime(2026, 11, 23, 6, 0)  # noqa: DTZ001  the very mistake this test is about
    session.add(Round(monday=cast.MONDAY, seed=1, started_at=naive, figures={}))
    with pytest.raises(StatementError, match="without a zone"):
        session.flush()


def test_without_the_type_a_naive_time_would_be_stored(engine: Engine) -> None:
    table = Table("plain", MetaData())
    table.append_column(metadata.tables["round"].c.id._copy())
    plain = metadata.tables["round"].c.started_at._copy()
    plain.type = DateTime(timezone=True)
    table.append_column(plain)
    naive = datetime(2026, 11, 23, 6, 0)  # noqa: DTZ001  the very mistake this test is about
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(table.insert().values(id=1, started_at=naive))
        assert connection.execute(select(func.count()).select_from(table)).scalar() == 1


def test_times_come_back_as_the_same_instant_in_utc(session: Session) -> None:
    cast.run_round(session)
    session.commit()
    session.expire_all()
    stored = session.scalars(select(Round)).one()
    assert stored.started_at == cast.at("mon 06:00")
    assert stored.started_at.utcoffset() is not None
    assert str(stored.started_at.tzinfo) == "UTC"
