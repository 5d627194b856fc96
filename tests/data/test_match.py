"""Ada and Ben say yes, or no, or nothing, and their match follows."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.answering import CannotAnswer, decline
from data.match import Match, seat_to_answer
from tests import cast
from tests.cast import say_yes


@pytest.fixture
def match(session: Session) -> Match:
    """A match of Ada and Ben."""
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    return cast.bring_together(session, cast.run_round(session), ada, ben)


def test_it_is_on_when_both_have_said_yes(match: Match) -> None:
    ada, ben = match.seats
    say_yes(ada, cast.at("mon 09:00"))
    assert not match.is_on
    say_yes(ben, cast.at("tue 09:00"))
    assert match.is_on
    assert match.on_at == cast.at("tue 09:00")


def test_saying_yes_twice_changes_nothing(match: Match) -> None:
    ada = match.seats[0]
    say_yes(ada, cast.at("mon 09:00"))
    say_yes(ada, cast.at("tue 09:00"))
    assert ada.accepted_at == cast.at("mon 09:00")


def test_a_no_takes_the_meeting_off_at_once(match: Match) -> None:
    ada, ben = match.seats
    say_yes(ada, cast.at("mon 09:00"))
    say_yes(ben, cast.at("mon 10:00"))
    decline(ben, cast.at("tue 09:00"), "not_this_week")
    assert not match.is_on
    assert match.is_falling_through
    assert (ben.accepted_at, ben.declined_why) == (None, "not_this_week")


def test_saying_no_twice_keeps_the_first_no(match: Match) -> None:
    ada = match.seats[0]
    decline(ada, cast.at("mon 09:00"), "someone_else")
    decline(ada, cast.at("tue 09:00"), "not_this_week")
    assert (ada.declined_at, ada.declined_why) == (cast.at("mon 09:00"), "someone_else")


def test_ben_cannot_say_yes_to_a_match_that_ada_declined(match: Match) -> None:
    ada, ben = match.seats
    decline(ada, cast.at("mon 09:00"), "someone_else")
    with pytest.raises(CannotAnswer):
        say_yes(ben, cast.at("mon 10:00"))


def test_wednesday_evening_is_too_late_to_say_yes(match: Match) -> None:
    ada = match.seats[0]
    with pytest.raises(CannotAnswer):
        say_yes(ada, cast.at("wed 19:01"))  # 20:01 in Copenhagen
    say_yes(ada, cast.at("wed 19:00"))


def test_a_later_match_may_be_answered_for_a_day(session: Session) -> None:
    ada, ben = cast.join(session, cast.ADA), cast.join(session, cast.BEN)
    match = cast.bring_together(
        session, cast.run_round(session), ada, ben, made_at=cast.at("wed 19:30"), times=[cast.at("sat 10:00")]
    )
    say_yes(match.seats[0], cast.at("thu 19:00"))
    assert match.seats[0].answer_by == cast.at("thu 19:30")


def test_nobody_answers_from_a_freed_seat(match: Match) -> None:
    ada = match.seats[0]
    ada.free(cast.at("tue 09:00"))
    with pytest.raises(CannotAnswer):
        say_yes(ada, cast.at("tue 10:00"))
    with pytest.raises(CannotAnswer):
        decline(ada, cast.at("tue 10:00"), "someone_else")
    assert match.is_off


def test_nobody_declines_a_meeting_that_has_begun(match: Match) -> None:
    for seat in match.seats:
        say_yes(seat, cast.at("mon 09:00"))
    with pytest.raises(CannotAnswer):
        decline(match.seats[0], cast.at("thu 17:00"), "not_this_week")


def test_three_are_on_when_all_three_have_said_yes(session: Session) -> None:
    trio = [cast.join(session, role) for role in (cast.ADA, cast.BEN, cast.CLEO)]
    match = cast.bring_together(session, cast.run_round(session), *trio)
    for seat in match.seats[:2]:
        say_yes(seat, cast.at("mon 09:00"))
    assert not match.is_on
    say_yes(match.seats[2], cast.at("mon 09:00"))
    assert match.is_on
    assert [member.first_name for member in match.seats[0].partners] == ["Ben", "Cleo"]


def test_a_seat_is_read_afresh_before_it_answers(session: Session, match: Match) -> None:
    session.commit()
    seat = seat_to_answer(session, match.seats[0].id)
    assert seat is match.seats[0]
    assert seat_to_answer(session, 999) is None


def test_a_meeting_ends_when_it_says(match: Match) -> None:
    assert match.ends_at is None
    for seat in match.seats:
        say_yes(seat, cast.at("mon 09:00"))
    assert match.ends_at == cast.at("thu 17:45")


def test_every_room_has_a_name_nobody_can_guess(session: Session, match: Match) -> None:
    cleo, dan = cast.join(session, cast.CLEO), cast.join(session, cast.DAN)
    other = cast.bring_together(session, match.round, cleo, dan)
    assert match.room != other.room
    assert len(match.room) >= 22  # 128 bits and more
