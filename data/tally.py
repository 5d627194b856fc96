"""Tallies: figures of the whole community, counted by a job every few minutes, so that no page has to count."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime

TallyName = Literal["members", "map", "mail"]


class Tally(Base):
    """One set of figures, and when it was counted."""

    __tablename__ = "tally"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    counted_at: Mapped[datetime] = mapped_column(UtcDateTime)


def keep_tally(session: Session, name: TallyName, facts: dict[str, Any], now: datetime) -> None:
    """Keep the newest figures of a name."""
    session.merge(Tally(name=name, facts=facts, counted_at=now))


def tally_of(session: Session, name: TallyName) -> Tally | None:
    """Return the figures of a name, if they were ever counted."""
    return session.get(Tally, name)
