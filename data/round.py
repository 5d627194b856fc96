"""A round: one week's pairing, with its Monday, its deadlines, its random seed and its figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, BigInteger, Date, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime

ROUND_TIME = time(6)  # UTC, on Monday
LETTERS_FROM = time(8)  # the reader's own time, on Monday
ANSWER_BY = time(20)  # the reader's own time, on Wednesday
REMATCH_UNTIL = time(20)  # UTC, on Thursday


class Round(Base):
    """One week's pairing. Its Monday is unique: a week is paired once, whoever tries."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("monday", name="uq_round_monday"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    monday: Mapped[date] = mapped_column(Date)
    seed: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # By when people answer and are paired again, as the community had decided; none: as usual.
    deadlines: Mapped[dict[str, int] | None] = mapped_column(JSON)
    # How far its people came, counted by a job: see `data.funnel`.
    funnel: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def rematch_until(self) -> datetime:
        """The last moment at which somebody who lost a partner is paired again."""
        return datetime.combine(self.monday + timedelta(days=3), REMATCH_UNTIL, UTC)

    @property
    def last_day(self) -> date:
        """The last day on which its people may meet: the Sunday after next."""
        return self.monday + timedelta(days=13)

    @property
    def over_at(self) -> datetime:
        """The moment after which none of its meetings can still be ahead, wherever on earth."""
        return datetime.combine(self.last_day + timedelta(days=1), time(12), UTC)

    def answer_by(self, zone: str) -> datetime:
        """The moment after which silence frees the seat of a member in `zone`."""
        return datetime.combine(self.monday + timedelta(days=2), ANSWER_BY, ZoneInfo(zone)).astimezone(UTC)

    def letters_from(self, zone: str) -> datetime:
        """The moment from which a member in `zone` is written to about this round."""
        return datetime.combine(self.monday, LETTERS_FROM, ZoneInfo(zone)).astimezone(UTC)


def monday_of(now: datetime) -> date:
    """Return the Monday of the ISO week in which `now` falls, in UTC."""
    day = now.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def round_starts(monday: date) -> datetime:
    """Return the moment from which the round of `monday` may be run."""
    return datetime.combine(monday, ROUND_TIME, UTC)


def round_of(session: Session, monday: date) -> Round | None:
    """Return the round of `monday`, if it was run."""
    return session.scalar(select(Round).where(Round.monday == monday))


def latest_round(session: Session) -> Round | None:
    """Return the round with the latest Monday, if any was run."""
    return session.scalar(select(Round).order_by(Round.monday.desc()).limit(1))


def next_monday(now: datetime) -> date:
    """Return the Monday of the first round still to come at `now`."""
    monday = monday_of(now)
    begun = now >= round_starts(monday)
    return monday + timedelta(weeks=1) if begun else monday


def seed_of(monday: date) -> int:
    """Return the seed of a round: the same on every machine, another every week."""
    return monday.toordinal()
