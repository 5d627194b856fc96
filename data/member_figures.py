"""How many members there are: here, new, away, quiet, and how long the longest has waited; one pass, and no names."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from data.member import Member
from data.round import monday_of, next_monday

WEEKS = 26


def member_figures(session: Session, now: datetime) -> dict[str, Any]:
    """Count. `here` have confirmed their address, `unconfirmed` not yet; of those here some are paused or quiet.

    `new`: who confirmed in each of the last 26 weeks, this one last, even if they have left since. `longest_wait`:
    rounds in a row in which somebody was ready and nobody was found. `roles`: how many hosts and organisers.
    """
    here, unconfirmed, paused, quiet, longest = session.execute(_standing(now)).one()
    return {
        "here": here,
        "unconfirmed": unconfirmed,
        "paused": paused,
        "quiet": quiet,
        "longest_wait": longest or 0,
        "roles": dict(iter(session.execute(_roles()))),
        "new": _new_by_week(session, now),
    }


def _standing(now: datetime) -> Select[*tuple[Any, ...]]:
    here, away = Member.confirmed_at.is_not(None), Member.paused_until > next_monday(now)
    many = func.count()
    counts = (
        many.filter(here),
        many.filter(~here),
        many.filter(here, away),
        many.filter(here, Member.quiet_since.is_not(None)),
    )
    return select(*counts, func.max(Member.times_left_out).filter(here)).where(Member.left_at.is_(None))


def _roles() -> Select[str, int]:
    return select(Member.role, func.count()).where(Member.role != "member").group_by(Member.role)


def _new_by_week(session: Session, now: datetime) -> list[dict[str, Any]]:
    mondays = [monday_of(now) - timedelta(weeks=weeks) for weeks in range(WEEKS)]
    begins = [datetime.combine(monday, time(), UTC) for monday in mondays]
    week = case(*((Member.confirmed_at >= begin, number) for number, begin in enumerate(begins))).label("week")
    new = select(week).where(Member.confirmed_at >= begins[-1]).subquery()
    rows = session.execute(select(new.c.week, func.count()).group_by(new.c.week))
    counts: dict[int, int] = dict(iter(rows))
    return [{"monday": f"{monday}", "people": counts.get(number, 0)} for number, monday in enumerate(mondays)][::-1]
