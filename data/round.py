"""A round: one week's pairing, with its Monday, its deadlines, its random seed and its figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, BigInteger, Date, Integer, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime

ROUND_TIME = time(6)  # UTC, on Monday
LETTERS_FROM = time(8)  # the reader's own time, on Monday
# By when people answer, in the reader's own time, and until when they are paired again, in UTC: days after the Monday.
ANSWER_DAYS, ANSWER_BY = 2, time(20)
REMATCH_DAYS, REMATCH_UNTIL = 3, time(20)
USUAL = {
    "answer_days": ANSWER_DAYS, "answer_hour": ANSWER_BY.hour,
    "rematch_days": REMATCH_DAYS, "rematch_hour": REMATCH_UNTIL.hour,
}  # fmt: skip


class Round(Base):
    """One week's pairing. Its Monday is unique: a week is paired once, whoever tries."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("monday", name="uq_round_monday"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    monday: Mapped[date] = mapped_column(Date)
    seed: Mapped[int] = mapped_column(BigInteger)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # By when people answer and are paired again, as the community had decided when it began; none: as usual.
    deadlines: Mapped[dict[str, int] | None] = mapped_column(JSON)
    # How far its people came, counted by a job: see `data.funnel`.
    funnel: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def decided(self) -> dict[str, int]:
        """Its deadlines as days after its Monday and full hours, the usual where nothing else was decided."""
        return USUAL | (self.deadlines or {})

    @property
    def rematch_until(self) -> datetime:
        """The last moment at which somebody who lost a partner is paired again."""
        return self._by_the_clock("rematch", UTC)

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
        return self._by_the_clock("answer", ZoneInfo(zone)).astimezone(UTC)

    def agree_within(self, otherwise: timedelta) -> timedelta:
        """How long its people may look for a common time; `otherwise` when the community had decided nothing."""
        hours = (self.deadlines or {}).get("agree_within_hours")
        return otherwise if hours is None else timedelta(hours=hours)

    def letters_from(self, zone: str) -> datetime:
        """The moment from which a member in `zone` is written to about this round."""
        return datetime.combine(self.monday, LETTERS_FROM, ZoneInfo(zone)).astimezone(UTC)

    def _by_the_clock(self, what: str, clock: tzinfo) -> datetime:
        decided = self.decided
        day = self.monday + timedelta(days=decided[f"{what}_days"])
        return datetime.combine(day, time(decided[f"{what}_hour"]), clock)


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
    """Return the first Monday of the calendar whose round could still begin at `now`."""
    monday = monday_of(now)
    begun = now >= round_starts(monday)
    return monday + timedelta(weeks=1) if begun else monday


def seed_of(monday: date) -> int:
    """Return the seed of a round: the same on every machine, another every week."""
    return monday.toordinal()


def next_round_monday(latest: date | None, cadence_weeks: int, now: datetime) -> date:
    """Return the Monday of the first round still to come: so many weeks after the latest, or a multiple of that.

    A round that was never run moves none of those after it; while there has been none, it is the next Monday.
    """
    monday, step = next_monday(now), timedelta(weeks=cadence_weeks)
    if latest is None:
        return monday
    steps = -((latest - monday) // step)  # rounded up
    return latest + max(steps, 1) * step


def is_round_week(monday: date, latest: date | None, cadence_weeks: int) -> bool:
    """Whether a round belongs to the week of `monday`, the latest being an earlier one."""
    return latest is None or (monday > latest and (monday - latest) % timedelta(weeks=cadence_weeks) == timedelta(0))
