"""Occupations by any of their titles: the list people pick from as they type."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ForeignKey, Index, Integer, String, Text, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, SearchKey
from data.search_keys import begins_with, fold, is_long_enough

OWN_IS_WORTH = 15  # letters
MOST_WORDS = 8  # of what is typed; nobody's title needs more to be found


class Occupation(Base):
    """An occupation of the O*NET list; `code` is its O*NET-SOC code."""

    __tablename__ = "occupation"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)


class OccupationTitle(Base):
    """One title people go by; `key` is the title folded for search, `own` says an occupation is called just that."""

    __tablename__ = "occupation_title"
    __table_args__ = (Index("uq_occupation_title_key", "key", unique=True),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(SearchKey)
    own: Mapped[bool]
    occupations: Mapped[list[Occupation]] = relationship(
        secondary="title_meaning", order_by=Occupation.title, lazy="selectin", viewonly=True
    )


class TitleMeaning(Base):
    """One occupation that a title names: "machine operator" names 41."""

    __tablename__ = "title_meaning"

    title_id: Mapped[int] = mapped_column(ForeignKey("occupation_title.id"), primary_key=True)
    occupation_code: Mapped[str] = mapped_column(ForeignKey("occupation.code"), primary_key=True)


class TitleWord(Base):
    """One word of a title, folded, so that words may be typed in any order."""

    __tablename__ = "title_word"

    word: Mapped[str] = mapped_column(SearchKey, primary_key=True)
    title_id: Mapped[int] = mapped_column(ForeignKey("occupation_title.id"), primary_key=True)


@dataclass(frozen=True)
class TitleSuggestion:
    """A title to pick, and every occupation it names."""

    title: str
    occupations: list[Occupation]


def suggest_titles(session: Session, text: str, limit: int = 8) -> list[TitleSuggestion]:
    """Return the titles that fit what was typed so far, best first, each once; none when nothing fits.

    The title itself comes first, then titles that begin with the text, then those that have all its words in any
    order; within each, short before long, with a start for occupations' own titles.
    """
    start = fold(text)
    if not is_long_enough(start):
        return []
    found = _begun(session, start, limit)
    if len(found) < limit:
        found += _with_words(session, start, limit, [title.id for title in found])
    return [TitleSuggestion(title.title, title.occupations) for title in found[:limit]]


def occupations_titled(session: Session, title: str) -> list[Occupation]:
    """Return every occupation that goes by a title, so that the member can say which is theirs."""
    found = session.scalar(select(OccupationTitle).where(OccupationTitle.key == fold(title)))
    return list(found.occupations) if found else []


def _begun(session: Session, start: str, limit: int) -> list[OccupationTitle]:
    exact_first = (OccupationTitle.key == start).desc()
    begun = select(OccupationTitle).where(begins_with(OccupationTitle.key, start)).order_by(exact_first, *_BEST)
    return list(session.scalars(begun.limit(limit)))


def _with_words(session: Session, start: str, limit: int, known: list[int]) -> list[OccupationTitle]:
    """Return the titles, but for those known, of which some word begins with each word of `start`."""
    has_words = select(OccupationTitle).where(OccupationTitle.id.not_in(known))
    for word in dict.fromkeys(start.split()[:MOST_WORDS]):
        having = select(TitleWord.title_id).where(begins_with(TitleWord.word, word))
        has_words = has_words.where(OccupationTitle.id.in_(having))
    return list(session.scalars(has_words.order_by(*_BEST).limit(limit)))


# Short before long; an occupation's own title counts as if it were shorter.
_SHORTNESS = func.length(OccupationTitle.key) - case((OccupationTitle.own, OWN_IS_WORTH), else_=0)
_BEST = (_SHORTNESS, OccupationTitle.key)
