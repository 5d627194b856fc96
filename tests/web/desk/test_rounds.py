"""The page of a round: its deadlines, its figures, its funnel and its matches, for organisers alone."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.funnel import count_funnel, keep_funnel
from data.match import Match
from data.member import Member
from data.round import Round
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, at, bring_together, join, run_round, say_yes
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, main_of, one_database, words_of
from web.desk.match_in_words import state_in_a_word
from web.desk.rounds import MATCHES_A_PAGE

AFTER = at("fri 12:00")
PAGE = "/desk/rounds/2026-11-23"


@pytest.fixture
def organiser(session: Session) -> Member:
    """Finn looks after the community."""
    return join(session, FINN, role="organiser")


@pytest.fixture
def round_(session: Session) -> Round:
    """This week's round."""
    round_ = run_round(session)
    round_.figures = {"people": 812, "nearby": 300, "calls": 100, "trios": 4, "weight": 244.0, "waiting": "abc"}
    return round_


def say_all(match: Match) -> Match:
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    return match


def test_it_shows_who_meets_whom_how_why_and_how_it_stands(
    session: Session, round_: Round, organiser: Member, signed_in: SigningIn, clock: Clock
) -> None:
    match = say_all(bring_together(session, round_, join(session, ADA), join(session, BEN)))
    session.add(Feedback(seat=match.seats[0], given_at=AFTER, met="yes", rating=5))
    trio = [join(session, role) for role in (CLEO, DAN, EVA)]
    bring_together(session, round_, *trio, mode="call", reason="You both live by the water.")
    keep_funnel(session, round_.id, count_funnel(session, round_, AFTER), AFTER)
    browser = signed_in(organiser)
    clock.now = AFTER
    answer = browser.open(PAGE).text
    page = " ".join(words_of(main_of(answer)).split())
    assert "Ada (Nurse) and Ben (Veterinarian) in person You could both talk for an hour about sourdough. held" in page
    assert (
        "Cleo (Bookkeeper), Dan (Gardener) and Eva (Bridge engineer) three on a call You both live by the water. not answered yet"
        in page
    )
    assert "<dt>expected of a pair, of 1</dt><dd>0.61</dd>" in answer
    assert "<dt>trios</dt><dd>under 10</dd>" in answer
    assert "Counted on" in page
    assert "abc" not in page


@one_database
def test_matches_are_shown_fifty_at_a_time(
    session: Session, round_: Round, organiser: Member, signed_in: SigningIn
) -> None:
    for number in range(MATCHES_A_PAGE + 1):
        people = [join(session, role, email=f"{role.name}{number}@example.org") for role in (ADA, BEN)]
        bring_together(session, round_, *people)
    browser = signed_in(organiser)
    first = browser.open(PAGE).text
    assert (first.count("Ada</bdi>") or first.count("Ada (Nurse)")) == MATCHES_A_PAGE
    assert "The next ones" in first
    second = browser.open(f"{PAGE}?after={MATCHES_A_PAGE}").text
    assert second.count("Ada (Nurse)") == 1
    assert "The next ones" not in second
    assert "There are no more." in browser.open(f"{PAGE}?after=999999").text


@one_database
@pytest.mark.parametrize("day", ["2026-11-30", "20261123", "2026-W48-1", "yesterday", "2026-02-30", "2026-11-24"])
def test_there_is_no_page_of_a_day_without_a_round(
    round_: Round, organiser: Member, signed_in: SigningIn, day: str
) -> None:
    assert round_.id
    browser = signed_in(organiser)
    assert browser.open(f"/desk/rounds/{day}").status_code == 404
    assert browser.open(f"{PAGE}?after=²").status_code == 200


@one_database
def test_a_round_not_yet_counted_and_without_matches_has_a_page(
    round_: Round, organiser: Member, signed_in: SigningIn
) -> None:
    assert round_.id
    page = signed_in(organiser).open(PAGE).text
    assert "Its people are being counted" in page
    assert "Nobody was brought together." in page


@one_database
@pytest.mark.parametrize("role", ["member", "host"])
def test_nobody_else_finds_it(session: Session, round_: Round, signed_in: SigningIn, role: str) -> None:
    assert round_.id
    browser: Browser = signed_in(join(session, ADA, role=role))
    assert browser.open(PAGE).status_code == 404


@one_database
def test_every_state_has_its_word(session: Session, round_: Round) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    match = bring_together(session, round_, ada, ben)
    assert state_in_a_word(match, None, at("mon 12:00")) == "not answered yet"
    assert state_in_a_word(match, None, at("mon 12:00", weeks=3)) == "came to nothing"
    match.seats[0].accepted_at = at("mon 12:00")
    assert state_in_a_word(match, None, at("mon 12:00")) == "one has said yes"
    match.seats[0].accepted_at = None
    say_all(match)
    assert state_in_a_word(match, None, at("mon 12:00")) == "fixed"
    assert state_in_a_word(match, None, AFTER) == "over, nothing heard"
    match.seats[1].accepted_at, match.seats[1].declined_at = None, at("tue 12:00")
    assert state_in_a_word(match, None, at("tue 12:00")) == "somebody said no"
    match.seats[1].free(at("tue 12:00"))
    assert state_in_a_word(match, None, at("tue 12:00")) == "off"
