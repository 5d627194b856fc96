"""Countries and their regions by any of their names, to tell one Springfield from another."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, String, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from data.database import Base, SearchKey
from data.search_keys import begins_with

Column = InstrumentedAttribute[str]
Area = tuple[str, str]  # the codes of a country and of a region of it; no region: all of the country
EVERYWHERE: frozenset[Area] = frozenset({("", "")})


class AreaName(Base):
    """One name of a country (no region code) or of a region of one: "usa", "illinois", "il"."""

    __tablename__ = "area_name"

    key: Mapped[str] = mapped_column(SearchKey, primary_key=True)
    country_code: Mapped[str] = mapped_column(String(2), primary_key=True)
    region_code: Mapped[str] = mapped_column(String(20), primary_key=True)


def is_in(country: Column, region: Column, key: str) -> ColumnElement[bool]:
    """Return the condition that these codes are of a country or region of just this name."""
    return _is_in_any(country, region, AreaName.key == key)


def is_in_begun(country: Column, region: Column, start: str) -> ColumnElement[bool]:
    """Return the condition that these codes are of a country or region whose name begins like this."""
    return _is_in_any(country, region, begins_with(AreaName.key, start))


def narrowed(within: Iterable[Area], to: Iterable[Area]) -> frozenset[Area]:
    """Return what two lists of areas have in common: Georgia and the United States leave the state alone."""
    return frozenset(max(one, other) for one in within for other in to if contains(one, other) or contains(other, one))


def contains(area: Area, other: Area) -> bool:
    """Whether an area is the other or holds it."""
    return all(code in {"", inner} for code, inner in zip(area, other, strict=True))


def _is_in_any(country: Column, region: Column, named: ColumnElement[bool]) -> ColumnElement[bool]:
    countries = select(AreaName.country_code).where(named, AreaName.region_code == "")
    regions = select(AreaName.country_code, AreaName.region_code).where(named, AreaName.region_code != "")
    return or_(country.in_(countries), tuple_(country, region).in_(regions))
