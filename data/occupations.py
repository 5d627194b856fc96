"""Occupations by any of their titles: the list people pick from, and what a typed title means."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data.database import Base, SearchKey


class Occupation(Base):
    """An occupation of the O*NET list; `code` is its O*NET-SOC code."""

    __tablename__ = "occupation"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)


class OccupationTitle(Base):
    """One title under which an occupation is known; `key` is the title folded for search."""

    __tablename__ = "occupation_title"
    __table_args__ = (Index("ix_occupation_title_key", "key"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    occupation_code: Mapped[str] = mapped_column(ForeignKey("occupation.code"))
    title: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(SearchKey)
