"""A silent week: introduced to somebody, and neither yes nor no."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.answering import decline
from data.match import Match
from data.silence import seats_of_week, seats_of_week_before, was_silent_week
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round, say_yes


@pytest.fixture
def match(session: Session) -> Match:
    return bring_together(session, run_round(session), join(session, ADA), join(session, BEN))


def test_a_week_is_silent_once_the_time_to_answer_is_over(match: Match) -> None:
    seat = match.seats[0]
    assert not was_silent_week([seat])  # there is still time
    seat.free(seat.answer_by)
    assert not was_silent_week([seat])  # somebody else fell out; she could still have answered
    seat.freed_at = at("wed 20:01")
    assert was_silent_week([seat])
    assert not was_silent_week([])


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_one_answer_makes_it_a_week_that_was_answered(session: Session, match: Match, answer: str) -> None:
    ada = match.seats[0]
    if answer == "yes":
        say_yes(ada, at("mon 10:00"))
    else:
        decline(ada, at("mon 10:00"), "someone_else")
    for seat in match.seats:
        seat.free(at("mon 11:00"))
    session.flush()
    again = bring_together(session, match.round, ada.member, join(session, CLEO), made_at=at("mon 12:00"))
    again.seats[0].free(at("thu 20:00"))
    assert was_silent_week([again.seats[0]])
    assert not was_silent_week(seats_of_week(session, again.seats[0]))


def test_the_week_before_is_the_last_one_with_an_introduction_since_they_came_back(
    session: Session, match: Match
) -> None:
    ada, ben = match.seats
    earlier = bring_together(session, run_round(session, weeks=-3), ada.member, ben.member)
    bring_together(session, run_round(session, weeks=-4), ada.member, ben.member)
    assert seats_of_week_before(session, ada) == [earlier.seats[0]]
    ada.member.came_back_at = at("wed 10:00", weeks=-3)
    session.flush()
    assert seats_of_week_before(session, ada) == []
    assert seats_of_week_before(session, ben) == [earlier.seats[1]]


def test_what_was_asked_at_short_notice_is_no_introduction(session: Session, match: Match) -> None:
    ada, ben = match.seats
    round_ = run_round(session, weeks=-1)
    bring_together(session, round_, ada.member, ben.member, answer_until=at("fri 12:00", weeks=-1))
    assert seats_of_week_before(session, ada) == []
