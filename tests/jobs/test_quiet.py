"""Two unanswered weeks: paired no more, told so kindly, back with one press."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.letter import Letter
from data.match import Seat
from data.member import Member
from jobs.quiet import pause_the_silent
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round, say_yes
from web.letters import Letters
from web.settings import Settings

LETTERS = Letters(Settings())
NOW = at("wed 20:01")


@pytest.fixture
def ada(session: Session) -> Member:
    return join(session, ADA)


@pytest.fixture
def ben(session: Session) -> Member:
    return join(session, BEN)


def silent(session: Session, ada: Member, ben: Member, weeks: int) -> Seat:
    """A week in which Ben said yes and Ada said nothing; her seat."""
    match = bring_together(session, run_round(session, weeks=weeks), ada, ben)
    say_yes(match.seats[1], at("tue 10:00", weeks=weeks))
    for seat in match.seats:
        seat.free(at("wed 20:01", weeks=weeks))
    session.flush()
    return match.seats[0]


def test_after_two_silent_weeks_ada_is_paused_and_written_to_once(session: Session, ada: Member, ben: Member) -> None:
    first = silent(session, ada, ben, weeks=-1)
    assert pause_the_silent(session, [first], LETTERS, at("wed 20:01", weeks=-1)) == 0
    assert ada.quiet_since is None
    second = silent(session, ada, ben, weeks=0)
    assert pause_the_silent(session, [second], LETTERS, NOW) == 1
    assert pause_the_silent(session, [second], LETTERS, NOW) == 0
    assert ada.quiet_since == NOW
    assert ben.quiet_since is None
    assert [(letter.kind, letter.address) for letter in session.query(Letter)] == [("we_paused_you", "ada@example.org")]


def test_an_answer_in_between_begins_the_count_anew(session: Session, ada: Member, ben: Member) -> None:
    silent(session, ada, ben, weeks=-2)
    answered = bring_together(session, run_round(session, weeks=-1), ada, ben)
    say_yes(answered.seats[0], at("tue 10:00", weeks=-1))
    assert pause_the_silent(session, [silent(session, ada, ben, weeks=0)], LETTERS, NOW) == 0


def test_coming_back_begins_the_count_anew(session: Session, ada: Member, ben: Member) -> None:
    silent(session, ada, ben, weeks=-1)
    ada.resume(at("fri 10:00", weeks=-1))
    assert pause_the_silent(session, [silent(session, ada, ben, weeks=0)], LETTERS, NOW) == 0


def test_weeks_without_an_introduction_do_not_matter(session: Session, ada: Member, ben: Member) -> None:
    silent(session, ada, ben, weeks=-4)
    assert pause_the_silent(session, [silent(session, ada, ben, weeks=0)], LETTERS, NOW) == 1


@pytest.mark.parametrize("gone", ["left", "unsubscribed"])
def test_whoever_has_gone_anyway_is_not_written_to(session: Session, ada: Member, ben: Member, gone: str) -> None:
    silent(session, ada, ben, weeks=-1)
    seat = silent(session, ada, ben, weeks=0)
    if gone == "left":
        ada.leave(NOW)
    else:
        ada.unsubscribe(NOW)
    assert pause_the_silent(session, [seat], LETTERS, NOW) == 0


def test_a_question_at_short_notice_need_not_be_answered(session: Session, ada: Member, ben: Member) -> None:
    silent(session, ada, ben, weeks=-1)
    seat = silent(session, ada, ben, weeks=0)
    seat.match.answer_until = at("wed 18:00")
    assert pause_the_silent(session, [seat], LETTERS, NOW) == 0


def test_who_said_yes_to_one_and_nothing_to_the_next_of_the_same_week_has_answered(
    session: Session, ada: Member, ben: Member
) -> None:
    silent(session, ada, ben, weeks=-1)
    round_ = run_round(session)
    first = bring_together(session, round_, ada, ben)
    say_yes(first.seats[0], at("mon 10:00"))
    for seat in first.seats:
        seat.free(at("tue 10:00"))
    session.flush()
    second = bring_together(session, round_, ada, join(session, CLEO), made_at=at("tue 10:01"))
    second.seats[0].free(at("thu 10:00"))
    assert pause_the_silent(session, [second.seats[0]], LETTERS, at("thu 10:00")) == 0
