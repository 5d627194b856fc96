"""The health of the jobs: whether anything that is due has been left lying."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from data.community import community_of, deadlines_to_keep
from data.letter import Letter
from data.mail_figures import TOO_LONG
from data.round import Round, is_round_week, latest_round, monday_of, round_starts
from web.settings import Settings

LATE = TOO_LONG


class SomethingIsLate(Exception):
    """Something that is due has been left lying; the message says what."""


def check(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:  # noqa: ARG001  every job is called alike
    """Return a line when nothing has been left lying. Raises SomethingIsLate otherwise; nothing is written."""
    with sessions() as session:
        if _round_is_late(session, now):
            raise SomethingIsLate(f"The round of {monday_of(now)} has not been run")
        waiting = _longest_waiting(session)
    if waiting is not None and waiting < now - LATE:
        raise SomethingIsLate(f"Letters have been waiting since {waiting:%Y-%m-%d %H:%M} UTC")
    return "Nothing that is due has been left lying"


def _round_is_late(session: Session, now: datetime) -> bool:
    """Whether a round belongs to this week, has not been run, and could have been long since."""
    due = Round(monday=monday_of(now), deadlines=deadlines_to_keep(session))
    latest = latest_round(session)
    ours = is_round_week(due.monday, latest.monday if latest else None, community_of(session).cadence_weeks)
    return ours and round_starts(due.monday) + LATE < now <= due.rematch_until


def _longest_waiting(session: Session) -> datetime | None:
    """When the letter that has waited longest should have been tried."""
    waiting = Letter.posted_at.is_(None), Letter.given_up_at.is_(None)
    return session.scalar(select(func.min(Letter.try_after)).where(*waiting))
