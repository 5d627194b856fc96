"""A host sits in when somebody would be left over, and else is left in peace; two hosts never meet each other."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.falling_through import waiting_in
from data.letter import Letter
from data.match import Match
from data.round import Round
from jobs.rematch import rematch
from jobs.reminders import reminders
from jobs.weekly_round import weekly_round
from tests.cast import ADA, BEN, CLEO, EVA, OLGA, Role, at
from tests.jobs.stage import member_named, say_no, sign_up, together, told
from web.settings import Settings

SIX = at("mon 06:00")
GUS, HANA, IVO = Role("Gus", "Baker"), Role("Hana", "Potter"), Role("Ivo", "Welder", "Auckland")
HOST: dict[str, object] = {"role": "host", "sits_in": True}


def figures(sessions: sessionmaker[Session]) -> dict[str, int]:
    with sessions() as session:
        return dict(session.scalars(select(Round)).one().figures)


def test_of_five_nobody_is_left_over_when_a_host_sits_in(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO, HANA, GUS)
    sign_up(sessions, OLGA, **HOST)
    line = weekly_round(sessions, settings, SIX)
    assert "6 people, 3 pairs nearby, 0 on calls, 0 trios, 0 left over, 6 letters written" in line
    pairs = together(sessions)
    assert {name for pair in pairs for name in pair} == {"Ada", "Ben", "Cleo", "Hana", "Gus", "Olga"}
    assert set(told(sessions)) == {(name, "your_match") for pair in pairs for name in pair}
    assert figures(sessions)["sat_in"] == 1
    with sessions() as session:
        match = next(match for match in session.scalars(select(Match)) if any(s.member.sits_in for s in match.seats))
        assert match.reason
        assert match.times
        assert match.topic


@pytest.mark.parametrize("role", ["host", "organiser"])
def test_of_four_each_meets_another_and_the_host_hears_nothing_all_week(
    sessions: sessionmaker[Session], settings: Settings, role: str
) -> None:
    sign_up(sessions, ADA, BEN, CLEO, GUS)
    sign_up(sessions, OLGA, role=role, sits_in=True)
    reminders(sessions, settings, at("fri 10:00", weeks=-1))
    assert "4 people, 2 pairs nearby" in weekly_round(sessions, settings, SIX)
    for now in (at("mon 12:00"), at("wed 22:00"), at("thu 20:30"), at("fri 12:00")):
        rematch(sessions, settings, now)
    assert together(sessions) == set()  # nobody answered
    with sessions() as session:
        olga = member_named(session, "Olga")
        assert olga.times_left_out == 0
        assert session.scalars(select(Letter).where(Letter.member_id == olga.id)).all() == []


def test_two_hosts_never_meet_each_other(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, OLGA, HANA, **HOST)
    assert "0 people, 0 pairs nearby" in weekly_round(sessions, settings, SIX)
    rematch(sessions, settings, at("mon 12:00"))
    assert together(sessions) == set()
    sign_up(sessions, ADA)
    rematch(sessions, settings, at("mon 13:00"))
    [pair] = together(sessions)
    assert "Ada" in pair
    assert len(told(sessions)) == 2


def test_no_more_hosts_sit_in_than_are_needed(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN, CLEO)
    sign_up(sessions, OLGA, HANA, EVA, **HOST)
    weekly_round(sessions, settings, SIX)
    pairs = together(sessions)
    assert len(pairs) == 2
    assert len({name for pair in pairs for name in pair} & {"Olga", "Hana", "Eva"}) == 1
    assert {kind for _, kind in told(sessions)} == {"your_match"}
    assert figures(sessions)["people"] == 4


def test_whom_no_host_can_meet_is_left_over_all_the_same(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, IVO, meets="in_person")
    sign_up(sessions, OLGA, meets="in_person", **HOST)
    assert "1 people" in weekly_round(sessions, settings, SIX)
    assert told(sessions) == {("Ivo", "nobody_this_week"): 1}
    assert (figures(sessions)["left_over"], figures(sessions)["sat_in"]) == (1, 0)


@pytest.mark.parametrize("changes", [{"role": "member", "sits_in": True}, {"role": "host", "sits_in": False}])
def test_who_is_no_host_or_does_not_wish_it_is_paired_like_everybody(
    sessions: sessionmaker[Session], settings: Settings, changes: dict[str, object]
) -> None:
    sign_up(sessions, ADA)
    sign_up(sessions, OLGA, **changes)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == {frozenset({"Ada", "Olga"})}
    assert "sat_in" not in figures(sessions)


def test_a_host_sits_in_for_whoever_loses_a_partner(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN)
    sign_up(sessions, OLGA, **HOST)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == {frozenset({"Ada", "Ben"})}
    say_no(sessions, at("tue 10:00"), "Ben", "not_this_week")
    rematch(sessions, settings, at("tue 10:01"))
    assert together(sessions) == {frozenset({"Ada", "Olga"})}


@pytest.mark.parametrize("when", ["tue 10:00", "thu 21:00"])
def test_a_host_whose_guest_cannot_come_is_not_left_out(
    sessions: sessionmaker[Session], settings: Settings, when: str
) -> None:
    sign_up(sessions, ADA, short_notice=True)
    sign_up(sessions, OLGA, HANA, **HOST)
    weekly_round(sessions, settings, SIX)
    [pair] = together(sessions)
    [host] = pair - {"Ada"}
    with sessions.begin() as session:
        for seat in session.scalars(select(Match)).one().seats:
            seat.accepted_at = at("mon 10:00")
    say_no(sessions, at(when), "Ada", "not_this_week")
    for now in (at("thu 21:01"), at("fri 12:00")):
        rematch(sessions, settings, now)
    assert together(sessions) == set()
    assert (host, "nobody_this_week") not in told(sessions)
    with sessions() as session:
        assert member_named(session, host).times_left_out == 0
        waiting = waiting_in(session, session.scalars(select(Round)).one())
        assert [(one.sits_in, one.let_down) for one in waiting] == [(True, False)] * 2
