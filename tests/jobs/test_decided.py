"""What the community has decided holds in the weeks that follow: deadlines, how often, how far, and which room."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from data.community import decide, usual
from data.letter import Letter
from data.match import Match
from data.round import Round
from jobs.check import SomethingIsLate, check
from jobs.rematch import rematch
from jobs.reminders import reminders
from jobs.retrain import retrain
from jobs.weekly_round import weekly_round
from tests.cast import ADA, BEN, CLEO, DAN, Role, at
from tests.jobs.stage import accept, seat_of, sign_up, together, told
from web.settings import Settings

GIL = Role("Gil", "Cook", topics="sourdough")


@pytest.fixture
def four(sessions: sessionmaker[Session]) -> None:
    """Four in Copenhagen."""
    sign_up(sessions, ADA, BEN, CLEO, GIL)


def decided(sessions: sessionmaker[Session], **decisions: Any) -> None:
    with sessions.begin() as session:
        decide(session, usual().decisions | decisions)


def partner_of(sessions: sessionmaker[Session], name: str) -> str:
    with sessions() as session:
        return seat_of(session, name).partners[0].first_name


def freed_at(sessions: sessionmaker[Session], name: str) -> datetime | None:
    with sessions() as session:
        return seat_of(session, name).freed_at


@pytest.mark.usefixtures("four")
def test_silence_frees_a_seat_at_the_hour_that_was_decided_and_the_other_is_paired_until_the_day_that_was(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, answer_days=3, answer_hour=9, rematch_days=4, rematch_hour=12)
    weekly_round(sessions, settings, at("mon 06:00"))
    silent = partner_of(sessions, "Ada")
    accept(sessions, at("mon 12:00"), *({"Ada", "Ben", "Cleo", "Gil"} - {silent}))
    for now in (at("wed 20:00"), at("thu 08:00")):  # nine in Copenhagen
        rematch(sessions, settings, now)
        assert freed_at(sessions, silent) is None
    rematch(sessions, settings, at("thu 08:01"))
    assert freed_at(sessions, silent) == at("thu 08:01")
    sign_up(sessions, DAN, confirmed_at=at("thu 09:00"), reach_km=50)
    with sessions.begin() as session:
        seat_of(session, "Ada").member.reach_km = 50
    rematch(sessions, settings, at("fri 11:59"))  # the usual would have ended the evening before
    assert frozenset({"Ada", "Dan"}) in together(sessions)


@pytest.mark.usefixtures("four")
def test_after_the_moment_that_was_decided_nobody_is_paired_again(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, answer_days=1, answer_hour=8, rematch_days=2, rematch_hour=12)
    weekly_round(sessions, settings, at("mon 06:00"))
    accept(sessions, at("mon 12:00"), "Ada")
    rematch(sessions, settings, at("tue 08:00"))
    sign_up(sessions, DAN, confirmed_at=at("wed 12:01"), reach_km=50)
    before = together(sessions)
    rematch(sessions, settings, at("wed 12:01"))
    assert together(sessions) == before
    assert told(sessions)[("Ada", "nobody_this_week")] == 1


@pytest.mark.usefixtures("four")
def test_a_round_that_is_under_way_keeps_its_deadlines(sessions: sessionmaker[Session], settings: Settings) -> None:
    weekly_round(sessions, settings, at("mon 06:00"))
    decided(sessions, answer_days=1, answer_hour=9, rematch_days=2, agree_within_hours=1)
    rematch(sessions, settings, at("tue 12:00"))
    assert freed_at(sessions, "Ada") is None
    rematch(sessions, settings, at("wed 19:01"))
    assert freed_at(sessions, "Ada") == at("wed 19:01")
    weekly_round(sessions, settings, at("mon 06:00", weeks=1))
    rematch(sessions, settings, at("tue 08:01", weeks=1))  # nine in Copenhagen
    assert freed_at(sessions, "Ada") == at("tue 08:01", weeks=1)


@pytest.mark.usefixtures("four")
def test_every_second_week_there_is_a_round_and_in_between_nobody_hears_of_one(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, cadence_weeks=2)
    weekly_round(sessions, settings, at("mon 06:00"))
    with sessions.begin() as session:
        for seat in session.scalars(select(Match)).first().seats:  # type: ignore[union-attr]  # there is one
            seat.declined_at, seat.declined_why = at("mon 08:00"), "not_this_week"
    rematch(sessions, settings, at("fri 00:00"))
    told_before = told(sessions)
    live_every_hour(sessions, settings, at("fri 01:00"), until=at("thu 21:00", weeks=1))
    new = told(sessions) - told_before
    assert {kind for _, kind in new} <= {"reminder", "how_was_it", "they_cannot_come"}
    with sessions() as session:
        assert session.scalar(select(func.count(Round.id))) == 1
    live_every_hour(sessions, settings, at("fri 01:00", weeks=1), until=at("mon 07:00", weeks=2))
    new = told(sessions) - told_before
    assert {(name, "next_week") for name in ("Ada", "Ben", "Cleo", "Gil")} <= set(new)
    with sessions() as session:
        mondays = session.scalars(select(Round.monday).order_by(Round.monday)).all()
    assert mondays == [at("mon 00:00").date(), at("mon 00:00", weeks=2).date()]


def live_every_hour(sessions: sessionmaker[Session], settings: Settings, now: datetime, *, until: datetime) -> None:
    """Let the jobs look every hour, and their health be looked after."""
    while now <= until:
        weekly_round(sessions, settings, now)
        rematch(sessions, settings, now)
        reminders(sessions, settings, now)
        now += timedelta(hours=1)


def test_nobody_complains_in_a_week_without_a_round_and_everybody_in_one_with(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, cadence_weeks=4, rematch_days=2)
    weekly_round(sessions, settings, at("mon 06:00"))
    for weeks in (1, 2, 3):
        check(sessions, settings, at("tue 12:00", weeks=weeks))
        line = weekly_round(sessions, settings, at("tue 12:00", weeks=weeks))
        assert line == "There is no round this week; the next is on 2026-12-21"
    with pytest.raises(SomethingIsLate, match="The round of 2026-12-21 has not been run"):
        check(sessions, settings, at("tue 12:00", weeks=4))
    check(sessions, settings, at("thu 12:00", weeks=4))  # its last moment for pairing was on Wednesday


@pytest.mark.usefixtures("four")
def test_the_model_learns_before_a_round_and_not_before_a_week_without_one(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, cadence_weeks=2)
    weekly_round(sessions, settings, at("mon 06:00"))
    assert retrain(sessions, settings, at("sun 20:00")).startswith("The model learns before the round, from Sunday")
    assert not retrain(sessions, settings, at("sun 20:00", weeks=1)).startswith("The model learns")


def test_who_is_left_over_is_told_the_day_of_the_next_round(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, cadence_weeks=2, name="Evening School")
    sign_up(sessions, ADA)
    weekly_round(sessions, settings, at("mon 06:00"))
    with sessions() as session:
        letter = session.scalars(select(Letter)).one()
    assert letter.subject == "Nobody this time, first place on Monday 7 December"
    assert "On Monday 7 December you come first." in letter.text
    assert "you take part in Evening School: one person you have never met, every 2 weeks." in letter.text


def test_people_look_for_a_common_time_as_long_as_was_decided_when_their_round_began(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    decided(sessions, agree_within_hours=3)
    sign_up(sessions, ADA, BEN)
    weekly_round(sessions, settings, at("mon 06:00"))
    decided(sessions, agree_within_hours=100)
    with sessions.begin() as session:
        match = session.scalars(select(Match)).one()
        match.agreeing_since = at("mon 09:00")
        for seat in match.seats:
            seat.accepted_at = at("mon 09:00")
    rematch(sessions, settings, at("mon 12:00"))
    assert freed_at(sessions, "Ada") is None
    rematch(sessions, settings, at("mon 12:01"))
    assert freed_at(sessions, "Ada") == at("mon 12:01")
