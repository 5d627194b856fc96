"""Feedback: what one seat says after the meeting; whether they met comes first, how it was second."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Seat

ENJOYED = 4  # of five; wishing to meet again says the same
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

    @property
    def enjoyed(self) -> bool | None:
        """Whether they enjoyed it; none if they did not meet, or did not say."""
        return enjoys(self.met, self.rating, self.again)


def enjoys(met: str | None, rating: int | None, again: bool | None) -> bool | None:  # noqa: FBT001  a column's value
    """Return whether what was said means that they enjoyed it; none if they did not meet, or did not say."""
    if met != "yes" or (rating is None and again is None):
        return None
    return bool(again) or (rating or 0) >= ENJOYED


def feedback_of(session: Session, seat_id: int) -> Feedback | None:
    """Return what a seat has said, if it has said anything."""
    return session.scalar(select(Feedback).where(Feedback.seat_id == seat_id))


def feedback_by(session: Session, member_id: int) -> dict[int, Feedback]:
    """Return all a member has ever said, by the number of the seat."""
    said = select(Feedback).join(Seat).where(Seat.member_id == member_id).options(lazyload(Feedback.seat))
    return {feedback.seat_id: feedback for feedback in session.scalars(said)}


def feedback_about(session: Session, match_id: int) -> dict[int, Feedback]:
    """Return all that was said of one meeting, by the number of the seat."""
    said = select(Feedback).join(Seat).where(Seat.match_id == match_id).options(lazyload(Feedback.seat))
    return {feedback.seat_id: feedback for feedback in session.scalars(said)}
