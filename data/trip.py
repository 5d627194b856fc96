"""A trip: "I am in Lisbon 3 to 9 May"; rounds whose meeting days fall in it find somebody there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Integer, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.cells import snap
from data.database import Base
from data.member import Member
from data.places import Place

FIRST_MEETING_DAY, LAST_MEETING_DAY = 2, 6  # Wednesday to Sunday of the round's week
MOST_OF_THEM = 3
A_DAY, A_MOMENT = timedelta(days=1), timedelta(microseconds=1)


class Trip(Base):
    """Where a member is from one day to another, both included, by the clocks of that place."""

    __tablename__ = "trip"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="order"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    # The centre of a 2 km cell, as everywhere.
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)

    place: Mapped[Place] = relationship(lazy="joined")

    @property
    def meets_people(self) -> bool:
        """Whether it covers most meeting days of some week, so that somebody is met there."""
        days = list(_days(self.first_day, self.last_day))
        mondays = {day - timedelta(days=day.weekday()) for day in days}
        return any(len(_meeting_days(monday).intersection(days)) >= MOST_OF_THEM for monday in mondays)

    def days_away(self, zone: str) -> set[date]:
        """Return the days by the calendar of `zone` on which they are there: across the date line not the same dates."""
        there, here = ZoneInfo(self.place.time_zone), ZoneInfo(zone)
        begins = datetime.combine(self.first_day, time(), there)
        ends = datetime.combine(self.last_day + A_DAY, time(), there) - A_MOMENT
        return set(_days(begins.astimezone(here).date(), ends.astimezone(here).date()))

    @staticmethod
    def to(member: Member, place: Place, first_day: date, last_day: date) -> Trip:
        """Return a trip of a member to a place; only the place's cell is kept."""
        latitude, longitude = snap(place.latitude, place.longitude)
        return Trip(
            member_id=member.id, place=place, place_id=place.id, latitude=latitude, longitude=longitude,
            first_day=first_day, last_day=last_day,
        )  # fmt: skip


class OldHome(NamedTuple):
    """Where somebody lived before they moved: the place, and the centre of the 2 km cell."""

    place: Place
    latitude: float
    longitude: float


class Stay(NamedTuple):
    """Where somebody can meet people in one round, and on which days they are not there."""

    place: Place | None
    latitude: float
    longitude: float
    zone: str
    elsewhere: frozenset[date]
    on_a_trip: bool


def trips_of(session: Session, member_id: int, since: date) -> list[Trip]:
    """Return a member's trips that are not over on `since`, the earliest first."""
    mine = select(Trip).where(Trip.member_id == member_id, Trip.last_day >= since)
    return list(session.scalars(mine.order_by(Trip.first_day, Trip.id)))


def trips_in(session: Session, first_day: date, last_day: date) -> dict[int, list[Trip]]:
    """Return everybody's trips that touch these days by any calendar, by the number of the member."""
    touching = select(Trip).where(Trip.first_day <= last_day + A_DAY, Trip.last_day >= first_day - A_DAY)
    found: dict[int, list[Trip]] = defaultdict(list)
    for trip in session.scalars(touching.order_by(Trip.member_id, Trip.first_day, Trip.id)):
        found[trip.member_id].append(trip)
    return found


def stay_of(
    member: Member, trips: Collection[Trip], monday: date, last_day: date, *, left: OldHome | None = None
) -> Stay:
    """Return where a member can meet somebody in the round of `monday`, whose meetings are up to `last_day`.

    A trip counts when most days from Wednesday to Sunday fall in it; then only its own days do. Otherwise they meet
    at home, and on no day of a trip. `left` is where they live for this round, if they have moved since it began.
    """
    for trip in trips:
        if len(_meeting_days(monday).intersection(_days(trip.first_day, trip.last_day))) >= MOST_OF_THEM:
            elsewhere = frozenset(_days(monday, last_day)).difference(_days(trip.first_day, trip.last_day))
            return Stay(trip.place, trip.latitude, trip.longitude, trip.place.time_zone, elsewhere, on_a_trip=True)
    if left is None:
        place, position = member.place, (member.latitude or 0.0, member.longitude or 0.0)
    else:
        place, position = left.place, (left.latitude, left.longitude)
    zone = place.time_zone if place else member.time_zone
    elsewhere = frozenset(day for trip in trips for day in trip.days_away(zone))
    return Stay(place, *position, zone, elsewhere, on_a_trip=False)


def _meeting_days(monday: date) -> set[date]:
    return set(_days(monday + FIRST_MEETING_DAY * A_DAY, monday + LAST_MEETING_DAY * A_DAY))


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=day) for day in range((last - first).days + 1))
