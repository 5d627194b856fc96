"""How a match stands for those who look at it from outside, from its making until long after."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.answering import ask_to_move, decline
from data.match import Match
from data.match_state import state_of, was_held
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes


@pytest.fixture
def match(session: Session) -> Match:
    """Ada and Ben are to meet on Thursday at 17:00, for 45 minutes."""
    return bring_together(session, run_round(session), join(session, ADA), join(session, BEN))


def test_it_is_open_until_all_have_said_yes_then_fixed_and_over_at_its_end(match: Match) -> None:
    ada, ben = match.seats
    say_yes(ada, at("mon 10:00"))
    assert state_of(match, at("tue 10:00")) == "open"
    say_yes(ben, at("tue 10:00"))
    assert state_of(match, at("tue 10:00")) == "fixed"
    assert state_of(match, at("thu 17:44")) == "fixed"
    assert state_of(match, at("thu 17:45")) == "over"
    assert state_of(match, at("thu 17:00", weeks=9)) == "over"


def test_a_no_takes_it_off_before_and_after_somebody_has_acted_on_it(match: Match) -> None:
    ada, ben = match.seats
    for seat in (ada, ben):
        say_yes(seat, at("mon 10:00"))
    decline(ben, at("tue 10:00"), "not_this_week")
    assert state_of(match, at("tue 10:00")) == "off"
    ada.free(at("tue 10:01"))
    ben.free(at("tue 10:01"))
    assert state_of(match, at("thu 19:00")) == "off"


def test_it_is_open_again_while_another_time_is_asked_for_and_off_once_its_days_are_gone(match: Match) -> None:
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    ask_to_move(match.seats[0], [at("fri 17:00")], at("tue 10:00"))
    assert state_of(match, at("tue 10:00")) == "open"
    assert state_of(match, at("mon 11:59", weeks=2)) == "open"
    assert state_of(match, at("mon 12:00", weeks=2)) == "off"


def test_three_go_on_as_two(trio: Match) -> None:
    decline(trio.seats[0], at("tue 10:00"), "not_this_week")
    assert state_of(trio, at("tue 10:00")) == "open"  # until somebody has acted on it
    trio.seats[0].free(at("tue 10:01"))
    assert state_of(trio, at("tue 10:01")) == "fixed"


@pytest.mark.parametrize(
    ("said", "held"),
    [([], None), (["yes"], True), (["they_did_not_come", "yes"], True), (["i_could_not", "never_arranged"], False)],
)
def test_it_was_held_as_soon_as_one_says_so(said: list[str], held: object) -> None:
    assert was_held(said) is held
