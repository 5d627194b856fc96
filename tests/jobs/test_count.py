"""Counting: the figures of each round and of the community, kept for the desk; nothing else changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from data.due_letters import OFF
from data.feedback import Feedback
from data.funnel import funnel_in
from data.letter import Letter
from data.round import Round
from data.tally import Tally, all_tallies, keep_tally
from jobs.count import count
from tests.cast import ADA, BEN, CLEO, DAN, EVA, MONDAY, at, bring_together, join, run_round, say_yes
from tests.jobs.stage import at_once, sign_up
from web.letters import Letters
from web.settings import Settings

NOW = at("fri 12:00")


def tallies(sessions: sessionmaker[Session]) -> dict[str, Tally]:
    with sessions() as session:
        return all_tallies(session)


def live_through(sessions: sessionmaker[Session]) -> None:
    """Ada and Ben met on Thursday, and Ada says so."""
    with sessions.begin() as session:
        match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
        for seat in match.seats:
            say_yes(seat, at("mon 10:00"))
        session.add(Feedback(seat=match.seats[0], given_at=at("fri 09:00"), met="yes", rating=5))


def test_a_round_is_counted_and_its_own_figures_stay(sessions: sessionmaker[Session], settings: Settings) -> None:
    live_through(sessions)
    with sessions.begin() as session:
        session.scalars(select(Round)).one().figures = {"people": 3, "waiting": "abc"}
    assert count(sessions, settings, NOW) == "1 rounds and the community are counted"
    with sessions() as session:
        round_ = session.scalars(select(Round)).one()
        funnel = funnel_in(round_.funnel)
        assert (round_.counted_at, round_.figures) == (NOW, {"people": 3, "waiting": "abc"})
    assert funnel is not None
    assert (funnel.people, funnel.paired, funnel.held, funnel.left_over) == (3, 2, 2, 1)
    assert funnel.meetings == (1, 1, 1, 1, 1, 1)


def test_a_round_of_long_ago_keeps_its_last_figures(sessions: sessionmaker[Session], settings: Settings) -> None:
    live_through(sessions)
    assert count(sessions, settings, NOW + timedelta(weeks=9)) == "1 rounds and the community are counted"
    assert "no round" in count(sessions, settings, NOW + timedelta(weeks=9, minutes=2))


def test_members_are_counted_by_how_they_stand(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, times_left_out=3)
    sign_up(sessions, BEN, paused_until=MONDAY + timedelta(weeks=4), role="host")
    sign_up(sessions, CLEO, quiet_since=NOW, confirmed_at=at("mon 09:00"))
    sign_up(sessions, DAN, confirmed_at=None, times_left_out=9)
    with sessions.begin() as session:
        join(session, EVA, times_left_out=7).leave(NOW)
    count(sessions, settings, NOW)
    facts = tallies(sessions)["members"].facts
    new = [week["people"] for week in facts.pop("new")]
    assert facts == {
        "here": 3, "unconfirmed": 1, "paused": 1, "quiet": 1, "longest_wait": 3, "roles": {"host": 1},
    }  # fmt: skip
    assert new == [0] * 23 + [3, 0, 1]


@pytest.mark.parametrize("weeks", [0, 25, 26])
def test_a_newcomer_counts_in_their_week_for_half_a_year(
    sessions: sessionmaker[Session], settings: Settings, weeks: int
) -> None:
    sign_up(sessions, ADA, confirmed_at=at("mon 00:00"))
    count(sessions, settings, NOW + timedelta(weeks=weeks))
    new = tallies(sessions)["members"].facts["new"]
    assert [week["monday"] for week in new if week["people"]] == ([f"{MONDAY}"] if weeks < 26 else [])
    assert len(new) == 26


def test_letters_that_wait_too_long_or_are_missed_are_counted(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    letters = Letters(settings)
    with sessions.begin() as session:
        for role, minutes in ((ADA, 5), (BEN, 30), (CLEO, -60), (DAN, 30), (EVA, 30)):
            letters.confirm(session, join(session, role), NOW - timedelta(minutes=minutes))
        late = {letter.address.partition("@")[0]: letter for letter in session.scalars(select(Letter))}
        late["dan"].give_up(NOW - timedelta(days=6), "550 No such user here")
        late["eva"].give_up(NOW - timedelta(days=6), OFF)
    count(sessions, settings, NOW)
    assert tallies(sessions)["mail"].facts == {"waiting": 2, "late": 1, "given_up": 1}
    count(sessions, settings, NOW + timedelta(days=2))
    assert tallies(sessions)["mail"].facts["given_up"] == 0


def test_a_town_and_a_cell_have_a_dot_from_ten_members_on(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        for number in range(12):
            ada = join(session, ADA, email=f"ada{number}@example.org")
            if number > 9:
                ada.latitude = (ada.latitude or 0) + 0.1
            if number < 9:
                join(session, DAN, email=f"dan{number}@example.org")
        join(session, EVA, confirmed_at=None)
    count(sessions, settings, NOW)
    facts = tallies(sessions)["map"].facts
    assert [(town["name"], town["people"]) for town in facts["towns"]] == [("Copenhagen", 12)]
    assert (facts["elsewhere"], [cell[2] for cell in facts["cells"]], facts["others"]) == (9, [10], 2)


def test_nobody_anywhere_is_no_dot(sessions: sessionmaker[Session], settings: Settings) -> None:
    assert count(sessions, settings, NOW) == "Nothing to count: no round was run yet"
    assert tallies(sessions)["map"].facts == {"towns": [], "elsewhere": 0, "cells": [], "others": 0}


def test_two_at_once_count_the_same(engine: Engine, sessions: sessionmaker[Session]) -> None:
    live_through(sessions)
    lines = at_once(engine, count, NOW)
    assert set(lines) == {"1 rounds and the community are counted"}
    assert {name: tally.counted_at for name, tally in tallies(sessions).items()} == dict.fromkeys(
        ("members", "mail", "map"), NOW
    )


def test_whoever_counted_later_has_the_last_word(sessions: sessionmaker[Session]) -> None:
    def keep(minutes: int) -> None:
        with sessions.begin() as session:
            keep_tally(session, "mail", {"late": minutes}, NOW + timedelta(minutes=minutes))

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(keep, (2, 1)))
    assert tallies(sessions)["mail"].facts == {"late": 2}
