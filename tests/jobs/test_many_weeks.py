"""Twelve weeks of rounds, as the database remembers them: nobody meets twice, and sitting out goes round."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.letter import Letter
from data.match import Match
from data.member import Member
from jobs.weekly_round import weekly_round
from tests.cast import Role, at
from tests.jobs.stage import sign_up
from web.settings import Settings

WEEKS = 12


def live(sessions: sessionmaker[Session], settings: Settings, people: int) -> Counter[frozenset[int]]:
    """Let so many people in one town meet for twelve weeks; return how often each two met."""
    sign_up(sessions, *[Role(f"Somebody{number}", "Nurse") for number in range(people)])
    for week in range(WEEKS):
        weekly_round(sessions, settings, at("mon 06:00", weeks=week))
        with sessions.begin() as session:
            for match in session.scalars(select(Match).where(Match.on_at.is_(None))):
                match.on_at, match.meets_at = match.made_at, match.times[0].starts_at
    with sessions() as session:
        return Counter(frozenset(seat.member_id for seat in match.seats) for match in session.scalars(select(Match)))


def test_twenty_people_meet_somebody_new_every_week(sessions: sessionmaker[Session], settings: Settings) -> None:
    met = live(sessions, settings, 20)
    assert met.total() == WEEKS * 10
    assert set(met.values()) == {1}


def test_of_twenty_one_nobody_sits_out_twice(sessions: sessionmaker[Session], settings: Settings) -> None:
    met = live(sessions, settings, 21)
    assert set(met.values()) == {1}
    with sessions() as session:
        sat_out = [member.times_left_out for member in session.scalars(select(Member))]
        told = session.scalars(select(Letter).where(Letter.kind == "nobody_this_week")).all()
    assert (max(sat_out), sum(sat_out), len(told)) == (1, WEEKS, WEEKS)


@pytest.mark.parametrize("people", [4, 5])
def test_when_everybody_has_met_they_meet_again_rather_than_nobody(
    sessions: sessionmaker[Session], settings: Settings, people: int
) -> None:
    met = live(sessions, settings, people)
    assert met.total() == WEEKS * (people // 2)
    assert max(met.values()) - min(met.values()) <= 2  # the longest ago first, so all meet about equally often
