"""Public places where two strangers can meet, and which of them a match was offered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data.database import Base, UtcDateTime


class Venue(Base):
    """A café, bar or library open to everyone; a meeting is never at a home."""

    __tablename__ = "venue"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(300), default="")
    latitude: Mapped[float] = mapped_column(Float, index=True)
    longitude: Mapped[float] = mapped_column(Float)
    opening_hours: Mapped[str] = mapped_column(String(500), default="")
    wheelchair: Mapped[str] = mapped_column(String(20), default="")
    osm_id: Mapped[str | None] = mapped_column(String(30), unique=True)  # "node/123": read again, it is the same venue
    preferred: Mapped[bool] = mapped_column(default=False)  # by the operator, before others as good
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the operator: never offered

    @property
    def in_words(self) -> str:
        """The venue as one says where to go: "Café Europa, Amagertorv 1"."""
        return ", ".join(part for part in (self.name, self.address) if part)


class SuggestedVenue(Base):
    """One of the up to three places a match was offered, the best first."""

    __tablename__ = "suggested_venue"
    __table_args__ = (CheckConstraint("rank BETWEEN 1 AND 3", name="rank"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(Integer, primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    venue: Mapped[Venue] = relationship(lazy="joined")
