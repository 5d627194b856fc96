"""Places of the world by any of their names: the list people pick from, and what a typed place means."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Index, Integer, String, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, SearchKey
from data.search_keys import begins_with, fold

FEWEST_LETTERS = 2


class Place(Base):
    """A town or city of the GeoNames list; `id` is its GeoNames number."""

    __tablename__ = "place"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(200))
    region: Mapped[str] = mapped_column(String(200))
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
    """One name of a place, folded for search: no accents, lower case."""

    __tablename__ = "place_name"
    __table_args__ = (Index("ix_place_name_key", "key"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), primary_key=True)
    key: Mapped[str] = mapped_column(SearchKey, primary_key=True)
    own: Mapped[bool]


def suggest_places(session: Session, text: str, limit: int = 8) -> list[Place]:
    """Return the places whose name begins with what was typed so far: own names first, then the largest."""
    start = fold(text)
    if len(start) < FEWEST_LETTERS:
        return []
    named = select(PlaceName.place_id, func.min(case((PlaceName.own, 0), else_=1)).label("other"))
    named = named.where(begins_with(PlaceName.key, start)).group_by(PlaceName.place_id)
    matching = named.subquery()
    best = select(Place).join(matching, matching.c.place_id == Place.id)
    return list(session.scalars(best.order_by(matching.c.other, Place.population.desc(), Place.id).limit(limit)))
