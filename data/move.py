"""A move: somebody says they will be elsewhere, at home or on a trip; three a week are plenty, and each counts from the next round."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Float, ForeignKey, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.cells import snap
from data.database import Base, UtcDateTime
from data.member import Member
from data.places import Place
from data.trip import OldHome, Trip

# Whoever may set their place at will can learn from whom they are paired with where others are.
MOST_MOVES, WITHIN = 3, timedelta(days=7)


class Move(Base):
    """That a place was changed, and when. Taking a trip back does not undo it: it was said."""

    __tablename__ = "move"
    __table_args__ = (CheckConstraint("(trip_id IS NULL) <> (left_id IS NULL)", name="home_or_trip"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    moved_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    trip_id: Mapped[int | None] = mapped_column(Integer)  # no foreign key: a trip may be taken back
    left_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))  # where they lived until then
    left_latitude: Mapped[float | None] = mapped_column(Float)  # the centre of the cell there
    left_longitude: Mapped[float | None] = mapped_column(Float)

    left: Mapped[Place | None] = relationship(lazy="joined")


def move_home(
    session: Session, member: Member, place: Place, now: datetime, *, position: tuple[float, float] | None = None
) -> None:
    """Live in `place` from the next round on, or at a position near it; the round under way still knows the old home."""
    if member.place_id is not None:
        cell = {"left_latitude": member.latitude, "left_longitude": member.longitude}
        session.add(Move(member_id=member.id, moved_at=now, left_id=member.place_id, **cell))
    member.settle_in(place, position)


def add_trip(session: Session, trip: Trip, now: datetime) -> None:
    """Plan a trip; a round that is under way finds nobody for it any more."""
    session.add(trip)
    session.flush()
    session.add(Move(member_id=trip.member_id, moved_at=now, trip_id=trip.id))


def next_move_at(session: Session, member_id: int, now: datetime) -> datetime | None:
    """Return from when a member may change where they are once more; none when they may at once."""
    lately = select(Move.moved_at).where(Move.member_id == member_id, Move.moved_at > now - WITHIN)
    newest = list(session.scalars(lately.order_by(Move.moved_at.desc()).limit(MOST_MOVES)))
    return newest[-1] + WITHIN if len(newest) == MOST_MOVES else None


def homes_left(session: Session, since: datetime) -> dict[int, OldHome]:
    """Return where those lived on whom a later home counts only from the next round, by the number of the member."""
    moves = select(Move).where(Move.moved_at > since, Move.left_id.is_not(None)).order_by(Move.id.desc())
    return {move.member_id: _home(move, move.left) for move in session.scalars(moves) if move.left is not None}


def trips_added(session: Session, since: datetime) -> set[int]:
    """Return the numbers of the trips that were planned after a moment."""
    moves = select(Move.trip_id).where(Move.moved_at > since, Move.trip_id.is_not(None))
    return {number for number in session.scalars(moves) if number is not None}


def _home(move: Move, place: Place) -> OldHome:
    """Where they lived; of moves older than the columns for it, the cell of the place."""
    if move.left_latitude is None or move.left_longitude is None:
        return OldHome(place, *snap(place.latitude, place.longitude))
    return OldHome(place, move.left_latitude, move.left_longitude)
