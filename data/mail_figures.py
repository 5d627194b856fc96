"""How the letters go out: how many wait, how many have waited too long, and how many were given up lately."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.due_letters import NOT_MISSED
from data.letter import Letter

TOO_LONG = timedelta(minutes=20)
LATELY = timedelta(days=7)


def mail_figures(session: Session, now: datetime) -> dict[str, int]:
    """Count. `waiting` are due, `late` since more than 20 minutes; `given_up`: in seven days, but for those nobody misses."""
    is_open = Letter.posted_at.is_(None), Letter.given_up_at.is_(None), Letter.try_after <= now
    many = func.count()
    due = select(many, many.filter(Letter.try_after < now - TOO_LONG)).where(*is_open)
    missed = Letter.given_up_at.is_not(None), Letter.given_up_at > now - LATELY, Letter.last_error.not_in(NOT_MISSED)
    waiting, late = session.execute(due).one()
    return {
        "waiting": waiting,
        "late": late,
        "given_up": session.scalar(select(many).select_from(Letter).where(*missed)) or 0,
    }
