"""Public places where two strangers can meet, and which of them a match was offered."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal

from geopy.distance import great_circle
from sqlalchemy import CheckConstraint, ColumnElement, Float, ForeignKey, Integer, String, Text, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.search_keys import fold

# As OpenStreetMap calls them, the best for a talk first. A home is none of them, and never will be.
KINDS = ("cafe", "library", "bakery", "restaurant", "ice_cream", "pub", "bar")
SAME_KM = 0.05  # one name within so far is one venue, whatever its number on the map
NEAR_DEGREES = 0.01
POSITION = re.compile(r"(-?\d{1,3}(?:\.\d{1,12})?) ?, ?(-?\d{1,3}(?:\.\d{1,12})?)")
Change = Literal["hide", "show", "prefer", "unprefer"]
LONGEST_NAME, LONGEST_ADDRESS, LONGEST_HOURS = 200, 300, 500


def key_of(name: str, address: str) -> str:
    """Return what a venue is found by: its name and address without case, accents and signs."""
    return f"{fold(name)} {fold(address)}"


def _key_of_row(context: Any) -> str:
    row = context.get_current_parameters()
    return key_of(row["name"], row.get("address", ""))


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
    key: Mapped[str] = mapped_column(Text, default=_key_of_row, server_default="")  # see `key_of`

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

    def change(self, change: Change, now: datetime) -> bool:
        """Hide, show, prefer it, or no longer prefer it; return whether it was otherwise before."""
        before = self.hidden_at, self.preferred
        if change == "hide":
            self.hide(now)
        elif change == "show":
            self.show()
        else:
            self.preferred = change == "prefer"
        return before != (self.hidden_at, self.preferred)


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


def venues_named(session: Session, words: str, most: int | None = None) -> list[Venue]:
    """Return venues with `words` in their name or address, accents aside, hidden ones too, in the order they came."""
    return list(session.scalars(select(Venue).where(_is_named(words)).order_by(Venue.id).limit(most)))


def count_named(session: Session, words: str) -> int:
    """Return how many venues have `words` in their name or address."""
    return session.scalar(select(func.count()).select_from(Venue).where(_is_named(words))) or 0


def _is_named(words: str) -> ColumnElement[bool]:
    return Venue.key.contains(fold(words))


def venues_marked(session: Session, most: int) -> list[Venue]:
    """Return the venues somebody has hidden or prefers, the newest of the list first."""
    marked = or_(Venue.hidden_at.is_not(None), Venue.preferred)
    return list(session.scalars(select(Venue).where(marked).order_by(Venue.id.desc()).limit(most)))


def lock_venue(session: Session, number: int) -> Venue | None:
    """Return a venue as it stands now, locked until the transaction ends."""
    return session.get(Venue, number, with_for_update=True, populate_existing=True)


def same_venue(session: Session, name: str, latitude: float, longitude: float) -> Venue | None:
    """Return the venue of the list that this is, if it has one of that name within fifty metres."""
    near = select(Venue).where(Venue.latitude.between(latitude - NEAR_DEGREES, latitude + NEAR_DEGREES))
    named = (venue for venue in session.scalars(near.order_by(Venue.id)) if fold(venue.name) == fold(name))
    here = latitude, longitude
    return next((one for one in named if great_circle(here, (one.latitude, one.longitude)).km <= SAME_KM), None)


def read_position(text: str) -> tuple[float, float] | None:
    """Return the degrees north and east of "55.6786, 12.5796", or none for what lies nowhere on land."""
    found = POSITION.fullmatch(text.strip())
    if found is None:
        return None
    north, east = float(found[1]), float(found[2])
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 and (north, east) != (0, 0) else None
