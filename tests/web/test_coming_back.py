"""Coming back after falling quiet: one press, without signing in, however late."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from data.readiness import is_ready
from tests.cast import ADA, MONDAY, at, join
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, fresh, one_database, path_of
from web.links import Links

NEXT_MONDAY = MONDAY.replace(day=30)


@pytest.fixture
def ada(session: Session) -> Member:
    """Ada, who has not answered for two weeks."""
    ada = join(session, ADA, quiet_since=at("wed 20:00", weeks=-1))
    session.commit()
    return ada


@pytest.fixture
def way_back(links: Links, ada: Member) -> str:
    """The link of the letter that told her."""
    return path_of(links.return_url(ada))


def test_opening_the_page_does_nothing_and_one_press_brings_her_back(
    session: Session, browser: Browser, ada: Member, way_back: str
) -> None:
    page = browser.open(way_back).text
    assert "We stopped pairing you after two weeks without an answer." in page
    fresh(session, ada)
    assert ada.quiet_since is not None
    assert "Good to have you back" in browser.press(way_back, follow=True).text
    fresh(session, ada)
    assert ada.quiet_since is None
    assert ada.came_back_at == at("mon 12:00")
    assert is_ready(session, ada, NEXT_MONDAY)


@one_database
def test_the_link_works_for_ever_and_not_for_who_has_left(
    session: Session, browser: Browser, clock: Clock, ada: Member, way_back: str
) -> None:
    clock.now = at("mon 12:00", weeks=150)
    assert browser.press(way_back).status_code == 303
    ada.leave(clock.now)
    session.commit()
    assert browser.open(way_back).status_code == 404
    assert browser.press(way_back).status_code == 404
    assert browser.open(f"{way_back[:-4]}AAAA").status_code == 404


@one_database
def test_who_is_asked_first_has_said_so_by_coming_back(
    session: Session, browser: Browser, ada: Member, way_back: str
) -> None:
    ada.ask_first = True
    session.commit()
    browser.press(way_back)
    fresh(session, ada)
    assert is_ready(session, ada, NEXT_MONDAY)


@one_database
def test_every_page_that_says_how_she_stands_says_so_and_offers_the_way_back(
    session: Session, signed_in: SigningIn, links: Links, ada: Member
) -> None:
    week = path_of(links.week_url(ada, NEXT_MONDAY))
    browser = signed_in(ada)
    for path in ("/profile/taking-part", "/this-week", week):
        page = browser.open(path).text
        assert "We stopped pairing you after two weeks without an answer." in page
        assert "Take part again" in page
    browser.press("/profile/return")
    fresh(session, ada)
    assert ada.quiet_since is None
