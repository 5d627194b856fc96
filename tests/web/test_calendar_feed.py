"""The calendar of a member: at an address nobody guesses, with what is on, until they say stop."""

from __future__ import annotations

import re
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.match import Match
from data.member import Member
from tests.cast import ADA, BEN, CLEO, at, join, say_yes
from tests.live_site import Clock
from tests.web.conftest import Bringing, Browser, SigningIn, fresh, main_of, path_of


def address_on(browser: Browser) -> str:
    """Return the path of the calendar that the page shows."""
    found = re.search(r"<code>(\S+)</code>", browser.open("/profile/calendar").text)
    assert found
    return path_of(found[1])


def summaries(browser: Browser, path: str) -> list[str]:
    calendar = icalendar.Calendar.from_ical(browser.open(path).text)
    return [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")]


@pytest.fixture
def ada_and_ben_meet(session: Session, ada_and_ben: Match) -> Match:
    """Ada and Ben, who have both said yes."""
    for seat in ada_and_ben.seats:
        say_yes(seat, at("mon 10:00"))
    session.commit()
    return ada_and_ben


def test_ada_subscribes_to_her_meetings(signed_in: SigningIn, browser: Browser, ada_and_ben_meet: Match) -> None:
    ada = signed_in(ada_and_ben_meet.seats[0].member)
    assert "<code>" not in ada.open("/profile/calendar").text
    assert "Here is your calendar." in ada.press("/profile/calendar", follow=True).text
    answer = browser.open(address_on(ada))  # by a program that has not signed in
    assert (answer.status_code, answer.content_type) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    assert summaries(browser, address_on(ada)) == ["Meet Ben"]
    assert "ben@example.org" not in answer.text


def test_it_lists_what_is_on_past_and_coming(
    session: Session, signed_in: SigningIn, brought_together: Bringing, ada_and_ben_meet: Match, clock: Clock
) -> None:
    ada, ben = (seat.member for seat in ada_and_ben_meet.seats)
    cleo = join(session, CLEO)
    brought_together(ben, cleo, weeks=3, on_at=at("mon 10:00", weeks=3))
    brought_together(ada, cleo, weeks=1, on_at=at("mon 10:00", weeks=1))
    asked = brought_together(ada, cleo, weeks=2)
    assert asked.on_at is None
    page = signed_in(ada)
    page.press("/profile/calendar")
    clock.now += timedelta(weeks=1)
    assert summaries(page, address_on(page)) == ["Meet Cleo", "Meet Ben"]
    ada_and_ben_meet.seats[1].free(at("wed 10:00"))
    session.commit()
    assert summaries(page, address_on(page)) == ["Meet Cleo"]


def test_a_new_address_stops_the_old_one_at_once(session: Session, signed_in: SigningIn, browser: Browser) -> None:
    ada = signed_in(join(session, ADA))
    ada.press("/profile/calendar")
    old = address_on(ada)
    ada.press("/profile/calendar")
    assert address_on(ada) != old
    assert browser.open(address_on(ada)).status_code == 200
    assert browser.open(old).status_code == 404
    last = address_on(ada)
    ada.press("/profile/calendar/end")
    unknown = browser.open("/calendar/nobodys-key.ics")
    for path in (old, last):
        dead = browser.open(path)
        assert (dead.status_code, main_of(dead.text)) == (404, main_of(unknown.text))
    assert "<code>" not in ada.open("/profile/calendar").text


def test_opening_pages_makes_no_calendar(session: Session, signed_in: SigningIn, browser: Browser) -> None:
    ada = join(session, ADA)
    page = signed_in(ada)
    for path in ("/profile/calendar", "/calendar/None.ics", "/calendar/.ics"):
        page.open(path)
        assert "None" not in main_of(browser.open(path).text)
    fresh(session, ada)
    assert ada.calendar_key is None


def test_nobody_changes_anothers_calendar(session: Session, signed_in: SigningIn, browser: Browser) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    hers, his = signed_in(ada), signed_in(ben)
    hers.press("/profile/calendar")
    fresh(session, ada)
    key = ada.calendar_key
    assert key is not None
    assert key not in his.open("/profile/calendar").text
    assert key not in hers.open("/profile/hello-stranger.json").text
    for visitor in (his, browser):
        for path in ("/profile/calendar", "/profile/calendar/end"):
            visitor.press(path)
    fresh(session, ada)
    assert ada.calendar_key == key


def test_whoever_leaves_has_no_calendar(session: Session, signed_in: SigningIn, browser: Browser) -> None:
    ada = join(session, ADA)
    page = signed_in(ada)
    page.press("/profile/calendar")
    path = address_on(page)
    page.press("/profile/leave")
    assert browser.open(path).status_code == 404
    fresh(session, ada)
    assert ada.calendar_key is None


def test_a_meeting_of_three_that_goes_on_without_ada_is_not_hers(
    session: Session, signed_in: SigningIn, brought_together: Bringing
) -> None:
    three = [join(session, role) for role in (ADA, BEN, CLEO)]
    match = brought_together(*three, on_at=at("mon 10:00"))
    pages = [signed_in(member) for member in three[:2]]
    for page in pages:
        page.press("/profile/calendar")
    match.seats[0].free(at("wed 10:00"))
    session.commit()
    assert [summaries(page, address_on(page)) for page in pages] == [[], ["Meet Cleo"]]


def test_an_address_nobody_has_confirmed_has_no_calendar(session: Session, browser: Browser) -> None:
    join(session, ADA, confirmed_at=None).open_calendar()
    ben = join(session, BEN)
    ben.open_calendar()
    session.commit()
    keys = {member.first_name: member.calendar_key for member in session.scalars(select(Member))}
    session.commit()
    assert browser.open(f"/calendar/{keys['Ada']}.ics").status_code == 404
    assert browser.open(f"/calendar/{keys['Ben']}.ics").status_code == 200
