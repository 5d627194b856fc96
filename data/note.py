"""A note: a few words from one to the others of a match, once all have said yes; each is a letter, nobody sees an address."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship

from data.avoidance import are_apart
from data.database import Base, UtcDateTime
from data.match import Match, Seat

LONGEST_NOTE = 500  # characters
NOTES_A_DAY = 10
DAY = timedelta(hours=24)
OPEN_AFTER_MEETING = timedelta(hours=48)
SAME_PRESS = timedelta(minutes=1)  # the same words again so soon are a button pressed twice


class NotesClosed(Exception):
    """Nobody may write here: not all have said yes, somebody fell out, or it is over."""


class TooManyNotes(Exception):
    """This seat has written enough for a day; `again_at` is when it may write the next one."""

    def __init__(self, again_at: datetime) -> None:
        super().__init__()
        self.again_at = again_at


class Note(Base):
    """What one seat wrote to the others; plain text."""

    __tablename__ = "note"
    __table_args__ = (CheckConstraint("length(text) <= 500", name="length"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    seat: Mapped[Seat] = relationship(lazy="joined")


def write_note(session: Session, seat: Seat, text: str, now: datetime) -> Note | None:
    """Write a note, or return none when it is the last one over again, as a button pressed twice makes it.

    The match is to be locked (`seat_to_answer`), so that two notes at once are counted one after the other.
    Raises NotesClosed, TooManyNotes.
    """
    if not may_write(session, seat, now):
        raise NotesClosed
    recent = _written_since(session, seat, now - DAY)
    if recent and recent[-1].text == text and recent[-1].written_at > now - SAME_PRESS:
        return None
    if len(recent) >= NOTES_A_DAY:
        raise TooManyNotes(recent[-NOTES_A_DAY].written_at + DAY)
    note = Note(seat_id=seat.id, seat=seat, text=text, written_at=now)
    session.add(note)
    session.flush()
    return note


def may_write(session: Session, seat: Seat, now: datetime) -> bool:
    """Whether a seat may write: all have said yes, nobody has fallen out or is kept apart, and it is not long over."""
    match = seat.match
    if seat.freed_at is not None or match.is_falling_through or now >= notes_close_at(match):
        return False
    if not readers_of(seat) or not all(live.accepted_at for live in match.live_seats):
        return False
    return not are_apart(session, [live.member_id for live in match.live_seats])


def notes_close_at(match: Match) -> datetime:
    """Return from when on nobody writes any more: two days after the meeting, or when no time was ever agreed upon."""
    return match.ends_at + OPEN_AFTER_MEETING if match.ends_at else match.round.over_at


def readers_of(seat: Seat) -> list[Seat]:
    """Return the seats that get what this one writes."""
    others = [live for live in seat.match.live_seats if live is not seat]
    return [other for other in others if other.member.left_at is None]


def notes_shown_to(session: Session, seat: Seat) -> list[Note]:
    """Return the notes of a match, the oldest first; whoever was freed sees none that was written afterwards."""
    found = select(Note).join(Seat).where(Seat.match_id == seat.match_id).order_by(Note.id)
    found = found.options(lazyload(Note.seat))  # the seats of a match are known already
    if seat.freed_at is not None:
        found = found.where(Note.written_at <= seat.freed_at)
    return list(session.scalars(found))


def note_to_report(session: Session, seat: Seat, note_id: int) -> Note | None:
    """Return a note that somebody else wrote and this seat was shown, or none."""
    return next(
        (note for note in notes_shown_to(session, seat) if note.id == note_id and note.seat_id != seat.id), None
    )


def notes_by(session: Session, member_id: int) -> list[Note]:
    """Return every note a member has written, the oldest first."""
    return list(session.scalars(select(Note).join(Seat).where(Seat.member_id == member_id).order_by(Note.id)))


def _written_since(session: Session, seat: Seat, since: datetime) -> list[Note]:
    mine = Note.seat_id == seat.id, Note.written_at > since
    return list(session.scalars(select(Note).where(*mine).order_by(Note.id)))
