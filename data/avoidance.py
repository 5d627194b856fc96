"""Avoidance: two members never to be paired, and why; silent, and the same seen from either side."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime

WhyAvoid = Literal["barred", "reported", "uneasy", "acquainted", "organiser"]


class Avoidance(Base):
    """Two members, the lower number first, who are never paired."""

    __tablename__ = "avoidance"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id", "why", name="uq_avoidance_pair_why"),
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("why IN ('barred', 'reported', 'uneasy', 'acquainted', 'organiser')", name="why"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    first_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    why: Mapped[str] = mapped_column(String(12))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


def keep_apart(session: Session, one_id: int, other_id: int, why: WhyAvoid, now: datetime) -> None:
    """See to it that two members are never paired; said twice, even at one moment, it is kept once."""
    first_id, second_id = sorted((one_id, other_id))
    same = Avoidance.first_id == first_id, Avoidance.second_id == second_id, Avoidance.why == why
    if session.scalar(select(Avoidance.id).where(*same)) is not None:
        return
    # Both may say so at once, from two matches: the promise of the table decides, and the later one has nothing to add.
    with suppress(IntegrityError), session.begin_nested():
        session.add(Avoidance(first_id=first_id, second_id=second_id, why=why, since=now))


def avoided_pairs(session: Session) -> list[tuple[int, int]]:
    """Return every pair of members to be kept apart, the lower number first."""
    rows = session.execute(select(Avoidance.first_id, Avoidance.second_id).distinct())
    return [(first, second) for first, second in rows]


def are_apart(session: Session, members: Collection[int]) -> bool:
    """Whether any two of some members, by their numbers, are to be kept apart."""
    both = Avoidance.first_id.in_(members), Avoidance.second_id.in_(members)
    return session.scalar(select(Avoidance.id).where(*both).limit(1)) is not None


def avoidances_of(session: Session, member_id: int) -> list[Avoidance]:
    """Return every avoidance of a member, whoever said so, the oldest first."""
    theirs = or_(Avoidance.first_id == member_id, Avoidance.second_id == member_id)
    return list(session.scalars(select(Avoidance).where(theirs).order_by(Avoidance.id)))


def apart_by_organisers(session: Session, member_id: int) -> list[int]:
    """Return the numbers of those whom an organiser keeps apart from a member; what members said stays theirs."""
    said = [one for one in avoidances_of(session, member_id) if one.why == "organiser"]
    return [one.second_id if one.first_id == member_id else one.first_id for one in said]


def no_longer_apart(session: Session, one_id: int, other_id: int) -> bool:
    """Take back what an organiser said of two members, and nothing else; return whether there was anything."""
    first_id, second_id = sorted((one_id, other_id))
    pair = Avoidance.first_id == first_id, Avoidance.second_id == second_id, Avoidance.why == "organiser"
    return bool(session.scalars(delete(Avoidance).where(*pair).returning(Avoidance.id)).all())
