"""A busy day: "not this week on Thursday"; a date on which a member is not free after all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import Date, ForeignKey, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base


class BusyDay(Base):
    """One date, by the member's own calendar."""

    __tablename__ = "busy_day"

    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)


def busy_days_of(session: Session, member_id: int, since: date) -> set[date]:
    """Return the days from `since` on that a member has kept for something else."""
    mine = select(BusyDay.day).where(BusyDay.member_id == member_id, BusyDay.day >= since)
    return set(session.scalars(mine))


def busy_days_in(session: Session, first_day: date, last_day: date) -> dict[int, set[date]]:
    """Return everybody's busy days between two dates, by the number of the member."""
    found: dict[int, set[date]] = defaultdict(set)
    rows = select(BusyDay.member_id, BusyDay.day).where(BusyDay.day.between(first_day, last_day))
    for member_id, day in session.execute(rows):
        found[member_id].add(day)
    return found


def keep_free(session: Session, member_id: int, shown: Collection[date], busy: Collection[date]) -> None:
    """Of the days `shown` to a member, keep those in `busy` and give the others back."""
    mine = BusyDay.member_id == member_id
    session.execute(delete(BusyDay).where(mine, BusyDay.day.in_(shown)))
    session.add_all(BusyDay(member_id=member_id, day=day) for day in sorted(set(busy).intersection(shown)))
