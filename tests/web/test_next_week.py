"""Next week: skipped, paused or resumed with one press and without signing in; and no more letters at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from data.readiness import is_ready
from tests.cast import ADA, BEN, MONDAY, at, bring_together, join, run_round
from tests.live_site import Clock
from tests.web.conftest import Browser, fresh, one_database, path_of
from web.links import Links

NEXT_MONDAY = MONDAY + timedelta(weeks=1)


@pytest.fixture
def ada(session: Session) -> Member:
    """Ada, signed up long ago."""
    ada = join(session, ADA)
    session.commit()
    return ada


@pytest.fixture
def adas_week(links: Links, ada: Member) -> str:
    """The link of Friday's letter."""
    return path_of(links.week_url(ada, NEXT_MONDAY))


def test_one_press_skips_the_week_and_another_takes_it_back(
    session: Session, browser: Browser, ada: Member, adas_week: str
) -> None:
    assert "You are in" in browser.open(adas_week).text
    for _ in range(2):
        browser.press(f"{adas_week}/skip")
    fresh(session, ada)
    assert ada.paused_until == NEXT_MONDAY + timedelta(weeks=1)
    assert "You are out of every round before Monday 7 December 2026" in browser.open(adas_week).text
    browser.press(f"{adas_week}/return")
    fresh(session, ada)
    assert ada.paused_until is None


@one_database
def test_skipping_a_week_does_not_shorten_a_longer_pause(
    session: Session, browser: Browser, ada: Member, adas_week: str
) -> None:
    browser.press(f"{adas_week}/pause", {"until": "2027-01-12"})
    browser.press(f"{adas_week}/skip")
    fresh(session, ada)
    assert ada.paused_until == date(2027, 1, 18)  # the first Monday from that Tuesday on


@one_database
@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("", "like 2027-01-15"),
        ("soon", "like 2027-01-15"),
        ("2026-11-23", "still to come"),
        ("2028-01-01", "within a year"),
    ],
)
def test_a_pause_needs_a_sensible_day(browser: Browser, adas_week: str, until: str, sentence: str) -> None:
    answer = browser.press(f"{adas_week}/pause", {"until": until})
    assert answer.status_code == 422
    assert sentence in answer.text


@one_database
def test_once_the_round_has_begun_the_match_itself_is_to_be_answered(
    session: Session, browser: Browser, clock: Clock, ada: Member, adas_week: str
) -> None:
    clock.now = at("mon 07:00", weeks=1)
    assert "pairs are made" in browser.open(adas_week).text
    assert "made already" in browser.press(f"{adas_week}/skip", follow=True).text
    fresh(session, ada)
    assert ada.paused_until is None
    clock.now = at("mon 07:00", weeks=2)
    assert browser.open(adas_week).status_code == 404


@one_database
def test_somebody_who_has_left_has_no_next_week(
    session: Session, browser: Browser, ada: Member, adas_week: str, links: Links
) -> None:
    unsubscribe = path_of(links.unsubscribe_url(ada))
    ada.leave(at("mon 10:00"))
    session.commit()
    assert browser.open(adas_week).status_code == 404
    assert browser.open(unsubscribe).status_code == 404


@pytest.fixture
def asked_first(session: Session, ada: Member) -> Member:
    """Ada, who wants to be asked first."""
    ada.ask_first = True
    session.commit()
    return ada


def test_who_is_asked_first_says_in_with_one_press_and_can_still_skip(
    session: Session, browser: Browser, asked_first: Member, adas_week: str
) -> None:
    page = browser.open(adas_week).text
    assert "You are in if you say so, by Sunday." in page
    assert "Skip this week" not in page
    for _ in range(2):
        assert "You are in. On Monday" in browser.press(f"{adas_week}/in", follow=True).text
    fresh(session, asked_first)
    assert asked_first.in_for == NEXT_MONDAY
    assert is_ready(session, asked_first, NEXT_MONDAY)
    session.commit()
    browser.press(f"{adas_week}/skip")
    fresh(session, asked_first)
    assert not is_ready(session, asked_first, NEXT_MONDAY)
    session.commit()


def test_who_is_asked_first_and_comes_back_has_said_so_with_that(
    session: Session, browser: Browser, asked_first: Member, adas_week: str
) -> None:
    browser.press(f"{adas_week}/skip")
    assert "You are in. On Monday" in browser.press(f"{adas_week}/return", follow=True).text
    fresh(session, asked_first)
    assert is_ready(session, asked_first, NEXT_MONDAY)


@one_database
@pytest.mark.usefixtures("asked_first")
def test_opening_the_page_says_in_for_nobody_and_after_the_round_it_is_too_late(
    session: Session, browser: Browser, clock: Clock, ada: Member, adas_week: str
) -> None:
    browser.open(adas_week)
    clock.now = at("mon 06:00", weeks=1)
    assert "I am in" not in browser.open(adas_week).text
    assert "made already" in browser.press(f"{adas_week}/in", follow=True).text
    fresh(session, ada)
    assert ada.in_for is None


@one_database
def test_whoever_rests_in_their_rhythm_is_told_why(
    session: Session, browser: Browser, ada: Member, adas_week: str
) -> None:
    ada.rhythm_weeks = 2
    bring_together(session, run_round(session), ada, join(session, BEN))
    session.commit()
    page = browser.open(adas_week).text
    assert "This time you rest: you wanted to meet somebody every other week" in page
    assert "Skip this week" not in page
