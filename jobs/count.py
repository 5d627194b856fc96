"""Counts how far the people of each round have come, and how the community stands, so that no page has to count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from data.database import reading_sessions_of
from data.funnel import count_funnel, keep_funnel, rounds_to_count
from data.mail_figures import mail_figures
from data.map_figures import map_figures
from data.member_figures import member_figures
from data.round import Round
from data.tally import TallyName, keep_tally
from web.settings import Settings


def count(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:  # noqa: ARG001  every job is called alike
    """Count the rounds of whose people more may be heard, and the community; return one line about it.

    One round at a time is read, with nothing locked meanwhile, and its figures are written in a moment. Two at once
    count the same; who began later has the last word.
    """
    engine: Engine = sessions.kw["bind"]
    reading = reading_sessions_of(engine)
    _count_community(reading, sessions, now)
    with reading() as session:
        numbers = [round_.id for round_ in rounds_to_count(session, now)]
    for number in numbers:
        _count_round(reading, sessions, number, now)
    return (
        "Nothing to count: no round was run yet"
        if not numbers
        else f"{len(numbers)} rounds and the community are counted"
    )


def _count_round(reading: sessionmaker[Session], writing: sessionmaker[Session], number: int, now: datetime) -> None:
    with reading() as session:
        funnel = count_funnel(session, session.get_one(Round, number), now)
    with writing.begin() as session:
        keep_funnel(session, number, funnel, now)


def _count_community(reading: sessionmaker[Session], writing: sessionmaker[Session], now: datetime) -> None:
    with reading() as session:
        tallies: dict[TallyName, dict[str, Any]] = {
            "members": member_figures(session, now),
            "mail": mail_figures(session, now),
            "map": map_figures(session),
        }
    with writing.begin() as session:
        for name, facts in tallies.items():
            keep_tally(session, name, facts, now)
