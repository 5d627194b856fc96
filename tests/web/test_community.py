"""The page of the community, its figures, and what a member needs to bring somebody along."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.few import FEWEST
from tests.cast import ADA, BEN, at, bring_together, join, run_round
from tests.live_site import Clock
from tests.web.conftest import Browser, one_database

pytestmark = one_database


def hold(session: Session, meetings: int) -> None:
    """Let so many meetings be held, and half of the people learn something."""
    round_ = run_round(session, weeks=-1)
    for number in range(meetings):
        people = [join(session, role, email=f"{role.name}{number}@example.org") for role in (ADA, BEN)]
        seat = bring_together(session, round_, *people, on_at=at("tue 09:00", weeks=-1)).seats[0]
        learned = "Bread needs time." if number % 2 else ""
        session.add(Feedback(seat_id=seat.id, given_at=at("fri 10:00", weeks=-1), met="yes", rating=5, learned=learned))
    session.commit()


@pytest.fixture(autouse=True)
def _uncounted(app: Flask) -> None:
    app.extensions.pop("figures", None)


@pytest.mark.parametrize("path", ["/", "/community"])
def test_figures_are_told_once_they_are_of_ten_meetings(session: Session, browser: Browser, path: str) -> None:
    hold(session, FEWEST)
    page = browser.open(path).text
    assert "<dt>meetings held</dt><dd>10</dd>" in page
    assert "<dt>of those planned took place</dt><dd>100%</dd>" in page
    assert "<dt>things learned</dt><dd>5</dd>" in page


@pytest.mark.parametrize("path", ["/", "/community"])
def test_fewer_are_not_told_as_they_would_be_about_somebody(session: Session, browser: Browser, path: str) -> None:
    hold(session, FEWEST - 1)
    assert "meetings held" not in browser.open(path).text


def test_figures_are_counted_anew_after_ten_minutes(session: Session, browser: Browser, clock: Clock) -> None:
    assert "meetings held" not in browser.open("/community").text
    hold(session, FEWEST)
    assert "meetings held" not in browser.open("/community").text
    clock.now = at("mon 12:11")
    assert "meetings held" in browser.open("/community").text


def test_an_invitation_is_an_address_and_a_code_that_count_nobody(adas: Browser) -> None:
    page = adas.open("/invite").text
    assert 'value="http://hello.example.org/"' in page
    assert "<svg" in page.split('class="code"')[1]
