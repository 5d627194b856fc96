"""How far people go to meet: from the cell they live in to the place they have agreed on, as counts of people by band.

A distance is computed here and forgotten: nothing of it is kept or shown of anybody.
"""

from __future__ import annotations

from bisect import bisect_left
from math import asin, cos, radians, sin, sqrt
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from data.match import Match, Seat
from data.member import Member
from data.venues import SuggestedVenue, Venue

BANDS_KM = (2, 5, 10, 25)  # the upper ends of all bands but the last
EARTH_KM = 6371.0


def travel_bands(session: Session, round_id: int) -> tuple[int, ...]:
    """Return how many people of a round's fixed meetings live how far from the place, by band, the nearest first.

    Only listed places count, and people as they live now: whoever has left or lives on another journey is not known.
    """
    bands = [0] * (len(BANDS_KM) + 1)
    for latitude, longitude, venue_latitude, venue_longitude, people in session.execute(_ways(round_id)):
        bands[band_of(km_between((latitude, longitude), (venue_latitude, venue_longitude)))] += people
    return tuple(bands)


def band_of(km: float) -> int:
    """Return the number of the band a distance lies in."""
    return bisect_left(BANDS_KM, km)


def km_between(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two positions in degrees."""
    (latitude, longitude), (to_latitude, to_longitude) = map(_radians, (one, other))
    across = sin((to_latitude - latitude) / 2) ** 2
    along = sin((to_longitude - longitude) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(across + cos(latitude) * cos(to_latitude) * along)))


def _radians(position: tuple[float, float]) -> tuple[float, float]:
    return radians(position[0]), radians(position[1])


def _ways(round_id: int) -> Select[*tuple[Any, ...]]:
    """Every cell and place between which people of the round's fixed meetings go, and how many do."""
    in_words = case(
        (Venue.address == "", Venue.name), (Venue.name == "", Venue.address), else_=Venue.name + ", " + Venue.address
    )
    # Two branches of a chain may be called alike: as for `Match.venue`, the first of them it is.
    chosen = select(Match.id, func.min(SuggestedVenue.rank).label("rank"))
    chosen = chosen.join(SuggestedVenue, SuggestedVenue.match_id == Match.id)
    chosen = chosen.join(Venue, Venue.id == SuggestedVenue.venue_id)
    fixed = Match.round_id == round_id, Match.on_at.is_not(None), Match.mode == "in_person"
    place = chosen.where(*fixed, Match.meeting_place == in_words).group_by(Match.id).subquery()
    way = Member.latitude, Member.longitude, Venue.latitude, Venue.longitude
    return (
        select(*way, func.count())
        .select_from(place)
        .join(SuggestedVenue, (SuggestedVenue.match_id == place.c.id) & (SuggestedVenue.rank == place.c.rank))
        .join(Venue, Venue.id == SuggestedVenue.venue_id)
        .join(Seat, Seat.match_id == place.c.id)
        .join(Member, Member.id == Seat.member_id)
        .where(Seat.freed_at.is_(None), Member.latitude.is_not(None), Member.longitude.is_not(None))
        .group_by(*way)
    )
