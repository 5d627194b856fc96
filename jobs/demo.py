"""The demo: a made-up community in an empty database, four weeks of its life, and this week's round."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from data.member import count_members
from data.reference_lists import load_venues
from data.round import round_starts
from jobs.count import count
from jobs.past_weeks import live_through
from jobs.town import Town, settle
from jobs.weekly_round import weekly_round
from web.settings import Settings

PAST_WEEKS = 4
LAST_DAY = 1  # Tuesday: later in a week nobody could answer in time
MEETINGS_OVER = timedelta(days=2)  # before the next round: on Saturday most of a week's meetings are over


class TownIsTaken(Exception):
    """This database already has members; the demo fills an empty one only, and has not touched it."""


def refuse_taken(sessions: sessionmaker[Session]) -> None:
    """Raise TownIsTaken when there are members already."""
    with sessions() as session:
        if count_members(session):
            raise TownIsTaken


def demo(sessions: sessionmaker[Session], settings: Settings, now: datetime, town: Town) -> str:
    """Fill an empty database and run the round; return how to go on. The same town on the same day, the same pairs.

    The lists of places and occupations are to be loaded. From Wednesday on this week's deadlines are over: then
    the coming round is run, ahead of its time. Raises TownIsTaken when there are members already.
    """
    refuse_taken(sessions)
    monday, starts = week_to_show(now)
    with sessions() as session:
        try:
            load_venues(session)
            first = settle(session, town, starts)[0]
            first.role = "organiser"
            session.commit()
        except IntegrityError as error:  # somebody else has filled it just now
            raise TownIsTaken from error
    for past in weeks_lived(monday, now):
        live_through(sessions, settings, past, Random(f"{town.seed} {past}"))  # noqa: S311  a town, not a secret
    weekly_round(sessions, settings, starts)
    count(sessions, settings, starts)
    base = settings.base_url.rstrip("/")
    return (
        f"To go on: sign in at {base} as {first.email}; every letter, also the one with the code, is at {base}/mailbox. "
        f"{first.first_name} is an organiser, too: the desk is at {base}/desk"
    )


def weeks_lived(monday: date, now: datetime) -> list[date]:
    """Return the Mondays of the past weeks to play, the earliest first: none whose meetings are still to come."""
    latest = monday - timedelta(weeks=1)
    if now < round_starts(monday) - MEETINGS_OVER:
        latest -= timedelta(weeks=1)
    return [latest - timedelta(weeks=weeks) for weeks in reversed(range(PAST_WEEKS))]


def week_to_show(now: datetime) -> tuple[date, datetime]:
    """Return the Monday of the round to show, and the moment at which it is run."""
    day = now.astimezone(UTC).date()
    monday = day - timedelta(days=day.weekday())
    if day.weekday() > LAST_DAY:
        monday += timedelta(weeks=1)
    return monday, max(now, round_starts(monday))
