"""Places of the world by any of their names: the list people pick from as they type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import cos, radians

from geopy.distance import great_circle
from sqlalchemy import ColumnElement, Float, ForeignKey, Index, Integer, String, and_, case, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.areas import is_in, is_in_begun
from data.cells import KM_PER_DEGREE
from data.database import Base, SearchKey
from data.search_keys import begins_with, fold, is_long_enough

MOST_WORDS = 8  # of what is typed; no place needs more to be found
PARTS = re.compile(r"[,;/|]")


class Place(Base):
    """A town or city of the GeoNames list; `id` is its GeoNames number."""

    __tablename__ = "place"
    __table_args__ = (
        Index("ix_place_country_code_region_code", "country_code", "region_code"),
        Index("ix_place_latitude", "latitude"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(200))
    region_code: Mapped[str] = mapped_column(String(20), default="")
    country_code: Mapped[str] = mapped_column(String(2))
    country: Mapped[str] = mapped_column(String(100))
    latitude: Mapped[float] = mapped_column(Float)
    longitude: Mapped[float] = mapped_column(Float)
    population: Mapped[int] = mapped_column(Integer)
    time_zone: Mapped[str] = mapped_column(String(64))

    @property
    def label(self) -> str:
        """The place with its region and country: "Springfield, Illinois, United States"."""
        parts = [self.name, self.region, self.country]
        return ", ".join(dict.fromkeys(part for part in parts if part))


class PlaceName(Base):
    """One name of a place, folded for search; `own` is the name it goes by, the others are what others call it.

    The population is kept here too, so that the largest are found without looking each place up.
    """

    __tablename__ = "place_name"
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: Mapped[str] = mapped_column(SearchKey, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    own: Mapped[bool]
    population: Mapped[int] = mapped_column(Integer)


def suggest_places(session: Session, text: str, limit: int = 8) -> list[Place]:
    """Return the places that fit what was typed so far, best first; none when nothing fits.

    Names that begin with the text come first: the name itself before longer ones, own names before others', the
    largest place before the smaller. A region or country may follow: "springfield, il", "portland maine usa".
    """
    whole = fold(text)
    if not is_long_enough(whole):
        return []
    found: list[int] = _named(session, whole, begins_with(PlaceName.key, whole), limit)
    if len(found) < limit:
        readings = (_named(session, *reading, limit) for reading in _with_area(session, text, whole))
        in_area = next(filter(None, readings), [])  # the first that leads anywhere; each costs a question
        found += [number for number in in_area if number not in found]
    return _in_order(session, found[:limit])


def nearest_place(session: Session, latitude: float, longitude: float) -> Place | None:
    """Return the place nearest to a position in degrees; none when there is no town within some 400 km."""
    for degrees in (0.25, 1.0, 4.0):
        sideways = min(180.0, degrees / max(cos(radians(latitude)), 0.01))
        apart = func.abs(Place.longitude - longitude)
        beside = or_(apart <= sideways, apart >= 360 - sideways)
        near = Place.latitude.between(latitude - degrees, latitude + degrees)
        places = session.scalars(select(Place).where(near, beside))
        # The nearest in the square is the nearest of all only when it lies in the circle inside the square.
        found = sorted((great_circle((latitude, longitude), (p.latitude, p.longitude)).km, p.id, p) for p in places)
        if found and found[0][0] <= degrees * KM_PER_DEGREE:
            return found[0][2]
    return None


def _with_area(session: Session, text: str, whole: str) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """Yield each way to read the text as a name and the country or region it lies in."""
    name, *areas = [fold(part) for part in PARTS.split(text)]
    if is_long_enough(name) and any(areas):
        yield name, and_(begins_with(PlaceName.key, name), *_lies_in(areas))
    words = whole.split()[:MOST_WORDS]
    starts = {" ".join(words[:end]): words[end:] for end in range(len(words) - 1, 0, -1)}
    names = set(session.scalars(select(PlaceName.key).where(PlaceName.key.in_(starts)).distinct()))
    for name, area in ((name, area) for name, area in starts.items() if name in names):
        yield name, and_(PlaceName.key == name, *_lies_in([" ".join(area)]))
        for middle in range(1, len(area)):
            yield name, and_(PlaceName.key == name, *_lies_in([" ".join(area[:middle]), " ".join(area[middle:])]))


def _lies_in(areas: list[str]) -> list[ColumnElement[bool]]:
    """Return the conditions that a place lies in all these areas, of which the last may still be being typed."""
    *done, last = [area for area in areas if area]
    codes = Place.country_code, Place.region_code
    return [*(is_in(*codes, area) for area in done), is_in_begun(*codes, last)]


def _named(session: Session, name: str, condition: ColumnElement[bool], limit: int) -> list[int]:
    """Return the numbers of the places that answer the condition, best first.

    A name that others call it counts like the beginning of its own name: "wien" is Vienna before Wiener Neustadt,
    "bristol" is Bristol before Independence, which GeoNames lists under that name too.
    """
    exact = PlaceName.key == name
    step = case((and_(PlaceName.own, exact), 0), (or_(PlaceName.own, exact), 1), else_=2)
    numbers = select(PlaceName.place_id).join(Place).where(condition).group_by(PlaceName.place_id)
    best = numbers.order_by(func.min(step), func.max(PlaceName.population).desc(), PlaceName.place_id)
    return list(session.scalars(best.limit(limit)))


def _in_order(session: Session, numbers: list[int]) -> list[Place]:
    places = {place.id: place for place in session.scalars(select(Place).where(Place.id.in_(numbers)))}
    return [places[number] for number in numbers]
