"""What a calendar is told: read by two libraries that know nothing of each other, whatever people have written."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from babel.dates import get_timezone_location
from hypothesis import given
from hypothesis import strategies as st

from data.match import Match, Seat
from tests.web.strangers_calendar import THURSDAY, on
from web.calendar import cancellation, feed, invitation
from web.reply_address import ReplyAddresses
from web.settings import Settings

SETTINGS = Settings(base_url="https://hello.example.org", call_url_template="https://meet.example.org/{room}")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca", "Pacific/Auckland",
)  # fmt: skip
SUNDAYS = [date(2026, 1, 4) + timedelta(weeks=week) for week in range(104)]
HOSTILE = (
    "Ben\r\nATTENDEE:mailto:eve@example.org\nEND:VEVENT",
    "a\x00b\x1b[31m",
    "\u202enataS\u202c; rm, -rf \\ \\n",
    "x" * 10_000,
    "🙂" * 200,
    "\u2028\u2029\x85\x0bMETHOD:CANCEL",
    "BEGIN:VALARM",
    "https://evil.example/ \ud83d",
    '";X-EVIL=1:',
)
Make = Callable[[Settings, Seat, datetime], str]


def read(text: str) -> tuple[Any, Any]:
    """Return the one event of a calendar as each of the two libraries reads it."""
    calendar, other = icalendar.Calendar.from_ical(text), vobject.readOne(text)
    [event] = calendar.walk("VEVENT")
    assert calendar["METHOD"] == other.method.value
    return event, other.vevent


def test_an_invitation_asks_its_reader_alone() -> None:
    ada, ben = on().seats
    text = invitation(SETTINGS, ada, NOW)
    event, other = read(text)
    assert icalendar.Calendar.from_ical(text)["METHOD"] == "REQUEST"
    assert event["UID"] == other.uid.value == "match-5@hello.example.org"
    assert event["SEQUENCE"] == int(other.sequence.value) == 1
    attendee = event["ATTENDEE"]
    assert str(attendee) == other.attendee.value == "mailto:ada@example.org"
    assert dict(attendee.params) == {
        "CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE",
    }  # fmt: skip
    organizer = event["ORGANIZER"]
    assert organizer == f"mailto:{ReplyAddresses(SETTINGS).of(ada)}"
    assert organizer.params["CN"] == other.organizer.params["CN"][0] == "Hello, Stranger"
    assert "ben@example.org" not in text
    assert "ben@example.org" in invitation(SETTINGS, ben, NOW)


def test_it_says_when_where_and_with_whom() -> None:
    event, other = read(invitation(SETTINGS, on().seats[0], NOW))
    assert event.start == other.dtstart.value == THURSDAY
    assert event.end == other.dtend.value == THURSDAY + timedelta(minutes=45)
    assert event["DTSTAMP"].dt == NOW
    assert event["SUMMARY"] == other.summary.value == "Meet Ben"
    assert event["LOCATION"] == other.location.value == "Café Europa, Amagertorv 1"
    assert (
        str(event["DESCRIPTION"])
        == other.description.value
        == (
            "Who: Ben (Veterinarian)\n"
            "When: Thursday 26 November, 18:30 to 19:15, Copenhagen time\n"
            "Where: Café Europa, Amagertorv 1\n"
            "Topic: sourdough\n\n"
            "Change or cancel it here, once signed in: https://hello.example.org/this-week"
        )
    )
    assert (event["CLASS"], event["TRANSP"], event["STATUS"]) == ("PRIVATE", "OPAQUE", "CONFIRMED")


def test_it_reminds_a_day_and_two_hours_before() -> None:
    event, other = read(invitation(SETTINGS, on().seats[0], NOW))
    alarms = event.walk("VALARM")
    before = [-timedelta(hours=24), -timedelta(hours=2)]
    assert [alarm["TRIGGER"].dt for alarm in alarms] == before
    assert [alarm.trigger.value for alarm in other.valarm_list] == before
    assert {alarm["ACTION"] for alarm in alarms} == {"DISPLAY"}


def test_a_call_is_where_its_room_is() -> None:
    event, _ = read(invitation(SETTINGS, on(mode="call", meeting_place="").seats[0], NOW))
    assert event["SUMMARY"] == "Call with Ben"
    assert event["LOCATION"] == event["URL"] == "https://meet.example.org/secret-room"


def test_three_are_invited_to_meet_the_two_others() -> None:
    match = on(("Europe/Copenhagen",) * 3)
    assert read(invitation(SETTINGS, match.seats[0], NOW))[0]["SUMMARY"] == "Meet Ben and Cleo"
    match.seats[1].freed_at = NOW
    assert read(invitation(SETTINGS, match.seats[0], NOW))[0]["SUMMARY"] == "Meet Cleo"


def test_a_cancellation_ends_the_same_event() -> None:
    match = on()
    asked, _ = read(invitation(SETTINGS, match.seats[0], NOW))
    match.sequence += 1
    for seat in match.seats:
        seat.freed_at = NOW
    text = cancellation(SETTINGS, match.seats[0], NOW)
    event, other = read(text)
    assert other.status.value == event["STATUS"] == "CANCELLED"
    assert icalendar.Calendar.from_ical(text)["METHOD"] == "CANCEL"
    for name in ("UID", "SUMMARY", "DTSTART", "ORGANIZER", "ATTENDEE"):
        assert event[name] == asked[name]
    assert event["SEQUENCE"] == asked["SEQUENCE"] + 1
    assert event.walk("VALARM") == []


def test_a_meeting_without_a_time_can_be_cancelled_too() -> None:
    match = on(meets_at=None, on_at=None)
    assert "DTSTART" not in icalendar.Calendar.from_ical(cancellation(SETTINGS, match.seats[0], NOW)).walk("VEVENT")[0]
    assert read(cancellation(SETTINGS, match.seats[0], NOW, THURSDAY))[0].start == THURSDAY


def test_a_feed_asks_for_nothing() -> None:
    seats = [on().seats[0], on(id=6, meets_at=THURSDAY + timedelta(weeks=1)).seats[0]]
    text = feed(SETTINGS, seats, NOW)
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["METHOD"] == "PUBLISH"
    assert [event["UID"] for event in calendar.walk("VEVENT")] == [
        "match-5@hello.example.org",
        "match-6@hello.example.org",
    ]
    assert len(vobject.readOne(text).vevent_list) == 2
    assert "ATTENDEE" not in text
    assert "+c7-" not in text  # whoever sees a shared calendar cannot answer from it
    assert icalendar.Calendar.from_ical(feed(SETTINGS, [], NOW)).walk("VEVENT") == []


def test_an_address_with_other_letters_is_written_as_calendars_know_it() -> None:
    match = on()
    match.seats[0].member.email = "ada@bücher.example"
    assert read(invitation(SETTINGS, match.seats[0], NOW))[0]["ATTENDEE"] == "mailto:ada@xn--bcher-kva.example"
    match.seats[0].member.email = "ada@bü..cher\r\nX:1"
    assert "\r\nX:1" not in invitation(SETTINGS, match.seats[0], NOW)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("make", [invitation, cancellation, lambda *given: feed(given[0], [given[1]], given[2])])
def test_nothing_anybody_wrote_starts_a_line_of_its_own(make: Make, words: str) -> None:
    check_plain(make(SETTINGS, written(words), NOW), make(SETTINGS, written("x"), NOW))


@given(st.text(max_size=400))
def test_nothing_anybody_could_write_does(words: str) -> None:
    check_plain(invitation(SETTINGS, written(words), NOW), invitation(SETTINGS, written("x"), NOW))


def written(words: str) -> Seat:
    """Ada's seat in a match in which everything that people write is `words`."""
    match: Match = on(meeting_place=f"at {words}", topic=f"of {words}")
    match.seats[1].member.first_name, match.seats[1].member.profession = f"Ben {words}", f"a {words}"
    return match.seats[0]


def check_plain(text: str, harmless: str) -> None:
    """Both libraries find the same properties as without any of it, on lines that every program can read."""
    assert all(len(line.encode("utf-8")) <= 75 for line in text.split("\r\n"))
    assert text.count("\n") == text.count("\r") == text.count("\r\n")
    assert "\x00" not in text
    assert "\u202e" not in text
    (event, other), (expected, _) = read(text), read(harmless)
    assert list(event) == list(expected)
    assert len(event.subcomponents) == len(expected.subcomponents)
    assert other.summary.value == str(event["SUMMARY"])
    assert other.description.value == str(event["DESCRIPTION"])
    assert other.description.value.count("\n") == str(expected["DESCRIPTION"]).count("\n")
    assert "evil.example" not in text
    assert len(text) < 4000


@pytest.mark.parametrize("zone", ZONES)
def test_over_every_clock_change_all_agree_to_the_minute(zone: str) -> None:
    """Every week of two years: a time in the night of Sunday, when clocks change, and any other of the week after."""
    chance, local = random.Random(zone), ZoneInfo(zone)
    for sunday in SUNDAYS:
        night = datetime.combine(sunday, time(), local) + timedelta(minutes=chance.randrange(0, 240, 15))
        any_time = night + timedelta(minutes=15 * chance.randrange(7 * 96))
        for moment in (night, any_time):
            check_agree(moment.astimezone(UTC), zone, chance.choice(ZONES))


def check_agree(moment: datetime, zone: str, elsewhere: str) -> None:
    """The two libraries read the instant that was stored; the words say what the reader's clocks show then."""
    match = on((zone, elsewhere), mode="call", meets_at=moment, meeting_place="")
    event, other = read(invitation(SETTINGS, match.seats[0], NOW))
    assert event.start == other.dtstart.value == moment
    assert event.start.utcoffset() == other.dtstart.value.utcoffset() == timedelta(0)
    assert event.end - event.start == other.dtend.value - other.dtstart.value == timedelta(minutes=45)
    starts, ends = (one.astimezone(ZoneInfo(zone)) for one in (moment, moment + timedelta(minutes=45)))
    city = get_timezone_location(zone, locale="en_GB", return_city=True)  # as the Unicode consortium says it
    words = f"When: {starts:%A} {starts.day} {starts:%B}, {starts:%H:%M} to {ends:%H:%M}, {city} time\n"
    assert words in other.description.value
    assert words in str(event["DESCRIPTION"])
