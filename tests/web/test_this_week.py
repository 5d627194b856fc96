"""This week, for a member: their match, what is still to be told, or when the next round comes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.match import Match
from tests.cast import ADA, BEN, CLEO, MONDAY, at, bring_together, join, run_round, say_yes
from tests.live_site import Clock
from tests.web.conftest import SigningIn, one_database, words_of

pytestmark = one_database


def test_ada_sees_her_match_and_answers_from_there(signed_in: SigningIn, ada_and_ben: Match) -> None:
    browser = signed_in(ada_and_ben.seats[0].member)
    page = browser.open("/this-week").text
    assert "Ben" in page
    assert "Yes, I will come" in page
    assert "You are in the round of <strong>Monday 30 November" in page


def test_a_new_partner_replaces_the_one_who_fell_out(session: Session, signed_in: SigningIn) -> None:
    ada, ben, cleo = (join(session, role) for role in (ADA, BEN, CLEO))
    round_ = run_round(session)
    for seat in bring_together(session, round_, ada, ben).seats:
        seat.free(at("mon 11:00"))
    bring_together(session, round_, ada, cleo)
    assert "Cleo" in signed_in(ada).open("/this-week").text
    assert "This meeting is off" in signed_in(ben).open("/this-week").text


def test_last_weeks_meeting_waits_for_a_word(session: Session, signed_in: SigningIn, clock: Clock) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    last_week = bring_together(session, run_round(session, weeks=-1), ada, ben)
    for seat in last_week.seats:
        say_yes(seat, at("tue 10:00", weeks=-1))
    browser = signed_in(ada)
    assert "You were to meet Ben on Thursday 19 November" in words_of(browser.open("/this-week").text)
    clock.now = at("fri 12:00")
    assert "You were to meet Ben" not in words_of(browser.open("/this-week").text)


def test_whoever_was_left_out_hears_that_they_come_first(session: Session, signed_in: SigningIn) -> None:
    run_round(session)
    ada = join(session, ADA, times_left_out=1)
    assert "You come first in the next round" in signed_in(ada).open("/this-week").text


def test_whoever_came_after_the_round_is_told_when_it_is_their_turn(session: Session, signed_in: SigningIn) -> None:
    run_round(session)
    ada = join(session, ADA, confirmed_at=at("mon 11:00"))
    assert "You have just arrived" in signed_in(ada).open("/this-week").text


def test_before_the_round_of_monday_morning_this_monday_is_next(
    session: Session, signed_in: SigningIn, clock: Clock
) -> None:
    clock.now = at("mon 05:00")
    page = signed_in(join(session, ADA)).open("/this-week").text
    assert "Monday 23 November" in page
    assert "Nothing this week" in page


def test_whoever_pauses_or_has_unsubscribed_is_told_so(session: Session, signed_in: SigningIn) -> None:
    ada = join(session, ADA, paused_until=MONDAY.replace(year=2027))
    ben = join(session, BEN, unsubscribed_at=at("mon 10:00"))
    assert "You are out of every round before Monday 23 November 2027" in signed_in(ada).open("/this-week").text
    assert "You get no weekly letters" in signed_in(ben).open("/this-week").text


def test_a_round_that_was_run_ahead_of_its_week_is_shown_already(
    session: Session, signed_in: SigningIn, clock: Clock
) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    bring_together(session, run_round(session, weeks=1), ada, ben)
    clock.now = at("sun 12:00")
    page = signed_in(ada).open("/this-week").text
    assert "This week you could meet" in page
    assert "You are in the round of <strong>Monday 7 December" in page
