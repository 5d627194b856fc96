"""A listed place is shown on a map, wherever it is named: many cafés share a name, and few lists know their street."""

from __future__ import annotations

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from data.match import Match
from data.venues import SuggestedVenue, Venue
from tests.cast import ADA, BEN, join
from tests.web.conftest import Bringing, Browser, all_say_yes, letters, one_database, pages_of
from web.calendar import invitation
from web.links import Links
from web.settings import Settings

MAP = "https://www.openstreetmap.org/?mlat=55.67870&mlon=12.57940#map=18/55.67870/12.57940"
pytestmark = one_database


@pytest.fixture
def match(session: Session, brought_together: Bringing) -> Match:
    """Ada and Ben, who were offered a café known by its name alone; neither has answered yet."""
    match = brought_together(join(session, ADA), join(session, BEN), meeting_place="")
    cafe = Venue(kind="cafe", name="Café Nord", latitude=55.6787, longitude=12.5794)
    match.suggestions.append(SuggestedVenue(rank=1, venue=cafe))
    session.commit()
    return match


def test_the_page_and_the_letter_of_a_meeting_that_is_on_lead_to_the_map(
    session: Session, browser: Browser, links: Links, match: Match
) -> None:
    adas, bens = pages_of(links, match)
    for page in (adas, bens):
        assert "openstreetmap" not in browser.open(page).text  # nobody learns the place before both have said yes
        browser.press(f"{page}/acceptance", {"times": [match.times[0].starts_at.isoformat()], "minutes": "45"})
    assert MAP.replace("&", "&amp;") in browser.open(adas).text
    told = letters(session, "it_is_on")
    assert len(told) == 2
    assert all(f"Where: Café Nord\nMap: {MAP}\n" in letter.text for letter in told)


def test_calendars_get_its_position(session: Session, settings: Settings, match: Match) -> None:
    all_say_yes(session, match)
    (event,) = Calendar.from_ical(invitation(settings, match.seats[0], match.made_at)).events
    assert event["GEO"].to_ical() == "55.6787;12.5794"
    assert f"Where: Café Nord\nMap: {MAP}\n" in str(event["DESCRIPTION"])


def test_a_place_agreed_in_words_has_no_pin(session: Session, browser: Browser, links: Links, match: Match) -> None:
    all_say_yes(session, match)
    match.meeting_place = "Main library, Krystalgade 15"
    session.commit()
    assert "openstreetmap" not in browser.open(pages_of(links, match)[0]).text
