"""Other programs hear of a match that is on, of one that was held, and that somebody was reported: in numbers alone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.match import Match
from data.webhook import EVENTS, Delivery, Webhook
from tests.cast import at
from tests.live_site import Clock
from tests.web.conftest import Browser, path_of
from web.links import Links


@pytest.fixture(autouse=True)
def webhook(session: Session) -> Webhook:
    """A program is told of everything."""
    webhook = Webhook(url="https://hooks.example.org", events=list(EVENTS), made_at=at("mon 06:00"))
    session.add(webhook)
    session.commit()
    return webhook


def told(session: Session) -> list[tuple[str, dict[str, Any]]]:
    deliveries = session.scalars(select(Delivery).order_by(Delivery.id)).all()
    session.commit()
    return [(delivery.event, delivery.facts) for delivery in deliveries]


def test_that_a_match_is_on_is_told_with_the_last_yes(
    browser: Browser, links: Links, session: Session, ada_and_ben: Match
) -> None:
    ticked = {"times": [time.starts_at.isoformat() for time in ada_and_ben.times]}
    for seat, events in zip(ada_and_ben.seats, ([], ["match_on"]), strict=True):
        browser.press(f"{path_of(links.match_url(seat))}/acceptance", ticked)
        browser.press(f"{path_of(links.match_url(seat))}/acceptance", ticked)  # a second press tells nothing new
        assert [event for event, _ in told(session)] == events
    ((_, facts),) = told(session)
    assert facts["match"] == ada_and_ben.id
    assert facts["meets_at"] == "2026-11-26T17:00:00+00:00"


def test_that_it_was_held_is_told_once_by_whoever_says_so_first(
    browser: Browser, links: Links, session: Session, clock: Clock, pair: Match
) -> None:
    clock.now = at("fri 09:00")
    for seat in pair.seats:
        browser.press(path_of(links.feedback_url(seat)), {"met": "yes", "rating": "5", "again": "yes"})
    assert [event for event, _ in told(session)] == ["match_held"]


def test_a_no_is_not_told_and_a_yes_after_it_is(
    browser: Browser, links: Links, session: Session, clock: Clock, pair: Match
) -> None:
    clock.now = at("fri 09:00")
    ada, ben = pair.seats
    browser.press(path_of(links.feedback_url(ada)), {"met": "they_did_not_come"})
    assert told(session) == []
    browser.press(path_of(links.feedback_url(ben)), {"met": "yes", "rating": "4"})
    assert [event for event, _ in told(session)] == ["match_held"]


def test_of_a_report_it_is_told_where_and_neither_who_nor_what(
    browser: Browser, links: Links, session: Session, pair: Match
) -> None:
    path = f"{path_of(links.match_url(pair.seats[0]))}/report"
    browser.press(path, {"note": "He was rude."})
    assert told(session) == [("reported", {"match": pair.id, "round": "2026-11-23"})]


def test_to_be_kept_apart_without_a_word_is_no_report(
    browser: Browser, links: Links, session: Session, pair: Match
) -> None:
    browser.press(f"{path_of(links.match_url(pair.seats[0]))}/report", {"note": ""})
    assert told(session) == []


def test_nothing_is_told_of_what_was_not_kept(
    browser: Browser, links: Links, session: Session, ada_and_ben: Match
) -> None:
    browser.press(f"{path_of(links.match_url(ada_and_ben.seats[0]))}/acceptance", {"times": []})
    assert told(session) == []


def test_no_name_address_or_word_is_in_what_is_told(
    browser: Browser, links: Links, session: Session, ada_and_ben: Match
) -> None:
    ticked = {"times": [time.starts_at.isoformat() for time in ada_and_ben.times]}
    for seat in ada_and_ben.seats:
        browser.press(f"{path_of(links.match_url(seat))}/acceptance", ticked)
    text = json.dumps(told(session))
    for word in ("Ada", "Ben", "Nurse", "@", "Café", "sourdough", ada_and_ben.room):
        assert word not in text
