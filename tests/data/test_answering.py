"""Agreeing upon a time: the earliest that suits all, at once; none, and one looks on; another one, once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.answering import (
    NOTICE,
    CannotAnswer,
    NoTimeTicked,
    accept,
    ask_to_move,
    decline,
    may_move,
    mover_of,
    propose,
    settle,
    still_good,
)
from data.match import Match, Seat
from data.meeting_time import MeetingTime
from data.member import Member
from data.round import Round
from data.venues import SuggestedVenue, Venue
from tests.cast import ADA, BEN, CLEO, MONDAY, at, bring_together, join, run_round, say_yes

WED, THU, FRI = at("wed 17:00"), at("thu 17:00"), at("fri 17:00")
SAT = at("sat 10:00")


@pytest.fixture
def match(session: Session) -> Match:
    return bring_together(
        session, run_round(session), join(session, ADA), join(session, BEN), times=[WED, THU, FRI], meeting_place=""
    )


@pytest.fixture
def on(match: Match) -> Match:
    for seat in match.seats:
        accept(seat, [THU], at("mon 09:00"))
    return match


def test_the_earliest_time_that_suits_both_is_fixed_at_once(match: Match) -> None:
    ada, ben = match.seats
    assert accept(ada, [FRI, THU], at("mon 09:00")) == "nothing_new"
    assert not match.is_on
    assert accept(ben, [THU, FRI, WED], at("mon 10:00")) == "on"
    fixed = match.meets_at, match.on_at, match.sequence
    assert fixed == (THU, at("mon 10:00"), 1)


def test_a_yes_needs_a_time_and_one_that_is_still_ahead(match: Match) -> None:
    for ticked in ([], [SAT], [WED]):
        with pytest.raises(NoTimeTicked):
            accept(match.seats[0], ticked, WED - NOTICE)
    assert match.seats[0].accepted_at is None


def test_the_newer_ticks_count_until_it_is_on(match: Match) -> None:
    ada, ben = match.seats
    accept(ada, [WED], at("mon 09:00"))
    accept(ada, [FRI], at("mon 10:00"))
    accept(ben, [WED, FRI], at("mon 11:00"))
    assert match.meets_at == FRI
    assert accept(ada, [WED], at("mon 12:00")) == "nothing_new"
    assert match.meets_at == FRI


def test_without_a_common_time_they_look_on_and_one_more_tick_settles_it(match: Match) -> None:
    ada, ben = match.seats
    accept(ada, [WED], at("mon 09:00"))
    assert accept(ben, [FRI], at("mon 10:00")) == "no_common_time"
    assert match.is_agreeing
    assert not match.is_on
    assert accept(ada, [WED, THU], at("mon 11:00")) == "nothing_new"
    assert match.agreeing_since == at("mon 10:00")
    assert accept(ada, [WED, FRI], at("mon 12:00")) == "on"
    assert (match.meets_at, match.is_agreeing) == (FRI, False)


def test_ticks_may_be_changed_past_wednesday_while_they_look_on(match: Match) -> None:
    ada, ben = match.seats
    accept(ada, [THU], at("wed 18:00"))
    accept(ben, [FRI], at("wed 18:30"))
    assert accept(ada, [FRI], at("wed 22:00")) == "on"


def test_each_may_propose_two_times_of_their_own_and_no_more(match: Match) -> None:
    ada, ben = match.seats
    with pytest.raises(CannotAnswer):
        propose(ada, [SAT], at("mon 08:00"))
    accept(ada, [WED], at("mon 09:00"))
    accept(ben, [FRI], at("mon 10:00"))
    own = [SAT, SAT + timedelta(hours=1), SAT + timedelta(hours=2)]
    assert propose(ada, own, at("mon 11:00")) == "nothing_new"
    assert [time.starts_at for time in match.times if time.proposed_by_id == ada.id] == own[:2]
    assert accept(ben, [own[1]], at("mon 12:00")) == "on"
    assert match.meets_at == own[1]


def test_a_proposal_that_is_among_the_times_is_a_tick(match: Match) -> None:
    ada, ben = match.seats
    accept(ada, [WED], at("mon 09:00"))
    accept(ben, [FRI], at("mon 10:00"))
    assert propose(ada, [FRI], at("mon 11:00")) == "on"


def test_the_length_is_forty_five_minutes_unless_both_wish_the_same_other_one(session: Session) -> None:
    round_ = run_round(session)
    for wishes, minutes in {(60, 60): 60, (60, None): 45, (30, 90): 45, (None, None): 45}.items():
        people = [join(session, role, email=f"{role.name}{wishes}@example.org") for role in (ADA, BEN)]
        match = bring_together(session, round_, *people)
        for seat, wish in zip(match.seats, wishes, strict=True):
            accept(seat, [THU], at("mon 09:00"), wish)
        assert match.minutes == minutes


def test_another_time_is_asked_for_once_and_confirmed_with_one_tick(session: Session, on: Match) -> None:
    ada, ben = on.seats
    assert ask_to_move(ada, [FRI, SAT], at("tue 09:00")) == "another_time"
    assert (on.is_on, on.meets_at, mover_of(on)) == (False, None, ada)
    session.flush()
    assert [time.starts_at for time in on.times] == [FRI, SAT]
    assert accept(ben, [SAT], at("tue 10:00")) == "on"
    assert (on.meets_at, on.sequence, mover_of(on)) == (SAT, 2, None)
    with pytest.raises(CannotAnswer):
        ask_to_move(ada, [FRI], at("tue 11:00"))
    assert ask_to_move(ben, [FRI], at("tue 11:00")) == "another_time"


def test_another_time_is_asked_for_four_hours_before_at_the_latest(on: Match) -> None:
    assert may_move(on.seats[0], THU - NOTICE)
    assert not may_move(on.seats[0], THU - NOTICE + timedelta(seconds=1))
    with pytest.raises(CannotAnswer):
        ask_to_move(on.seats[0], [FRI], THU - NOTICE + timedelta(seconds=1))
    with pytest.raises(NoTimeTicked):
        ask_to_move(on.seats[0], [], at("tue 09:00"))
    assert on.is_on


def test_who_cannot_come_at_another_time_says_no_and_it_is_off(on: Match) -> None:
    ada, ben = on.seats
    ask_to_move(ada, [FRI], at("tue 09:00"))
    decline(ben, at("tue 10:00"), "someone_else", "Sorry, not on Friday.")
    assert (on.is_agreeing, ben.cancelled_at, ben.word) == (False, at("tue 10:00"), "Sorry, not on Friday.")


def test_a_no_to_an_invitation_is_not_a_cancellation(match: Match) -> None:
    decline(match.seats[0], at("mon 09:00"), "someone_else")
    assert (match.seats[0].cancelled_at, match.sequence) == (None, 0)


def test_a_cancelled_meeting_is_newer_than_the_one_in_the_calendar(on: Match) -> None:
    decline(on.seats[0], at("tue 09:00"), "not_this_week")
    assert (on.sequence, on.seats[0].cancelled_at) == (2, at("tue 09:00"))


def test_three_need_a_time_that_suits_all_three(session: Session) -> None:
    trio = bring_together(session, run_round(session), *_three(session), times=[WED, THU, FRI])
    for seat, times in zip(trio.seats, ([WED, THU], [THU, FRI], [WED, FRI]), strict=True):
        accept(seat, times, at("mon 09:00"))
    assert trio.is_agreeing
    decline(trio.seats[2], at("mon 10:00"), "someone_else")
    trio.seats[2].free(at("mon 10:01"))
    assert settle(trio, at("mon 10:01")) == "on"
    assert trio.meets_at == THU


def test_the_place_is_the_best_that_is_open_then(session: Session, match: Match) -> None:
    hours = {"Shut on Thursdays": "Fr 10:00-20:00", "Who knows": "", "Open": "Mo-Su 08:00-20:00"}
    for rank, (name, opens) in enumerate(hours.items(), start=1):
        venue = Venue(kind="cafe", name=name, latitude=55.0, longitude=12.0, opening_hours=opens)
        match.suggestions.append(SuggestedVenue(rank=rank, venue=venue))
    session.flush()
    for seat in match.seats:
        accept(seat, [THU], at("mon 09:00"))
    assert match.meeting_place == "Open"


@given(
    st.lists(st.sets(st.sampled_from([WED, THU, FRI]), min_size=1), min_size=2, max_size=3),
    st.integers(0, 3),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_they_tick_it_is_on_at_the_earliest_common_time_or_they_look_on(
    ticks: list[set[datetime]], order: int
) -> None:
    match = _unstored(len(ticks))
    seats = match.seats[order % len(ticks) :] + match.seats[: order % len(ticks)]
    for seat in seats:
        accept(seat, ticks[match.seats.index(seat)], at("mon 09:00"))
    common = set.intersection(*ticks)
    assert match.meets_at == (min(common) if common else None)
    assert match.is_agreeing == (not common)
    assert all(time in match.times for time in still_good(match, at("mon 09:00")))


def _three(session: Session) -> list[Member]:
    return [join(session, role) for role in (ADA, BEN, CLEO)]


def _unstored(people: int) -> Match:
    seats = [Seat(id=number, member=Member(first_name=str(number)), time_zone="UTC") for number in range(1, people + 1)]
    times = [MeetingTime(id=number, starts_at=moment) for number, moment in enumerate([WED, THU, FRI], start=1)]
    round_ = Round(monday=MONDAY, started_at=at("mon 06:00"))
    return Match(round=round_, mode="call", seats=seats, times=times, made_at=at("mon 06:00"), sequence=0)


def test_all_of_the_cast_can_say_yes_to_everything(match: Match) -> None:
    for seat in match.seats:
        say_yes(seat, at("mon 09:00"))
    assert match.meets_at == WED
