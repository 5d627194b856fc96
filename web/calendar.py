"""What a calendar is told of a meeting: an invitation, its end, or all of a member's meetings (RFC 5545, 5546)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from data.community import NAME
from data.match import Match, Seat
from data.member import Member
from web.language import gettext as _
from web.language import speaking
from web.links import Links
from web.mail_names import address_of, in_ascii
from web.reply_address import ReplyAddresses
from web.sentence import topic_of
from web.settings import Settings
from web.terms import name_for
from web.wording import clock, day, introduced, map_of, meeting_place, names_of, said, zone_name

Method = Literal["REQUEST", "CANCEL", "PUBLISH"]
BEFORE = (timedelta(hours=24), timedelta(hours=2))  # when a calendar reminds
READ_AGAIN = timedelta(hours=1)  # how often a program may fetch the feed


def uid_of(settings: Settings, match: Match) -> str:
    """Return what a match is called in calendars, for as long as it exists."""
    return f"match-{match.id}@{urlsplit(settings.base_url).hostname}"


def invitation(settings: Settings, seat: Seat, now: datetime) -> str:
    """Return the invitation to a meeting that is on, or to its new time: the match's `sequence` has risen with it."""
    event = _event(settings, seat, now)
    event.add("status", "CONFIRMED")
    _invite(event, settings, seat)
    for before in BEFORE:
        event.add_component(_alarm(event, before))
    return _text("REQUEST", [event])


def cancellation(settings: Settings, seat: Seat, now: datetime, planned: datetime | None = None) -> str:
    """Return the end of an invitation; the caller has raised the match's `sequence` before.

    `planned` is when the meeting was to be, if the match does not say so any more.
    """
    event = _event(settings, seat, now, planned)
    event.add("status", "CANCELLED")
    _invite(event, settings, seat)
    return _text("CANCEL", [event])


def feed(settings: Settings, seats: Iterable[Seat], now: datetime, name: str = NAME) -> str:
    """Return a calendar of one member's meetings, for programs that fetch it; there is nothing to answer in it."""
    events = []
    for seat in seats:
        event = _event(settings, seat, now)
        event.add("status", "CONFIRMED")
        event.add("organizer", _named(address_of(settings.mail_from), seat))
        events.append(event)
    return _text("PUBLISH", events, name)


def _text(method: Method, events: list[Event], name: str = NAME) -> str:
    calendar = Calendar()
    calendar.add("prodid", "-//Hello Stranger//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if method == "PUBLISH":
        calendar.add("x-wr-calname", vText(name))
        calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", READ_AGAIN, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(settings: Settings, seat: Seat, now: datetime, planned: datetime | None = None) -> Event:
    """Return what every calendar is told; times in UTC, so that no program's idea of a time zone matters."""
    match, event = seat.match, Event()
    starts_at = planned or match.meets_at
    event.add("uid", uid_of(settings, match))
    event.add("sequence", match.sequence)
    event.add("dtstamp", now)
    if starts_at is not None:
        event.add("dtstart", starts_at)
        event.add("dtend", starts_at + timedelta(minutes=match.minutes))
    with speaking(seat.member.language):
        event.add("summary", _summary(seat))
        event.add("description", _description(settings, seat, starts_at))
        place = meeting_place(match)
    if match.mode == "call":
        room = settings.call_url_template.format(room=match.room)
        event.add("location", room)
        event.add("url", room)
    elif place:
        event.add("location", place)
        if match.venue:
            event.add("geo", (match.venue.latitude, match.venue.longitude))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    return event


def _invite(event: Event, settings: Settings, seat: Seat) -> None:
    """Ask the reader, and nobody else: whoever is listed is shown to the others with their address."""
    event.add("organizer", _named(ReplyAddresses(settings).of(seat), seat))
    attendee = vCalAddress(f"mailto:{_written(seat.member.email or '')}")
    asked = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION", "RSVP": "TRUE"}
    attendee.params.update(asked)
    event.add("attendee", attendee)


def _named(address: str, seat: Seat) -> vCalAddress:
    """The service, at an address."""
    organizer = vCalAddress(f"mailto:{_written(address)}")
    organizer.params["CN"] = name_for(seat)
    return organizer


def _written(address: str) -> str:
    """An address as mail servers know it, or as it is: a calendar entry must not stop a letter."""
    try:
        return in_ascii(address)
    except ValueError:
        return said(address)


def _alarm(event: Event, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -before)
    alarm.add("description", event["summary"])
    return alarm


def _others(seat: Seat) -> list[Member]:
    """Whom the meeting is with: those who may still come, or all once it is off."""
    return seat.partners or [other.member for other in seat.match.seats if other is not seat]


def _summary(seat: Seat) -> str:
    names = names_of(_others(seat))
    return _("Call with %(names)s", names=names) if seat.match.mode == "call" else _("Meet %(names)s", names=names)


def _description(settings: Settings, seat: Seat, starts_at: datetime | None) -> str:
    """What the letter says too, with the time by the reader's own clocks.

    Calendars are shown to colleagues and families: no link in it acts, and no handle of anybody stands in it.
    """
    match, zone = seat.match, seat.time_zone
    lines = [_("Who: %(people)s", people=introduced(_others(seat)))]
    if starts_at is not None:
        until = clock(starts_at + timedelta(minutes=match.minutes), zone)
        facts = {"day": day(starts_at, zone), "start": clock(starts_at, zone), "end": until, "zone": zone_name(zone)}
        lines.append(_("When: %(day)s, %(start)s to %(end)s, %(zone)s", **facts))
    if match.mode == "in_person" and match.meeting_place:
        lines.append(_("Where: %(place)s", place=meeting_place(match)))
        if match.venue:
            lines.append(_("Map: %(link)s", link=map_of(match.venue)))
    if match.topic:
        lines.append(_("Topic: %(topic)s", topic=topic_of(match)))
    link = Links(settings).this_week_url()
    lines.append("\n" + _("Change or cancel it here, once signed in: %(link)s", link=link))
    return "\n".join(lines)
