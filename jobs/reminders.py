"""Reminders: who is in next week, who is expected tomorrow or in two hours, and how it was; each once, none much too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from data.letter import Letter
from data.match import LENGTH, Seat
from data.member import Member
from data.round import latest_round, next_monday
from data.to_remind import members_to_announce, seats_meeting, seats_that_met, zones_of_members
from web.letters import Letters
from web.settings import Settings

FRIDAY, ANNOUNCED_AT = 4, time(10)  # on the reader's own clock
BATCH = 200  # letters in one transaction, so that members who write meanwhile never wait long


class Rung(NamedTuple):
    """One reminder of a ladder: when it is due, counted from the meeting, and until when it is not too late."""

    number: int
    due: timedelta
    good_for: timedelta


BEFORE = (Rung(24, -timedelta(hours=24), timedelta(hours=4)), Rung(2, -timedelta(hours=2), timedelta(minutes=100)))
AFTER = (
    Rung(1, LENGTH + timedelta(hours=2), timedelta(hours=6)),
    Rung(2, LENGTH + timedelta(hours=50), timedelta(hours=6)),
)
ANNOUNCEMENT_GOOD_FOR = timedelta(hours=6)
# Whoever was told "it is on" this short before the first reminder needs none.
JUST_TOLD = timedelta(hours=6)

Write = Callable[[Session, int], Letter | None]
Seats = Callable[..., Sequence[int]]  # a query of data.to_remind: a session, from when and until when they meet, since


def reminders(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Write every reminder that is due and not too late; return one line about it. The second time nothing is due."""
    letters = Letters(settings)
    written = {
        "before a meeting": sum(_remind(sessions, letters, rung, now) for rung in BEFORE),
        "after one": sum(_ask(sessions, letters, rung, now) for rung in AFTER),
        "about next week": _announce(sessions, letters, now),
    }
    return "Reminders written: " + ", ".join(f"{count} {what}" for what, count in written.items())


def _remind(sessions: sessionmaker[Session], letters: Letters, rung: Rung, now: datetime) -> int:
    """Say that somebody is coming, `rung.number` hours before the meeting."""

    def write(session: Session, number: int) -> Letter | None:
        seat = session.get_one(Seat, number)
        on_at = seat.match.on_at
        told = rung is BEFORE[0] and on_at is not None and on_at > seat.match.meets_at + rung.due - JUST_TOLD
        return letters.reminder(session, seat, rung.number, now) if seat.match.is_on and not told else None

    return _write(sessions, _due(sessions, seats_meeting, rung, now), write)


def _ask(sessions: sessionmaker[Session], letters: Letters, rung: Rung, now: datetime) -> int:
    """Ask how it was, for the `rung.number`th time."""

    def write(session: Session, number: int) -> Letter | None:
        seat = session.get_one(Seat, number)
        return letters.how_was_it(session, seat, rung.number, now) if seat.match.is_on else None

    return _write(sessions, _due(sessions, seats_that_met, rung, now), write)


def _due(sessions: sessionmaker[Session], seats: Seats, rung: Rung, now: datetime) -> Sequence[int]:
    """Return the seats whose meeting makes `rung` due now, and not too late."""
    until = now - rung.due
    with sessions() as session:
        return seats(session, until - rung.good_for, until, since=now - rung.good_for)


def _announce(sessions: sessionmaker[Session], letters: Letters, now: datetime) -> int:
    """Say "you are in next week" where it is Friday morning; not when that round was run ahead of time."""
    monday = next_monday(now)
    with sessions() as session:
        latest = latest_round(session)
        if latest is not None and latest.monday >= monday:
            return 0
        zones = [zone for zone in zones_of_members(session) if _is_friday_morning(now, zone)]
        due = members_to_announce(session, monday, zones, since=now - timedelta(days=3)) if zones else []
    return _write(
        sessions, due, lambda session, number: letters.next_week(session, session.get_one(Member, number), monday, now)
    )


def _is_friday_morning(now: datetime, zone: str) -> bool:
    clock = ZoneInfo(zone)
    local = now.astimezone(clock)
    friday = local.date() + timedelta(days=FRIDAY - local.weekday())
    due = datetime.combine(friday, ANNOUNCED_AT, clock).astimezone(UTC)
    return due <= now < due + ANNOUNCEMENT_GOOD_FOR


def _write(sessions: sessionmaker[Session], due: Sequence[int], write: Write) -> int:
    """Write to each of those due, a batch to a transaction; return how many letters that took."""
    written = 0
    for batch in _batches(due):
        with sessions() as session:
            written += sum(write(session, number) is not None for number in batch)
            session.commit()
    return written


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), BATCH):
        yield numbers[start : start + BATCH]
