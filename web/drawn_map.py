"""Draws a small map without asking anybody for tiles: known places as dots, which show the streets, with pins on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement, Connection, Engine, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from data.cells import CELL_KM, KM_PER_DEGREE
from data.places import Place
from data.venues import Venue

WIDTH, HEIGHT = 600, 320
LEAST_KM = 1.6  # from top to bottom, however near to each other the pins are
MOST_DOTS, MOST_TOWNS = 350, 4
MOST_KEPT = 500  # frames that are remembered, of each database
MARGIN = 1.5  # how much more than its pins a map shows

Position = tuple[float, float]


class Pin(NamedTuple):
    """A place on the map, in the units of the picture, from its upper left corner."""

    x: int
    y: int
    words: str


@dataclass(frozen=True)
class DrawnMap:
    """What a template needs to draw one map of WIDTH by HEIGHT."""

    pins: list[Pin]
    towns: list[Pin]
    streets: str  # a path of dots, one for each public place we know
    cell: tuple[int, int, int, int] | None = None  # x, y, width, height of a 2 km square, if it shows one
    width: int = WIDTH
    height: int = HEIGHT


class _Frame(NamedTuple):
    """The part of the earth a map shows, flat enough for its few kilometres."""

    latitude: float  # of its middle
    longitude: float
    km: float  # from top to bottom

    def xy(self, position: Position) -> tuple[int, int]:
        """Return where a position lies in the picture."""
        scale = HEIGHT / self.km
        east = (position[1] - self.longitude + 180) % 360 - 180  # the short way round the earth
        x = WIDTH / 2 + east * KM_PER_DEGREE * cos(radians(self.latitude)) * scale
        y = HEIGHT / 2 - (position[0] - self.latitude) * KM_PER_DEGREE * scale
        return round(x), round(y)

    def bounds(
        self, latitude: InstrumentedAttribute[float], longitude: InstrumentedAttribute[float]
    ) -> list[ColumnElement[bool]]:
        """Return the conditions that a row lies in the picture, or not far from it; the date line is crossed rarely."""
        north = self.km / 2 / KM_PER_DEGREE
        east = north * WIDTH / HEIGHT / max(cos(radians(self.latitude)), 0.01)
        bounds: list[ColumnElement[bool]] = [latitude.between(self.latitude - north, self.latitude + north)]
        if abs(self.longitude) + east <= 180:
            bounds.append(longitude.between(self.longitude - east, self.longitude + east))
        return bounds

    def holds(self, x: int, y: int) -> bool:
        """Whether a point lies in the picture."""
        return 0 <= x <= WIDTH and 0 <= y <= HEIGHT


_grounds: WeakKeyDictionary[Engine | Connection, dict[_Frame, tuple[list[Pin], str]]] = WeakKeyDictionary()


def map_of_places(session: Session, venues: Sequence[Venue]) -> DrawnMap | None:
    """Return a map with a pin for each venue, in their order; none for none."""
    if not venues:
        return None
    frame = _around([(venue.latitude, venue.longitude) for venue in venues])
    pins = [Pin(*frame.xy((venue.latitude, venue.longitude)), venue.name) for venue in venues]
    return DrawnMap(pins, *_ground(session, frame))


def map_of_cell(session: Session, centre: Position) -> DrawnMap:
    """Return a map of the 2 km square around a cell's centre: all we know of where somebody lives."""
    frame = _Frame(*centre, km=CELL_KM * 3)
    side = round(CELL_KM * HEIGHT / frame.km)
    cell = ((WIDTH - side) // 2, (HEIGHT - side) // 2, side, side)
    return DrawnMap([], *_ground(session, frame), cell)


def _around(positions: Sequence[Position]) -> _Frame:
    """Return a frame with all positions in it, and some room around them."""
    first = positions[0]
    easts = [(longitude - first[1] + 180) % 360 - 180 for _latitude, longitude in positions]
    norths = [latitude for latitude, _longitude in positions]
    latitude, longitude = (min(norths) + max(norths)) / 2, first[1] + (min(easts) + max(easts)) / 2
    tall = (max(norths) - min(norths)) * KM_PER_DEGREE
    wide = (max(easts) - min(easts)) * KM_PER_DEGREE * cos(radians(latitude))
    return _Frame(latitude, longitude, max(LEAST_KM, MARGIN * tall, MARGIN * wide * HEIGHT / WIDTH))


def _ground(session: Session, frame: _Frame) -> tuple[list[Pin], str]:
    """Return the towns and the streets of a frame; the same few frames are asked for again and again."""
    known = _grounds.setdefault(session.get_bind(), {})
    if frame not in known:
        if len(known) >= MOST_KEPT:
            known.clear()
        known[frame] = _towns(session, frame), _streets(session, frame)
    return known[frame]


def _streets(session: Session, frame: _Frame) -> str:
    """Return the dots as one path; a dot is a line of no length with a round end."""
    near = *frame.bounds(Venue.latitude, Venue.longitude), Venue.hidden_at.is_(None)
    rows = session.execute(select(Venue.latitude, Venue.longitude).where(*near).order_by(Venue.id))
    dots = dict.fromkeys(frame.xy((row.latitude, row.longitude)) for row in rows)
    shown = [dot for dot in dots if frame.holds(*dot)]
    return "".join(f"M{x} {y}h0" for x, y in shown[:MOST_DOTS])


def _towns(session: Session, frame: _Frame) -> list[Pin]:
    """Return the largest towns and quarters in the picture whose names do not run into each other."""
    towns: list[Pin] = []
    near = frame.bounds(Place.latitude, Place.longitude)
    for place in session.scalars(select(Place).where(*near).order_by(Place.population.desc(), Place.id)):
        x, y = frame.xy((place.latitude, place.longitude))
        half = 6 * len(place.name)
        fits = half <= x <= WIDTH - half and 30 <= y <= HEIGHT - 14
        if fits and all(abs(y - other.y) > 30 for other in towns) and len(towns) < MOST_TOWNS:
            towns.append(Pin(x, y, place.name))
    return towns
