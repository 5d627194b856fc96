"""The health of the jobs: whether anything that is due has been left lying."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from data.letter import Letter
from data.mail_figures import TOO_LONG
from data.round import Round, latest_round, monday_of, round_starts
from web.settings import Settings

LATE = TOO_LONG


class SomethingIsLate(Exception):
    """Something that is due has been left lying; the message says what."""


def check(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:  # noqa: ARG001  every job is called alike
    """Return a line when nothing has been left lying. Raises SomethingIsLate otherwise; nothing is written."""
    with sessions() as session:
        latest, waiting = latest_round(session), _longest_waiting(session)
    monday = monday_of(now)
    due = round_starts(monday) + LATE
    if (latest is None or latest.monday < monday) and due < now <= Round(monday=monday).rematch_until:
        raise SomethingIsLate(f"The round of {monday} has not been run")
    if waiting is not None and waiting < now - LATE:
        raise SomethingIsLate(f"Letters have been waiting since {waiting:%Y-%m-%d %H:%M} UTC")
    return "Nothing that is due has been left lying"


def _longest_waiting(session: Session) -> datetime | None:
    """When the letter that has waited longest should have been tried."""
    waiting = Letter.posted_at.is_(None), Letter.given_up_at.is_(None)
    return session.scalar(select(func.min(Letter.try_after)).where(*waiting))
