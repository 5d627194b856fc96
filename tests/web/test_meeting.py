"""How a match stands for a seat, told without a database."""

from __future__ import annotations

from datetime import datetime

import pytest

from data.answering import accept, ask_to_move, decline
from data.match import Match, Seat
from data.meeting_time import MeetingTime
from data.member import Member
from data.places import Place
from data.round import Round
from tests.cast import MONDAY, PLACES, at, say_yes
from web.meeting import state_of


@pytest.fixture
def seats() -> tuple[Seat, Seat]:
    """Ada's and Ben's."""
    home = Place(name="Copenhagen", **PLACES["Copenhagen"])
    round_ = Round(monday=MONDAY, seed=7, started_at=at("mon 06:00"))
    match = Match(
        round=round_, mode="in_person", made_at=at("mon 06:00"), minutes=45, sequence=0, meeting_place="A café"
    )
    match.times = [MeetingTime(id=1, starts_at=at("thu 17:00"))]
    ada, ben = (
        Seat(id=number, match=match, member=Member(first_name=name, place=home), time_zone=home.time_zone)
        for number, name in enumerate(("Ada", "Ben"), start=1)
    )
    return ada, ben


def test_a_new_match_is_open_until_wednesday_evening(seats: tuple[Seat, Seat]) -> None:
    assert state_of(seats[0], at("wed 19:00")) == "open"
    assert state_of(seats[0], at("wed 19:01")) == "too_late"
    assert state_of(seats[0], at("mon 12:00", weeks=2)) == "off"


def test_one_yes_waits_for_the_other_and_two_are_on_until_the_end(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    say_yes(ada, at("mon 09:00"))
    assert (state_of(ada, at("mon 10:00")), state_of(ben, at("mon 10:00"))) == ("waiting", "open")
    say_yes(ben, at("mon 11:00"))
    assert state_of(ada, at("thu 17:44")) == "on"
    assert state_of(ben, at("thu 17:45")) == "over"


def test_two_without_a_common_time_look_on(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    ada.match.times.append(MeetingTime(id=2, starts_at=at("fri 17:00")))
    accept(ada, [at("thu 17:00")], at("mon 09:00"))
    accept(ben, [at("fri 17:00")], at("mon 10:00"))
    assert {state_of(seat, at("mon 11:00")) for seat in seats} == {"agreeing"}
    accept(ben, [at("thu 17:00")], at("mon 12:00"))
    ask_to_move(ada, [at("fri 17:00")], at("tue 09:00"))
    assert {state_of(seat, at("tue 10:00")) for seat in seats} == {"agreeing"}


def test_a_no_is_mine_or_changes_something_for_me(seats: tuple[Seat, Seat]) -> None:
    ada, ben = seats
    say_yes(ada, at("mon 09:00"))
    say_yes(ben, at("mon 09:00"))
    decline(ben, at("tue 09:00"), "not_this_week")
    assert (state_of(ben, at("tue 10:00")), state_of(ada, at("tue 10:00"))) == ("declined", "changing")
    for seat in seats:
        seat.free(at("tue 10:01"))
    assert state_of(ada, at("tue 11:00")) == "off"
    assert state_of(ben, at("tue 11:00")) == "declined"


@pytest.mark.parametrize("now", [at("mon 06:00"), at("thu 17:30"), at("sun 12:00")])
def test_every_moment_of_a_freed_seat_is_off(seats: tuple[Seat, Seat], now: datetime) -> None:
    seats[0].free(at("mon 05:00"))
    assert state_of(seats[0], now) == "off"
    assert state_of(seats[1], now) == "off"
