"""Tallies: figures of the whole community, counted by a job every few minutes, so that no page has to count."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from sqlalchemy import JSON, String, select
from sqlalchemy.dialects import postgresql, sqlite
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
    """Keep the newest figures of a name, unless somebody has counted later."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    counted = insert(Tally).values(name=name, facts=facts, counted_at=now)
    newest = {"facts": counted.excluded.facts, "counted_at": counted.excluded.counted_at}
    is_newer = Tally.counted_at <= counted.excluded.counted_at
    session.execute(counted.on_conflict_do_update(index_elements=["name"], set_=newest, where=is_newer))


def all_tallies(session: Session) -> dict[str, Tally]:
    """Return every set of figures that was counted, by its name."""
    return {tally.name: tally for tally in session.scalars(select(Tally))}
