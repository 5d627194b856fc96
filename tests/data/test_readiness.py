"""Who is ready for a round: in the rhythm they chose, in when they are asked first, and not when they have gone quiet."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from data.readiness import Standing, is_ready, ready_members, standing_of
from tests.cast import ADA, BEN, MONDAY, at, bring_together, join, run_round


def in_weeks(weeks: int) -> date:
    return MONDAY + timedelta(weeks=weeks)


def ready_weeks(session: Session, member: Member, until: int = 9) -> list[int]:
    """The weeks from MONDAY on in which somebody is ready, once they meet somebody in every week they can."""
    ben, weeks = join(session, BEN), []
    for week in range(until):
        if is_ready(session, member, in_weeks(week)):
            weeks.append(week)
            bring_together(session, run_round(session, weeks=week), member, ben)
    return weeks


@pytest.mark.parametrize(("rhythm", "weeks"), [(1, list(range(9))), (2, [0, 2, 4, 6, 8]), (4, [0, 4, 8])])
def test_a_rhythm_leaves_out_the_weeks_in_between(session: Session, rhythm: int, weeks: list[int]) -> None:
    assert ready_weeks(session, join(session, ADA, rhythm_weeks=rhythm)) == weeks


def test_a_seat_that_was_freed_is_no_meeting_and_her_own_week_is_no_reason_to_rest(session: Session) -> None:
    ada = join(session, ADA, rhythm_weeks=4)
    match = bring_together(session, run_round(session), ada, join(session, BEN))
    assert is_ready(session, ada, MONDAY)  # so that she can be paired again in the week in which she lost her partner
    assert not is_ready(session, ada, in_weeks(1))
    match.seats[0].free(at("wed 20:00"))
    session.flush()
    assert is_ready(session, ada, in_weeks(1))


def test_who_is_asked_first_is_in_only_for_the_week_they_said(session: Session) -> None:
    ada = join(session, ADA, ask_first=True)
    assert ready_members(session, MONDAY) == []
    ada.say_in(MONDAY)
    session.flush()
    assert ready_members(session, MONDAY) == [ada]
    assert ready_members(session, in_weeks(1)) == []


def test_who_fell_quiet_is_out_until_they_come_back(session: Session) -> None:
    ada = join(session, ADA)
    ada.fall_quiet(at("wed 20:00"))
    ada.fall_quiet(at("thu 20:00"))
    session.flush()
    assert ada.quiet_since == at("wed 20:00")
    assert not is_ready(session, ada, in_weeks(5))
    ada.resume(at("fri 10:00"))
    session.flush()
    assert is_ready(session, ada, in_weeks(1))
    assert ada.quiet_since is None
    assert ada.came_back_at == at("fri 10:00")


STANDINGS: list[tuple[dict[str, Any], Standing]] = [
    ({}, "in"),
    ({"confirmed_at": None}, "gone"),
    ({"unsubscribed_at": at("mon 05:00"), "quiet_since": at("mon 05:00")}, "unsubscribed"),
    ({"quiet_since": at("mon 05:00"), "ask_first": True}, "quiet"),
    ({"paused_until": in_weeks(1), "ask_first": True}, "paused"),
    ({"paused_until": MONDAY}, "in"),
    ({"ask_first": True}, "asked"),
    ({"ask_first": True, "in_for": in_weeks(-1)}, "asked"),
    ({"ask_first": True, "in_for": MONDAY}, "in"),
]


@pytest.mark.parametrize(("columns", "standing"), STANDINGS)
def test_there_is_one_word_for_how_she_stands_and_it_says_whether_she_is_ready(
    session: Session, columns: dict[str, Any], standing: Standing
) -> None:
    ada = join(session, ADA, **columns)
    assert standing_of(session, ada, MONDAY) == standing
    assert is_ready(session, ada, MONDAY) == (standing == "in")
    assert ready_members(session, MONDAY) == ([ada] if standing == "in" else [])


@pytest.mark.parametrize("ask_first", [False, True])
def test_who_rests_is_not_asked_either(session: Session, ask_first: bool) -> None:  # noqa: FBT001  a case of the test
    ada = join(session, ADA, rhythm_weeks=2, ask_first=ask_first, in_for=MONDAY)
    bring_together(session, run_round(session, weeks=-1), ada, join(session, BEN))
    assert standing_of(session, ada, MONDAY) == "rests"
