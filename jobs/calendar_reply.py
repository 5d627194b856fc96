"""What a calendar answers to an invitation (RFC 5546, METHOD:REPLY): which meeting, who, and what they say.

Only the lines that are asked about are read. No time zone is built and no rule of repetition followed: what is not
read costs nothing, whatever it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar.parser import Contentline, Contentlines

from jobs.received_message import NotAnAnswer

MOST_LINES = 1_000
DEEPEST = 4
EVENT = ("VCALENDAR", "VEVENT")
ASKED = {("VCALENDAR",): {"METHOD"}, EVENT: {"UID", "SEQUENCE", "ATTENDEE", "RECURRENCE-ID"}}
IGNORED = {"VTIMEZONE"}  # beside the event: a time zone says nothing about the answer
NAME = re.compile(r"[A-Za-z-]+")
NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class CalendarReply:
    """One answer to one invitation."""

    uid: str
    sequence: int  # which state of the invitation it answers
    attendee: str  # the address that answers
    answer: str  # ACCEPTED, DECLINED, TENTATIVE, …


def read_reply(text: str) -> CalendarReply:
    """Return what a calendar answers. Raises NotAnAnswer for anything but one reply about one event."""
    found = _collect(_lines(text))
    if _only(found["METHOD"])[1].upper() != "REPLY":
        raise NotAnAnswer("a calendar that is no reply")
    if found["RECURRENCE-ID"]:
        raise NotAnAnswer("about one of several meetings")
    partstat, attendee = _only(found["ATTENDEE"])
    sequence = _only(found["SEQUENCE"] or [("", "0")])[1]
    if not NUMBER.fullmatch(sequence) or attendee[:7].lower() != "mailto:":
        raise NotAnAnswer("a broken sequence or attendee")
    return CalendarReply(_only(found["UID"])[1], int(sequence), attendee[7:], partstat.upper())


def _lines(text: str) -> list[Contentline]:
    unfolded: list[Contentline] = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]  # as the library has it
    lines = [line for line in unfolded if line.strip()]
    if len(lines) > MOST_LINES:
        raise NotAnAnswer("too many lines")
    return lines


def _collect(lines: Iterable[Contentline]) -> dict[str, list[tuple[str, str]]]:
    """Return the lines that are asked about, by name: what each one's PARTSTAT and its value say."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    inside: tuple[str, ...] = ()
    events = calendars = 0
    for line in lines:
        name = _name_of(line)
        if name == "BEGIN":
            inside = (*inside, line.partition(":")[2].strip().upper())
            calendars, events = calendars + (len(inside) == 1), events + (inside == EVENT)
            _check_place(inside)
        elif name == "END":
            if inside[-1:] != (line.partition(":")[2].strip().upper(),):
                raise NotAnAnswer("ends that fit no beginning")
            inside = inside[:-1]
        elif name in ASKED.get(inside, ()):
            found[name].append(_value(line))
    if inside or (calendars, events) != (1, 1):
        raise NotAnAnswer("not about one event")
    return found


def _check_place(inside: tuple[str, ...]) -> None:
    known = inside[0] == "VCALENDAR" and (inside[1:2] or EVENT[1:])[0] in {"VEVENT", *IGNORED}
    if not known or len(inside) > DEEPEST:
        raise NotAnAnswer("something else beside an event")


def _name_of(line: Contentline) -> str:
    name = NAME.match(line)
    return name[0].upper() if name else ""


def _value(line: Contentline) -> tuple[str, str]:
    try:
        _, parameters, value = line.parts()
    except ValueError as error:
        raise NotAnAnswer("a broken line") from error
    return str(parameters.get("PARTSTAT", "")), str(value).strip()


def _only(values: list[tuple[str, str]]) -> tuple[str, str]:
    if len(values) != 1:
        raise NotAnAnswer("not one method, meeting and attendee")
    return values[0]
