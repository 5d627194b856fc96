"""Places of the world by any of their names: the list people pick from, and what a typed place means."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.database import Base, SearchKey


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
