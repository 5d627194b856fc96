"""Reads the towns and venues around some members, and no others: the list holds the whole world."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import cos, radians
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from data.member import REACHES_KM
from data.places import Place
from data.venues import KINDS, Venue
from jobs.meeting_place import Places, PublicPlace
from jobs.towns import KM_PER_DEGREE, Spot

MARGIN = max(REACHES_KM) / KM_PER_DEGREE  # degrees of latitude
MOST_BOXES = 100  # beyond, the database would compare longer than it takes to read everything


class Box(NamedTuple):
    """A rectangle of the map, in degrees."""

    south: float
    north: float
    west: float
    east: float


def places_around(session: Session, homes: Iterable[tuple[float, float]]) -> Places:
    """Return the venues and towns that people starting from `homes` (latitude, longitude) could meet in."""
    boxes = list(_boxes(sorted(set(homes))))
    columns = [getattr(Venue, name) for name in PublicPlace._fields]
    venues = select(*columns).where(Venue.hidden_at.is_(None), Venue.name != "", Venue.kind.in_(KINDS))
    towns = select(Place.name, Place.latitude, Place.longitude, Place.population)
    if len(boxes) <= MOST_BOXES:
        venues = venues.where(or_(False, *[_holds(box, Venue) for box in boxes]))
        towns = towns.where(or_(False, *[_holds(box, Place) for box in boxes]))
    return Places(
        [PublicPlace(*row) for row in session.execute(venues.order_by(Venue.id))],
        [Spot(*row) for row in session.execute(towns)],
    )


def _boxes(homes: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """Homes from south to north, in bands that do not touch; each band as wide as its homes need."""
    band: list[tuple[float, float]] = []
    for home in homes:
        if band and home[0] - band[-1][0] > 2 * MARGIN:
            yield _box(band)
            band = []
        band.append(home)
    if band:
        yield _box(band)


def _box(band: Sequence[tuple[float, float]]) -> Box:
    south, north = band[0][0] - MARGIN, band[-1][0] + MARGIN
    shrink = max(0.01, min(cos(radians(south)), cos(radians(north))))
    east_west = [longitude for _, longitude in band]
    west, east = min(east_west) - MARGIN / shrink, max(east_west) + MARGIN / shrink
    across_the_date_line = west < -180 or east > 180
    return Box(south, north, -180, 180) if across_the_date_line else Box(south, north, west, east)


def _holds(box: Box, of: type[Place | Venue]) -> ColumnElement[bool]:
    return and_(of.latitude.between(box.south, box.north), of.longitude.between(box.west, box.east))
