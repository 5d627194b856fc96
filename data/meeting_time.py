"""The times people may choose from for their meeting, and who has ticked which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data.database import Base, UtcDateTime


class MeetingTime(Base):
    """A moment at which the people of a match may meet: offered by us, or proposed by one of them."""

    __tablename__ = "meeting_time"
    __table_args__ = (UniqueConstraint("match_id", "starts_at", name="uq_meeting_time_match_id_starts_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id"))  # none: offered by us

    ticks: Mapped[list[Tick]] = relationship(lazy="joined", cascade="all, delete-orphan")

    @property
    def ticked_by(self) -> set[int]:
        """The numbers of the seats that this time suits."""
        return {tick.seat_id for tick in self.ticks}


class Tick(Base):
    """One seat says that one time suits it."""

    __tablename__ = "tick"

    time_id: Mapped[int] = mapped_column(ForeignKey("meeting_time.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True, index=True)
