"""The stage on which the cast lives through a week: who sits with whom, who was told what, two processes at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from data.answering import decline
from data.database import connect, sessions_of
from data.letter import Letter
from data.match import Match, Seat, Why
from data.member import Member
from data.tables import metadata
from tests.cast import Role, join, say_yes
from web.settings import Settings

Job = Callable[[sessionmaker[Session], Settings, datetime], str]


def sign_up(sessions: sessionmaker[Session], *roles: Role, **changes: Any) -> list[int]:
    """Sign some of the cast up; return their numbers."""
    with sessions() as session:
        members = [join(session, role, **changes) for role in roles]
        session.commit()
    return [member.id for member in members]


def together(sessions: sessionmaker[Session]) -> set[frozenset[str]]:
    """Who has a seat beside whom, by name, in any round."""
    with sessions() as session:
        matches = session.scalars(select(Match))
        return {frozenset(seat.member.first_name for seat in match.live_seats) for match in matches} - {frozenset()}


def told(sessions: sessionmaker[Session]) -> Counter[tuple[str, str]]:
    """How many letters of each kind were written to whom: counts by (name, kind)."""
    with sessions() as session:
        letters = session.scalars(select(Letter))
        return Counter((letter.member.first_name if letter.member else "operator", letter.kind) for letter in letters)


def seat_of(session: Session, name: str) -> Seat:
    """The live seat of one of the cast, or the last one they held."""
    seats = session.scalars(select(Seat).join(Member).where(Member.first_name == name).order_by(Seat.id)).all()
    return next((seat for seat in seats if seat.freed_at is None), seats[-1])


def accept(sessions: sessionmaker[Session], now: datetime, *names: str) -> None:
    """Each of `names` says yes."""
    with sessions.begin() as session:
        for name in names:
            say_yes(seat_of(session, name), now)


def say_no(sessions: sessionmaker[Session], now: datetime, name: str, why: Why = "someone_else") -> None:
    """One of the cast says no."""
    with sessions.begin() as session:
        decline(seat_of(session, name), now, why)


def member_named(session: Session, name: str) -> Member:
    """One of the cast, as stored."""
    return session.scalars(select(Member).where(Member.first_name == name)).one()


def everything(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, in order: what a second run may not change."""
    with engine.connect() as connection:
        return {
            table.name: [
                tuple(map(repr, row)) for row in connection.execute(select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


def at_once(engine: Engine, job: Job, now: datetime) -> list[str]:
    """Start a job in two processes' worth of engines at one moment; return what each said."""
    start = Barrier(2)

    def run(_: int) -> str:
        own = connect(engine.url.render_as_string(hide_password=False))
        start.wait(timeout=10)
        line = job(sessions_of(own), Settings(), now)
        own.dispose()
        return line

    with ThreadPoolExecutor(2) as processes:
        return list(processes.map(run, range(2)))
