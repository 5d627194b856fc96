"""A draft: a round before it goes out, as an organiser looks at it, holds it, changes it, and lets it go."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    delete,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime
from data.round import seed_of

MOST_LEFT_OVER = 200  # of those nobody was found for, so many are named


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
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)  # another seed, or another pair to be together or apart
    previewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    together: Mapped[list[list[int]]] = mapped_column(JSON, default=list)  # pairs an organiser wants, by number
    left_over: Mapped[list[int]] = mapped_column(JSON, default=list)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def is_held(self) -> bool:
        """Whether it waits for an organiser, whatever the clock says."""
        return self.held_at is not None and self.released_at is None

    @property
    def is_fresh(self) -> bool:
        """Whether what was looked at is what would go out: nothing was changed since."""
        return self.previewed_at is not None and self.previewed_at >= self.changed_at

    def hold(self, now: datetime, why: str) -> None:
        """Wait for an organiser."""
        self.held_at, self.held_why, self.released_at = now, why, None

    def let_go(self) -> None:
        """Go out by itself, paired anew on the day."""
        self.held_at, self.held_why, self.released_at = None, "", None

    def release(self, now: datetime) -> None:
        """Go out as it was looked at."""
        self.released_at = now

    def change(self, now: datetime, *, seed: int | None = None, together: list[list[int]] | None = None) -> None:
        """Shuffle anew, or bring other people together; what was looked at before is out of date."""
        self.seed = self.seed if seed is None else seed
        self.together = self.together if together is None else together
        self.changed_at, self.released_at = now, None


class DraftPair(Base):
    """Two (three in a trio) who would be brought together, with what the letter would say of it."""

    __tablename__ = "draft_pair"
    __table_args__ = (Index("ix_draft_pair_draft_id", "draft_id", "id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    first_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    third_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    mode: Mapped[str] = mapped_column(String(10))
    value: Mapped[float] = mapped_column(Float)
    ingredient: Mapped[str] = mapped_column(String(40))  # the matcher's word for what decided
    weeks_ago: Mapped[int] = mapped_column(Integer)  # since they last met, as the matcher counts
    reason: Mapped[str] = mapped_column(Text)
    reason_facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    topic: Mapped[str] = mapped_column(Text)
    topic_facts: Mapped[dict[str, Any]] = mapped_column(JSON)

    @property
    def members(self) -> list[int]:
        """Their numbers."""
        return [number for number in (self.first_id, self.second_id, self.third_id) if number is not None]


def draft_of(session: Session, monday: date) -> Draft | None:
    """Return the draft of the round of `monday`, if somebody has begun one."""
    return session.scalar(select(Draft).where(Draft.monday == monday))


def lock_draft(session: Session, monday: date) -> Draft | None:
    """Return a draft as it stands, locked until the transaction ends: two organisers act one after the other."""
    locked = select(Draft).where(Draft.monday == monday).with_for_update(of=Draft)
    return session.scalar(locked.execution_options(populate_existing=True))


def begin_draft(session: Session, monday: date, now: datetime) -> Draft:
    """Return the draft of a Monday's round, locked; begun now, if nobody has."""
    draft = lock_draft(session, monday)
    if draft is not None:
        return draft
    # Two organisers may begin at once: the promise of the table decides, and the later one finds what the first began.
    with suppress(IntegrityError), session.begin_nested():
        session.add(Draft(monday=monday, seed=seed_of(monday), changed_at=now))
    return session.scalars(select(Draft).where(Draft.monday == monday).with_for_update(of=Draft)).one()


def keep_preview(session: Session, draft: Draft, pairs: Sequence[DraftPair], now: datetime) -> None:
    """Keep who would meet whom, instead of what was found before."""
    session.execute(delete(DraftPair).where(DraftPair.draft_id == draft.id))
    for pair in pairs:
        pair.draft_id = draft.id
    session.add_all(pairs)
    draft.previewed_at = now


def pairs_of(
    session: Session, draft: Draft, most: int | None = None, after: int = 0, member: int | None = None
) -> list[DraftPair]:
    """Return who would meet whom, in the order in which it was decided: all, or so many after one, or those of a member."""
    pairs = select(DraftPair).where(DraftPair.draft_id == draft.id, DraftPair.id > after).order_by(DraftPair.id)
    if member is not None:
        pairs = pairs.where(
            or_(DraftPair.first_id == member, DraftPair.second_id == member, DraftPair.third_id == member)
        )
    return list(session.scalars(pairs.limit(most)))
