"""What the jobs make happen is told as well: each match of the round and of the rematch, once."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from data.match import Match
from data.webhook import EVENTS, Delivery, Webhook
from jobs.rematch import rematch
from jobs.weekly_round import weekly_round
from tests.cast import ADA, BEN, CLEO, DAN, at
from tests.jobs.stage import accept, at_once, say_no, sign_up
from web.settings import Settings


def told(sessions: sessionmaker[Session]) -> Counter[tuple[str, int]]:
    """How often each event of each match was told of."""
    with sessions() as session:
        return Counter((one.event, one.facts["match"]) for one in session.scalars(select(Delivery)))


def test_each_match_is_told_of_once_even_by_two_processes_and_a_rescue_as_well(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    with sessions.begin() as session:
        session.add(Webhook(url="https://hooks.example.org", events=list(EVENTS), made_at=at("mon 05:00")))
    sign_up(sessions, ADA, BEN)
    at_once(engine, weekly_round, at("mon 06:00"))
    assert told(sessions) == {("match_made", 1): 1}
    sign_up(sessions, CLEO, DAN)
    say_no(sessions, at("mon 10:00"), "Ada", "not_this_week")
    rematch(sessions, settings, at("mon 10:01"))
    with sessions() as session:
        matches = list(session.scalars(select(Match.id)))
    assert len(matches) == 2
    assert told(sessions) == {("match_made", number): 1 for number in matches}


def test_that_three_go_on_as_two_is_told_when_it_fixes_their_time(
    sessions: sessionmaker[Session], settings: Settings, trio: Match
) -> None:
    with sessions.begin() as session:
        session.add(Webhook(url="https://hooks.example.org", events=list(EVENTS), made_at=at("mon 05:00")))
        match = session.get_one(Match, trio.id)
        match.on_at = match.meets_at = None
        match.seats[2].accepted_at = None
    accept(sessions, at("mon 10:00"))
    say_no(sessions, at("mon 10:30"), "Cleo", "not_this_week")
    rematch(sessions, settings, at("mon 10:31"))
    assert told(sessions) == {("match_on", trio.id): 1}
