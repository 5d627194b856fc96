"""A reminder and a request for another time at one moment: nobody is told an old time once it has been given up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

import data.database
import jobs.reminders
from data.answering import ask_to_move
from data.database import connect, sessions_of
from data.letter import Letter
from data.match import Seat, seat_to_answer
from data.to_remind import DueSeat, seats_to_remind
from jobs.reminders import reminders
from tests.cast import ADA, BEN, at, bring_together, run_round, say_yes
from tests.jobs.stage import member_named, seat_of, sign_up
from web.letters import Letters
from web.settings import Settings

DUE, SATURDAY = at("wed 16:30"), at("sat 16:30")


@pytest.fixture(autouse=True)
def it_is_on(sessions: sessionmaker[Session]) -> None:
    """Ada and Ben meet on Thursday at 16:30."""
    sign_up(sessions, ADA, BEN)
    with sessions.begin() as session:
        people = [member_named(session, name) for name in ("Ada", "Ben")]
        match = bring_together(session, run_round(session), *people, times=[at("thu 16:30")])
        for seat in match.seats:
            say_yes(seat, at("tue 10:00"))


def ada_asks_for_saturday(engine: Engine) -> None:
    """In a process of her own, as the page of her match does it."""
    own = connect(engine.url.render_as_string(hide_password=False))
    with sessions_of(own).begin() as session:
        ada = seat_to_answer(session, seat_of(session, "Ada").id)
        assert ada is not None
        ask_to_move(ada, [SATURDAY], DUE)
    own.dispose()


Happened = list[str]


def at_one_moment(engine: Engine, monkeypatch: pytest.MonkeyPatch, patience: float) -> Happened:
    """Let Ada ask while a reminder is being written; return what was done, in the order in which it was done.

    The writer, who has seen the match, waits for her a while before writing.
    """
    happened: Happened = []
    seen, moved = threading.Event(), threading.Event()
    remind = Letters.reminder

    def linger(letters: Letters, session: Session, seat: Seat, *rest: object) -> Letter | None:
        seen.set()
        moved.wait(timeout=patience)
        letter = remind(letters, session, seat, *rest)  # type: ignore[arg-type]
        happened.append(f"reminded of {seat.match.meets_at:%A}")
        return letter

    def move() -> None:
        seen.wait(timeout=10)
        ada_asks_for_saturday(engine)
        happened.append("moved")
        moved.set()

    monkeypatch.setattr(Letters, "reminder", linger)
    mover = threading.Thread(target=move)
    mover.start()
    try:
        reminders(sessions_of(engine), Settings(), DUE)
    finally:
        mover.join()
    return happened


def test_who_asks_while_a_reminder_is_written_waits_until_it_is(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened = at_one_moment(engine, monkeypatch, patience=0.3)
    assert happened == ["reminded of Thursday", "reminded of Thursday", "moved"]


def without_the_lock(session: Session, due: Sequence[DueSeat]) -> dict[int, Seat]:
    return {one.seat_id: session.get_one(Seat, one.seat_id) for one in due}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_lock_an_old_time_is_told_after_it_was_given_up(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control. SQLite has one writer at a time, so that only PostgreSQL can show it so."""
    monkeypatch.setattr(jobs.reminders, "lock_seats", without_the_lock)
    happened = at_one_moment(engine, monkeypatch, patience=10)
    assert happened[:2] == ["moved", "reminded of Thursday"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_on_sqlite_without_the_writers_lock_first_the_reminder_would_fail(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control for SQLite: its reader may not write what it has decided upon after somebody else wrote."""

    def begin_as_a_reader(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    monkeypatch.setattr(data.database, "_begin", begin_as_a_reader)
    deferred = connect(engine.url.render_as_string(hide_password=False))
    with pytest.raises(OperationalError, match="locked"):
        at_one_moment(deferred, monkeypatch, patience=10)
    deferred.dispose()


def moved_in_between(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let Ada ask after her reminder was found to be due and before it is written; return the reminders written."""

    def find_then_move(session: Session, *arguments: object) -> list[DueSeat]:
        found = seats_to_remind(session, *arguments)  # type: ignore[arg-type]
        session.rollback()
        if found:
            ada_asks_for_saturday(engine)
        return found

    monkeypatch.setattr(jobs.reminders, "seats_to_remind", find_then_move)
    reminders(sessions_of(engine), Settings(), DUE)
    with sessions_of(engine)() as session:
        return list(session.scalars(select(Letter.subject).where(Letter.kind == "reminder")))


def test_a_reminder_found_due_is_looked_at_again_before_it_is_written(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert moved_in_between(engine, monkeypatch) == []


def test_without_that_second_look_it_would_be_about_a_meeting_that_is_no_longer_on(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control, on both databases: there is no time to be told any more, and the whole job breaks."""
    always: Callable[..., bool] = lambda *_: True  # noqa: E731
    monkeypatch.setattr(jobs.reminders, "_still_stands", always)
    with pytest.raises(AttributeError, match="NoneType"):
        moved_in_between(engine, monkeypatch)
