"""A trip brings two within reach whom a call has brought together: the one repeat that is welcome, if both would."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.feedback import Feedback
from data.match import Match
from data.member import Member
from data.move import add_trip
from data.trip import Trip
from jobs.weekly_round import weekly_round
from tests.cast import ADA, BEN, FINN, MONDAY, at, bring_together, join, place, run_round, say_yes
from tests.jobs.stage import member_named, sign_up, together
from web.settings import Settings


@pytest.fixture
def called(sessions: sessionmaker[Session]) -> None:
    """Six weeks ago Ada and Finn, in Auckland, talked on a call."""
    with sessions.begin() as session:
        ada, finn = join(session, ADA), join(session, FINN)
        call = bring_together(session, run_round(session, weeks=-6), ada, finn, mode="call", meeting_place="")
        for seat in call.seats:
            say_yes(seat, at("mon 10:00", weeks=-6))


def would_meet_again(sessions: sessionmaker[Session], *names: str) -> None:
    with sessions.begin() as session:
        for seat in session.scalars(select(Match)).one().seats:
            again = seat.member.first_name in names
            told = {"seat_id": seat.id, "given_at": at("sat 10:00", weeks=-6), "met": "yes", "rating": 4}
            session.add(Feedback(**told, again=again))


def finn_comes_to_copenhagen(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        finn = member_named(session, "Finn")
        week = MONDAY, MONDAY.replace(day=29)
        add_trip(session, Trip.to(finn, place(session, "Copenhagen"), *week), at("mon 10:00", weeks=-1))


def newest(sessions: sessionmaker[Session]) -> Match:
    with sessions() as session:
        match = session.scalars(select(Match).order_by(Match.id.desc()).limit(1)).one()
        assert [seat.time_zone for seat in match.seats]
        return match


@pytest.mark.usefixtures("called")
def test_finn_is_in_town_and_both_said_they_would_meet_again(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    would_meet_again(sessions, "Ada", "Finn")
    finn_comes_to_copenhagen(sessions)
    line = weekly_round(sessions, settings, at("mon 06:00"))
    assert "1 pairs nearby, 0 on calls" in line
    match = newest(sessions)
    assert match.mode == "in_person"
    assert "good call" in match.reason
    assert {seat.time_zone for seat in match.seats} == {"Europe/Copenhagen"}
    assert all(time.starts_at.date() >= at("wed 00:00").date() for time in match.times)
    assert all(time.starts_at <= at("sun 23:00") for time in match.times)  # while he is there


@pytest.mark.usefixtures("called")
def test_a_stranger_comes_before_an_ordinary_repeat_but_not_before_this_one(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    would_meet_again(sessions, "Ada", "Finn")
    finn_comes_to_copenhagen(sessions)
    sign_up(sessions, BEN)
    weekly_round(sessions, settings, at("mon 06:00"))
    assert frozenset({"Ada", "Finn"}) in together(sessions)
    assert newest(sessions).mode == "in_person"


@pytest.mark.parametrize("willing", [["Ada"], ["Finn"], []])
@pytest.mark.usefixtures("called")
def test_unless_both_would_it_is_a_repeat_like_any_other(
    sessions: sessionmaker[Session], settings: Settings, willing: list[str]
) -> None:
    would_meet_again(sessions, *willing)
    finn_comes_to_copenhagen(sessions)
    sign_up(sessions, BEN)
    weekly_round(sessions, settings, at("mon 06:00"))
    with sessions() as session:
        latest = session.scalars(select(Match).order_by(Match.id.desc()).limit(1)).one()
        names = {session.get_one(Member, seat.member_id).first_name for seat in latest.seats}
    assert names != {"Ada", "Finn"}
