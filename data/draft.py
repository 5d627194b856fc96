"""A draft: a round before it goes out, as an organiser looks at it, holds it, changes it, and lets it go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, BigInteger, Date, Integer, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime


class DraftPair(NamedTuple):
    """Two (three in a trio) who would be brought together, with what the letter would say of it."""

    members: list[int]  # their numbers, the lowest first
    mode: str
    value: float
    reason: str
    reason_facts: dict[str, Any]
    topic: str
    topic_facts: dict[str, Any]
    weeks_ago: int  # since they last met; -1: never


class Draft(Base):
    """The round of one Monday while it is being prepared. What was forced stays forced until somebody takes it back."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("monday", name="uq_draft_monday"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    monday: Mapped[date] = mapped_column(Date)
    seed: Mapped[int] = mapped_column(BigInteger)
    held_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # since when it waits for an organiser
    held_why: Mapped[str] = mapped_column(Text, default="")
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # goes out as it stands here
    previewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    together: Mapped[list[list[int]]] = mapped_column(JSON, default=list)  # pairs an organiser wants, by number
    pairs: Mapped[list[list[Any]]] = mapped_column(JSON, default=list, deferred=True)  # each a DraftPair
    left_over: Mapped[list[int]] = mapped_column(JSON, default=list)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def is_held(self) -> bool:
        """Whether it waits for an organiser, whatever the clock says."""
        return self.held_at is not None and self.released_at is None

    @property
    def draft_pairs(self) -> list[DraftPair]:
        """Who would be brought together."""
        return [DraftPair(*pair) for pair in self.pairs]


def draft_of(session: Session, monday: date) -> Draft | None:
    """Return the draft of the round of `monday`, if somebody has begun one."""
    return session.scalar(select(Draft).where(Draft.monday == monday))


def lock_draft(session: Session, monday: date) -> Draft | None:
    """Return a draft as it stands, locked until the transaction ends: two organisers act one after the other."""
    locked = select(Draft).where(Draft.monday == monday).with_for_update(of=Draft)
    return session.scalar(locked.execution_options(populate_existing=True))
