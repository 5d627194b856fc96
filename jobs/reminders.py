"""Reminders: who is expected tomorrow or in two hours, how it was, and who is in next week; each once, none in the night."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session, sessionmaker

from data.letter import Letter
from data.match import Seat
from data.to_remind import DueSeat, Slot, lock_seats, seats_to_ask, seats_to_remind, slots_between
from data.waking_hours import asked_at, is_night, reminded_at
from jobs.batches import Write, in_batches
from jobs.friday import announce_next_week
from web.letters import Letters
from web.settings import Settings

LONGEST_NIGHT = timedelta(hours=11)  # by which the night moves a letter at most
LONGEST_MEETING = timedelta(minutes=90)


class Before(NamedTuple):
    """A reminder so many hours before a meeting."""

    hours: int
    least: timedelta  # in the morning, when it would have come in the night; else it comes the evening before
    no_later: timedelta  # before the meeting, a reminder is of no use any more
    just_told: timedelta  # whoever was told "it is on" this short before it needs none


class After(NamedTuple):
    """A question so long after a meeting has ended."""

    number: int
    wait: timedelta


BEFORE = (
    Before(24, timedelta(hours=24), timedelta(hours=12), timedelta(hours=6)),
    Before(2, timedelta(minutes=45), timedelta(minutes=20), timedelta(0)),
)
AFTER = (After(1, timedelta(hours=2)), After(2, timedelta(hours=50)))
ASKED_FOR = timedelta(hours=6)  # after which a question comes too late


def reminders(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Write every reminder that is due and not too late; return one line about it. The second time nothing is due."""
    letters = Letters(settings)
    written = {
        "before a meeting": sum(_remind(sessions, letters, rung, now) for rung in BEFORE),
        "after one": sum(_ask(sessions, letters, rung, now) for rung in AFTER),
        "about next week": announce_next_week(sessions, letters, now),
    }
    return "Reminders written: " + ", ".join(f"{count} {what}" for what, count in written.items())


def _remind(sessions: sessionmaker[Session], letters: Letters, rung: Before, now: datetime) -> int:
    """Say that somebody is coming, `rung.hours` before the meeting."""
    with sessions() as session:
        ahead = slots_between(session, now + rung.no_later, now + timedelta(hours=rung.hours) + LONGEST_NIGHT)
        seats = seats_to_remind(session, [slot for slot in ahead if _is_due_before(slot, rung, now)], rung.hours)
    due = [seat for seat in seats if seat.on_at <= _due_before(seat.slot, rung) - rung.just_told]
    return in_batches(sessions, due, _to_each(lambda session, seat: letters.reminder(session, seat, rung.hours, now)))


def _is_due_before(slot: Slot, rung: Before, now: datetime) -> bool:
    return _due_before(slot, rung) <= now and not is_night(now, slot.zone)


def _due_before(slot: Slot, rung: Before) -> datetime:
    return reminded_at(slot.meets_at, timedelta(hours=rung.hours), rung.least, slot.zone)


def _ask(sessions: sessionmaker[Session], letters: Letters, rung: After, now: datetime) -> int:
    """Ask how it was, for the `rung.number`th time."""
    with sessions() as session:
        earliest = now - rung.wait - LONGEST_MEETING - LONGEST_NIGHT - ASKED_FOR
        over = slots_between(session, earliest, now - rung.wait)
        due = seats_to_ask(session, [slot for slot in over if _is_due_after(slot, rung, now)], rung.number)
    ask = _to_each(lambda session, seat: letters.how_was_it(session, seat, rung.number, now))
    return in_batches(sessions, due, ask)


def _is_due_after(slot: Slot, rung: After, now: datetime) -> bool:
    due = asked_at(slot.meets_at + timedelta(minutes=slot.minutes) + rung.wait, slot.zone)
    return due <= now < due + ASKED_FOR and not is_night(now, slot.zone)


def _to_each(write: Callable[[Session, Seat], Letter | None]) -> Write[DueSeat]:
    """Write to the seats of a batch, each looked at again with its match locked: it may have been moved, or be off."""

    def write_all(session: Session, batch: Sequence[DueSeat]) -> int:
        seats = lock_seats(session, batch)
        standing = [seats[due.seat_id] for due in batch if _still_stands(seats[due.seat_id], due)]
        return sum(write(session, seat) is not None for seat in standing)

    return write_all


def _still_stands(seat: Seat, due: DueSeat) -> bool:
    """Whether a seat still meets at the time for which it was found to be due."""
    return seat.freed_at is None and seat.match.is_on and seat.match.on_at == due.on_at
