"""Races: what happens when two things happen at one moment, and what would happen if nothing guarded them.

Each is run twice: guarded, when the outcome is one that could also have come one after the other; and with the guard
taken away (the row lock on PostgreSQL, the writer's lock with which we begin on SQLite), when the race must show.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Literal

import pytest
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

import data.match
import jobs.rematch
from data import database
from data.answering import CannotAnswer
from data.avoidance import keep_apart
from data.database import connect, sessions_of
from data.falling_through import matches_falling_through
from data.letter import Letter
from data.match import Match, Seat, lock_match, seat_to_answer
from data.member import Member
from data.round import Round, latest_round
from jobs.arrange import arrange
from jobs.rematch import rematch
from tests.cast import ADA, BEN, CLEO, DAN, at, bring_together, run_round
from tests.jobs.stage import accept, member_named, say_no, sign_up, together
from web.answers import Answers
from web.letters import Letters
from web.settings import Settings

Guard = Literal["guarded", "unguarded"]
Act = Callable[[sessionmaker[Session]], None]
TUESDAY = at("tue 10:00")
THURSDAY = at("thu 17:00")
either_guard = pytest.mark.parametrize("guard", ["guarded", "unguarded"])


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    """A maker of sessions on a fresh database."""
    return sessions_of(engine)


@pytest.fixture
def pair(sessions: sessionmaker[Session]) -> None:
    """Ada and Ben are matched."""
    sign_up(sessions, ADA, BEN)
    with sessions.begin() as session:
        bring_together(session, run_round(session), *(member_named(session, name) for name in ("Ada", "Ben")))


class Race:
    """Starts acts together, each in a process's worth of its own; whoever has read something waits for the others."""

    def __init__(self, engine: Engine, guard: Guard, runners: int) -> None:
        self.engine, self.guard = engine, guard
        # A guarded one never meets the other: the other is kept waiting outside.
        self.patience = 0.5 if guard == "guarded" else 5.0
        self.start, self.read = threading.Barrier(runners), threading.Barrier(runners)

    def linger(self) -> None:
        """Let the others come as far as this, if nothing keeps them."""
        with suppress(threading.BrokenBarrierError):
            self.read.wait(timeout=self.patience)

    def run(self, *acts: Act) -> list[Exception | None]:
        """Return what each act raised, if anything."""
        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(self._run, acts))

    def _run(self, act: Act) -> Exception | None:
        own = connect(self.engine.url.render_as_string(hide_password=False))
        if self.guard == "unguarded" and own.dialect.name == "sqlite":
            event.remove(own, "begin", database._begin)
            event.listen(own, "begin", _begin_as_sqlalchemy_would)
        self.start.wait(timeout=10)
        try:
            act(sessions_of(own))
        except (CannotAnswer, IntegrityError, OperationalError) as error:
            return error
        finally:
            own.dispose()
        return None


def _begin_as_sqlalchemy_would(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def locking(race: Race, patch: pytest.MonkeyPatch) -> None:
    """Let whoever answers wait for the other with the match in hand: locked, or merely read."""

    def read(session: Session, match_id: int) -> Match:
        match = lock_match(session, match_id) if race.guard == "guarded" else session.get_one(Match, match_id)
        assert match.seats
        assert match.times
        race.linger()
        return match

    patch.setattr(data.match, "lock_match", read)


def answering(name: str, answer: Callable[[Answers, Seat], None]) -> Act:
    """One of the cast answers about the first match, as a button on its page would."""

    def act(sessions: sessionmaker[Session]) -> None:
        with sessions.begin() as session:
            theirs = select(Seat.id).join(Member).where(Seat.match_id == 1, Member.first_name == name)
            seat = seat_to_answer(session, session.scalars(theirs).one())
            assert seat is not None
            answer(Answers(session, Letters(Settings()), TUESDAY), seat)

    return act


def yes(answers: Answers, seat: Seat) -> None:
    answers.yes(seat, [THURSDAY])


def no(answers: Answers, seat: Seat) -> None:
    answers.no(seat, "not_this_week")


def letters(sessions: sessionmaker[Session]) -> list[tuple[str, str]]:
    with sessions() as session:
        rows = session.scalars(select(Letter))
        return sorted((letter.member.first_name, letter.kind) for letter in rows if letter.member)


def stood(sessions: sessionmaker[Session]) -> dict[str, Any]:
    """How the match of Ada and Ben stands."""
    with sessions() as session:
        match = session.get_one(Match, 1)
        said = {seat.member.first_name: (bool(seat.accepted_at), bool(seat.declined_at)) for seat in match.seats}
        return {"on": match.is_on, "sequence": match.sequence} | said


def locked(errors: list[Exception | None]) -> bool:
    """Whether SQLite has turned somebody away."""
    return any(isinstance(error, OperationalError) and "locked" in str(error) for error in errors)


@either_guard
@pytest.mark.usefixtures("pair")
def test_both_say_yes_at_once(
    sessions: sessionmaker[Session], engine: Engine, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    race = Race(engine, guard, 2)
    locking(race, monkeypatch)
    errors = race.run(answering("Ada", yes), answering("Ben", yes))
    if guard == "guarded":
        assert errors == [None, None]
        assert stood(sessions)["on"]
        assert letters(sessions) == [("Ada", "it_is_on"), ("Ben", "it_is_on")]
    else:
        waiting_for_ever = stood(sessions)["Ada"] == stood(sessions)["Ben"] == (True, False)
        assert locked(errors) or (waiting_for_ever and not stood(sessions)["on"])


@either_guard
@pytest.mark.usefixtures("pair")
def test_one_says_yes_while_the_other_cancels(
    sessions: sessionmaker[Session], engine: Engine, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was told that it is on is told as well that it is not, in a newer word to their calendar."""
    accept(sessions, TUESDAY, "Ben")
    race = Race(engine, guard, 2)
    locking(race, monkeypatch)
    errors = race.run(answering("Ada", yes), answering("Ben", no))
    told_both = {("Ben", "it_is_on"), ("Ben", "you_cancelled")} <= set(letters(sessions))
    told_neither = not letters(sessions) and isinstance(errors[0], CannotAnswer)
    if guard == "guarded":
        assert told_both or told_neither
        assert not stood(sessions)["on"]
        assert stood(sessions)["sequence"] == (2 if told_both else 0)
    else:
        assert locked(errors) or not (told_both or told_neither)


@either_guard
@pytest.mark.usefixtures("pair")
def test_ada_cancels_while_somebody_else_is_found_for_her(
    sessions: sessionmaker[Session], engine: Engine, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Either her "not this week" is heard and nobody is promised to her, or it comes too late and she hears so."""
    sign_up(sessions, CLEO)
    accept(sessions, TUESDAY, "Ada")
    say_no(sessions, TUESDAY, "Ben", "not_this_week")
    race = Race(engine, guard, 2)
    locking(race, monkeypatch)
    falling = matches_falling_through

    def read(session: Session, round_: Round, *more: Any) -> list[Match]:
        plain = select(Match).where(Match.round_id == round_.id)
        found = falling(session, round_, *more) if guard == "guarded" else list(session.scalars(plain))
        race.linger()
        return found

    monkeypatch.setattr(jobs.rematch, "matches_falling_through", read)
    rematched = threading.Event()

    def cancel(answers: Answers, seat: Seat) -> None:
        no(answers, seat)
        rematched.wait(timeout=race.patience)  # what she said is written down last

    def look_on(own: sessionmaker[Session]) -> None:
        rematch(own, Settings(), TUESDAY)
        rematched.set()

    errors = race.run(answering("Ada", cancel), look_on)
    found = frozenset({"Ada", "Cleo"}) in together(sessions)
    refused = stood(sessions)["Ada"][1]
    if guard == "guarded":
        assert found != refused
        assert isinstance(errors[0], CannotAnswer) == found
        assert errors[1] is None
    else:
        assert locked(errors) or (found and refused)


@either_guard
def test_two_processes_find_one_third_for_two_who_were_stood_up(
    sessions: sessionmaker[Session], engine: Engine, guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The third is promised once. Without the lock on the round the database alone keeps the promise, with an error."""
    sign_up(sessions, ADA, BEN, CLEO, reach_km=50)
    sign_up(sessions, DAN, first_name="Gus", email="gus@example.org", reach_km=50)
    with sessions.begin() as session:
        round_ = latest_round(session) or run_round(session)
        for pair in (("Ada", "Ben"), ("Cleo", "Gus")):
            bring_together(session, round_, *(member_named(session, name) for name in pair))
        keep_apart(session, member_named(session, "Ada").id, member_named(session, "Cleo").id, "uneasy", TUESDAY)
    accept(sessions, TUESDAY, "Ada", "Cleo")
    for name in ("Ben", "Gus"):
        say_no(sessions, TUESDAY, name, "not_this_week")
    rematch(sessions, Settings(), TUESDAY)
    sign_up(sessions, DAN, reach_km=50)
    race = Race(engine, guard, 2)

    def decide(*known: Any) -> Any:
        race.linger()
        return arrange(*known)

    monkeypatch.setattr(jobs.rematch, "arrange", decide)
    if guard == "unguarded":
        monkeypatch.setattr(jobs.rematch, "lock_round", lambda _, round_: round_)
    errors = race.run(*[lambda own: _ignore(rematch(own, Settings(), TUESDAY))] * 2)
    with_dan = [pair for pair in together(sessions) if "Dan" in pair]
    assert len(with_dan) == 1
    if guard == "guarded":
        assert errors == [None, None]
    else:
        assert locked(errors) or any(isinstance(error, IntegrityError) for error in errors)


def _ignore(_: object) -> None:
    """An act returns nothing."""
