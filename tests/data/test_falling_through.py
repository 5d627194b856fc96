"""Which matches fall through, who falls out, and who waits for somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from data.answering import accept, decline
from data.avoidance import avoided_pairs, keep_apart
from data.falling_through import fallen_out, found_no_time, is_uneasy, lock_round, matches_falling_through, waiting_in
from data.match import Match
from data.meeting_time import MeetingTime
from data.member import Member
from data.round import Round
from tests.cast import ADA, BEN, CLEO, DAN, FINN, MONDAY, at, bring_together, join, run_round, say_yes

DAY = timedelta(hours=24)


@pytest.fixture
def round_(session: Session) -> Round:
    return run_round(session)


@pytest.fixture
def match(session: Session, round_: Round) -> Match:
    return bring_together(session, round_, join(session, ADA), join(session, BEN))


def falling(session: Session, round_: Round, now: datetime) -> list[str]:
    """The names of who falls out of which match, now."""
    session.flush()
    matches = matches_falling_through(session, round_, now, DAY)
    return [seat.member.first_name for match in matches for seat in fallen_out(match, now)]


def waiting(session: Session, round_: Round) -> list[str]:
    session.flush()
    return [session.get_one(Member, one.member_id).first_name for one in waiting_in(session, round_)]


@pytest.mark.usefixtures("match")
def test_a_match_that_may_still_be_answered_stands(session: Session, round_: Round) -> None:
    assert falling(session, round_, at("wed 19:00")) == []


def test_a_no_falls_through_at_once(session: Session, round_: Round, match: Match) -> None:
    decline(match.seats[0], at("mon 09:00"), "someone_else")
    assert falling(session, round_, at("mon 09:01")) == ["Ada"]


def test_silence_falls_through_after_the_readers_own_wednesday_evening(session: Session, round_: Round) -> None:
    ada, finn = join(session, ADA), join(session, FINN)
    bring_together(session, round_, ada, finn, times=[at("sat 07:00")])
    assert falling(session, round_, at("wed 07:01")) == ["Finn"]  # eight in the evening in Auckland
    assert falling(session, round_, at("wed 19:01")) == ["Ada", "Finn"]


def test_a_match_made_late_has_a_day_to_be_answered(session: Session, round_: Round, match: Match) -> None:
    match.made_at = at("wed 18:00")
    assert falling(session, round_, at("thu 18:00")) == []
    assert falling(session, round_, at("thu 18:01")) == ["Ada", "Ben"]


def test_who_has_answered_does_not_fall_out(session: Session, round_: Round, match: Match) -> None:
    say_yes(match.seats[0], at("mon 09:00"))
    assert falling(session, round_, at("wed 19:01")) == ["Ben"]


def test_who_leaves_falls_out_and_so_does_who_unsubscribes_before_answering(
    session: Session, round_: Round, match: Match
) -> None:
    match.seats[0].member.unsubscribe(at("tue 09:00"))
    assert falling(session, round_, at("tue 09:01")) == ["Ada"]
    match.seats[1].member.leave(at("tue 09:02"))
    assert len(falling(session, round_, at("tue 09:03"))) == 2


def test_who_unsubscribes_after_saying_yes_still_comes(session: Session, round_: Round, match: Match) -> None:
    for seat in match.seats:
        say_yes(seat, at("tue 09:00"))
    match.seats[0].member.unsubscribe(at("tue 09:01"))
    assert falling(session, round_, at("tue 09:02")) == []


def test_a_pause_is_for_later_rounds_and_this_meeting_stands(session: Session, round_: Round, match: Match) -> None:
    match.seats[0].member.pause_until(at("mon 06:00", weeks=3).date())
    assert falling(session, round_, at("tue 09:00")) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_to_be_kept_apart_do_not_meet(
    session: Session, round_: Round, match: Match, order: tuple[int, int]
) -> None:
    one, other = (match.seats[place].member_id for place in order)
    keep_apart(session, one, other, "reported", at("tue 09:00"))
    session.flush()
    assert matches_falling_through(session, round_, at("tue 09:01"), DAY) == [match]
    assert is_uneasy(match, avoided_pairs(session))


def test_what_is_said_after_the_meeting_comes_too_late_to_call_it_off(
    session: Session, round_: Round, match: Match
) -> None:
    for seat in match.seats:
        say_yes(seat, at("tue 09:00"))
    keep_apart(session, match.seats[0].member_id, match.seats[1].member_id, "barred", at("fri 09:00"))
    match.seats[0].member.leave(at("fri 09:00"))
    assert falling(session, round_, at("fri 09:01")) == []


def test_newcomers_the_left_over_and_the_let_down_wait(session: Session, round_: Round, match: Match) -> None:
    join(session, CLEO)
    decline(match.seats[0], at("mon 09:00"), "someone_else")
    for seat in match.seats:
        seat.free(at("mon 09:01"))
    assert waiting(session, round_) == ["Ada", "Ben", "Cleo"]
    assert [one.let_down for one in waiting_in(session, round_)] == [True, True, False]


def test_who_has_a_seat_or_is_not_ready_does_not_wait(session: Session, round_: Round, match: Match) -> None:
    join(session, CLEO, confirmed_at=None)
    join(session, DAN, paused_until=at("mon 06:00", weeks=1).date())
    join(session, FINN, unsubscribed_at=at("mon 06:00"))
    match.seats[0].free(at("mon 09:00"))
    assert waiting(session, round_) == ["Ada"]


def test_not_this_week_means_not_this_week(session: Session, round_: Round, match: Match) -> None:
    decline(match.seats[0], at("mon 09:00"), "not_this_week")
    for seat in match.seats:
        seat.free(at("mon 09:01"))
    assert waiting(session, round_) == ["Ben"]


def test_who_was_silent_does_not_wait_but_who_was_freed_in_time_does(
    session: Session, round_: Round, match: Match
) -> None:
    match.seats[0].free(at("wed 18:59"))
    match.seats[1].free(at("wed 19:01"))
    assert waiting(session, round_) == ["Ada"]


def test_the_round_is_read_anew_when_it_is_locked(session: Session, round_: Round) -> None:
    session.commit()
    assert lock_round(session, round_).monday == MONDAY


def test_two_who_find_no_common_time_within_a_day_are_freed(session: Session, round_: Round, match: Match) -> None:
    match.times.append(MeetingTime(starts_at=at("fri 17:00")))
    ada, ben = match.seats
    accept(ada, [at("thu 17:00")], at("mon 09:00"))
    accept(ben, [at("fri 17:00")], at("mon 10:00"))
    assert matches_falling_through(session, round_, at("tue 10:00"), DAY) == []
    assert matches_falling_through(session, round_, at("tue 10:01"), DAY) == [match]
    assert fallen_out(match, at("tue 10:01")) == []
    assert found_no_time(match, at("tue 10:01"), DAY)


def test_a_match_at_short_notice_has_its_own_last_moment(session: Session, round_: Round, match: Match) -> None:
    match.made_at, match.answer_until = at("sat 08:00"), at("sat 12:00")
    assert falling(session, round_, at("sat 12:00")) == []
    assert falling(session, round_, at("sat 12:01")) == ["Ada", "Ben"]
