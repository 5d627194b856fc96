"""A note: a few words from one to the others of a match, once all have said yes; each is a letter, nobody sees an address."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Seat

LONGEST_NOTE = 500  # characters
NOTES_A_DAY = 10
OPEN_AFTER_MEETING = timedelta(hours=48)


class Note(Base):
    """What one seat wrote to the others; plain text."""

    __tablename__ = "note"
    __table_args__ = (CheckConstraint("length(text) <= 500", name="length"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    seat: Mapped[Seat] = relationship(lazy="joined")


def notes_in(session: Session, match_id: int) -> list[Note]:
    """Return the notes of a match, the oldest first."""
    notes = select(Note).join(Seat).where(Seat.match_id == match_id)
    return list(session.scalars(notes.order_by(Note.id)))


def count_notes(session: Session, seat_id: int, since: datetime) -> int:
    """Return how many notes a seat has written since a moment."""
    mine = Note.seat_id == seat_id, Note.written_at > since
    return session.scalar(select(func.count()).select_from(Note).where(*mine)) or 0
