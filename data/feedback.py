"""Feedback: what one seat says after the meeting; whether they met comes first, how it was second."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Seat

MET = ("yes", "they_did_not_come", "i_could_not", "never_arranged")


class Feedback(Base):
    """What one seat said about its meeting, once."""

    __tablename__ = "feedback"
    __table_args__ = (
        UniqueConstraint("seat_id", name="uq_feedback_seat_id"),
        CheckConstraint("met IN ('yes', 'they_did_not_come', 'i_could_not', 'never_arranged')", name="met"),
        CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    met: Mapped[str] = mapped_column(String(20))
    rating: Mapped[int | None] = mapped_column(Integer)
    again: Mapped[bool | None]
    learned: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")  # for the operator's eyes, with a report
    seat: Mapped[Seat] = relationship(lazy="joined")


def feedback_of(session: Session, seat_id: int) -> Feedback | None:
    """Return what a seat has said, if it has said anything."""
    return session.scalar(select(Feedback).where(Feedback.seat_id == seat_id))


def feedback_by(session: Session, member_id: int) -> dict[int, Feedback]:
    """Return all a member has ever said, by the number of the seat."""
    said = select(Feedback).join(Seat).where(Seat.member_id == member_id)
    return {feedback.seat_id: feedback for feedback in session.scalars(said)}
