"""Occupations by any of their titles: the list people pick from, and what a typed title means."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, SearchKey
from data.search_keys import begins_with, fold

FEWEST_LETTERS = 2


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


@dataclass(frozen=True)
class TitleSuggestion:
    """A title to pick, and every occupation it names."""

    title: str
    occupations: list[Occupation]


def suggest_titles(session: Session, text: str, limit: int = 8) -> list[TitleSuggestion]:
    """Return the titles that fit what was typed so far, best first, each once."""
    start = fold(text)
    if len(start) < FEWEST_LETTERS:
        return []
    titles = select(OccupationTitle.title).where(begins_with(OccupationTitle.key, start)).distinct()
    found = session.scalars(titles.order_by(OccupationTitle.title).limit(limit))
    return [TitleSuggestion(title, occupations_titled(session, title)) for title in found]


def occupations_titled(session: Session, title: str) -> list[Occupation]:
    """Return every occupation that goes by a title, so that the member can say which is theirs."""
    codes = select(OccupationTitle.occupation_code).where(OccupationTitle.key == fold(title))
    return list(session.scalars(select(Occupation).where(Occupation.code.in_(codes)).order_by(Occupation.title)))
