"""Public places where two strangers can meet, and which of them a match was offered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CheckConstraint, Float, ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.search_keys import fold

# As OpenStreetMap calls them, the best for a talk first. A home is none of them, and never will be.
KINDS = ("cafe", "library", "bakery", "restaurant", "ice_cream", "pub", "bar")
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_HOURS = 200, 300, 500


class Venue(Base):
    """A café, bar or library open to everyone; a meeting is never at a home."""

    __tablename__ = "venue"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), default="")
    latitude: Mapped[float] = mapped_column(Float, index=True)
    longitude: Mapped[float] = mapped_column(Float)
    opening_hours: Mapped[str] = mapped_column(String(LONGEST_HOURS), default="")
    wheelchair: Mapped[str] = mapped_column(String(20), default="")
    osm_id: Mapped[str | None] = mapped_column(String(30), unique=True)  # "node/123": read again, it is the same venue
    preferred: Mapped[bool] = mapped_column(default=False)  # by the operator, before others as good
    hidden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # by the operator: never offered

    @property
    def in_words(self) -> str:
        """The venue as one says where to go: "Café Europa, Amagertorv 1"."""
        return ", ".join(part for part in (self.name, self.address) if part)

    def hide(self, now: datetime) -> None:
        """Offer it to nobody from now on; whoever was offered it already keeps it."""
        self.hidden_at = self.hidden_at or now

    def show(self) -> None:
        """Offer it again."""
        self.hidden_at = None


class SuggestedVenue(Base):
    """One of the up to three places a match was offered, the best first."""

    __tablename__ = "suggested_venue"
    __table_args__ = (CheckConstraint("rank BETWEEN 1 AND 3", name="rank"),)

    match_id: Mapped[int] = mapped_column(ForeignKey("match.id"), primary_key=True)
    rank: Mapped[int] = mapped_column(Integer, primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venue.id"), index=True)
    venue: Mapped[Venue] = relationship(lazy="joined")


def venues_numbered(session: Session, numbers: Collection[int]) -> list[Venue]:
    """Return the venues with these numbers, in their order."""
    return list(session.scalars(select(Venue).where(Venue.id.in_(numbers)).order_by(Venue.id)))


def venues_named(session: Session, words: str) -> list[Venue]:
    """Return venues with `words` in their name or address, accents aside, hidden ones too, in the order they came."""
    rows = session.execute(select(Venue.id, Venue.name, Venue.address))
    return venues_numbered(session, [row.id for row in rows if fold(words) in fold(f"{row.name} {row.address}")])
