"""A message from anybody: an answer is found in it, or it is refused at once, whatever it is made of."""

from __future__ import annotations

import gc
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.calendar_reply import CalendarReply, read_reply
from jobs.receive_mail import Answer, answer_in
from jobs.received_message import LARGEST, NotAnAnswer, calendar_in, is_vouched_for, open_message, sender_of
from tests.jobs.answers import BOMB, answer_of
from tests.web.strangers_calendar import on
from web.settings import Settings

SETTINGS = Settings(base_url="https://hello.example.org")
NO = answer_of(on().seats[0], SETTINGS)
HEADERS = f"From: {NO.sender}\r\nTo: {NO.recipient}\r\nMIME-Version: 1.0\r\n"
CALENDAR = "Content-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"


def nested(depth: int, inner: str, kind: str = "multipart/mixed", more: str = "") -> str:
    """Return parts within parts within parts."""
    opened = "".join(f'Content-Type: {kind}; boundary="b{level}"{more}\r\n\r\n--b{level}\r\n' for level in range(depth))
    return opened + inner + "".join(f"\r\n--b{level}--\r\n" for level in reversed(range(depth)))


def event(lines: str) -> str:
    """Return a message whose event holds these lines."""
    return HEADERS + CALENDAR + NO.but(more=lines).calendar


def sent_by(sender: str) -> str:
    """Return Ada's no, from a sender as it may be written."""
    return f"From: {sender}\r\nTo: {NO.recipient}\r\n{CALENDAR}{NO.calendar}"


HOSTILE = {
    "a thousand parts": HEADERS + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + f"--b\r\n{CALENDAR}x\r\n" * 1000,
    "a hundred thousand parts": HEADERS + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + "--b\n\n" * 100_000,
    "parts as deep as may be": HEADERS + nested(39, CALENDAR + NO.calendar + "\r\n" * 7_000),
    "parts far deeper": HEADERS + nested(900, CALENDAR + "\r\n" * 60_000),
    "messages in messages": HEADERS + "Content-Type: message/rfc822\r\n\r\n" * 39 + CALENDAR + NO.calendar,
    "digests in digests": HEADERS + nested(39, "\r\n" + CALENDAR + NO.calendar, "multipart/digest"),
    "five megabytes": HEADERS + CALENDAR + NO.calendar + "x" * 5_000_000,
    "five megabytes of lines": HEADERS + CALENDAR + NO.calendar + "\r\n" * 2_500_000,
    "as large as may be": (HEADERS + CALENDAR + NO.calendar).ljust(LARGEST, "x"),
    "a calendar of a million lines": event("X:1\r\n" * 1_000_000),
    "a calendar of short lines": event("X:1\r\n" * 6_000),
    "a calendar of empty folds": event("X:1" + "\r\n " * 7_000 + "\r\n"),
    "a thousand attendees": event(f"ATTENDEE;PARTSTAT=DECLINED:mailto:{NO.attendee}\r\n" * 600),
    "an endless repetition": event("RRULE:FREQ=SECONDLY;COUNT=999999999\r\nRDATE:20260101,20260102\r\n"),
    "an endless time zone": HEADERS + CALENDAR + NO.but(beside=BOMB * 100).calendar,
    "components a thousand deep": HEADERS + CALENDAR + NO.but(beside="BEGIN:X\n" * 900 + "END:X\n" * 900).calendar,
    "alarms a thousand deep": event("BEGIN:VALARM\r\n" * 450 + "END:VALARM\r\n" * 450),
    "two events": HEADERS + CALENDAR + NO.but(more="END:VEVENT\nBEGIN:VEVENT\n").calendar,
    "two calendars": HEADERS + CALENDAR + NO.calendar + NO.calendar,
    "a parameter full of quotes": event("ATTENDEE;" + 'A="";' * 5_000 + "PARTSTAT=DECLINED:mailto:x\r\n"),
    "a parameter full of blanks": event(f"UID;A=1{' ' * 30_000}X:1\r\n"),
    "a parameter full of backslashes": event("UID;A=" + "\\" * 30_000 + ":1\r\n"),
    "a type full of semicolons": HEADERS + 'Content-Type: text/calendar; x="' + ";" * 200_000 + "\r\n\r\n" + NO.calendar,
    "a type as long as may be": HEADERS + 'Content-Type: text/calendar; x="' + ";" * 900 + "\r\n\r\n" + NO.calendar,
    "many such types": HEADERS + nested(39, CALENDAR + NO.calendar, more='; x="' + ";" * 900),
    "a sender full of quotes": sent_by('\\"' * 1_900),
    "a sender full of brackets": sent_by("(" * 3_900),
    "a sender full of at signs": sent_by("a@" * 1_900),
    "recipients without end": f"From: x@y\r\nTo: {'hello+c7-, ' * 20_000}\r\n{CALENDAR}{NO.calendar}",
    "an unknown charset": HEADERS + "Content-Type: text/calendar; charset=x-no-such\r\n\r\n" + NO.calendar,
    "a charset that is none": HEADERS + "Content-Type: text/calendar; charset*=a'b'%ff%00\r\n\r\n" + NO.calendar,
    "a charset that does not fit": HEADERS + "Content-Type: text/calendar; charset=us-ascii\r\n\r\n" + event("SUMMARY:é\r\n"),
    "an unknown encoding": HEADERS + "Content-Transfer-Encoding: x-uuencode\r\n" + CALENDAR + NO.calendar,
    "no base64": HEADERS + "Content-Transfer-Encoding: base64\r\n" + CALENDAR + "%%%%=== x" * 3_000,
    "no headers": NO.calendar,
    "broken headers": "From\r\n: x\r\n\x00\x00: \r\nContent-Type\r\n ;;;\r\n" + HEADERS + "=?x?q?=\r\n\r\n",
    "nothing": "",
    "only nothing": "\x00" * LARGEST,
}  # fmt: skip


@pytest.mark.parametrize("raw", [pytest.param(raw, id=what) for what, raw in HOSTILE.items()])
def test_no_message_costs_a_second_or_does_anything(raw: str) -> None:
    """A message that still holds Ada's own no, and nothing but that, may count as one; all else is refused."""
    gc.collect()
    begun = process_time()
    with suppress(NotAnAnswer):
        assert answer_in(raw.encode("utf-8"), SETTINGS) == ADAS_NO
    assert process_time() - begun < 1


ADAS_NO = Answer(7, "ada@example.org", CalendarReply("match-5@hello.example.org", 1, "ada@example.org", "DECLINED"))
ONLY_STRANGE = {
    "as large as may be", "parts as deep as may be", "an endless repetition", "an endless time zone",
    "a calendar of empty folds", "a type as long as may be", "many such types",
}  # fmt: skip


def test_what_is_only_strange_is_still_an_answer_and_all_else_is_none() -> None:
    heard = set()
    for what, raw in HOSTILE.items():
        with suppress(NotAnAnswer):
            answer_in(raw.encode("utf-8"), SETTINGS)
            heard.add(what)
    assert heard <= ONLY_STRANGE


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (NO.raw.ljust(LARGEST + 1), "too large"),
        (NO.raw + b"\r" * 8_000, "too many lines"),
        (NO.raw + b"\r\n--" * 200, "too many parts"),
        (nested(41, CALENDAR).encode(), "too many headers of parts"),
        (b"From: x\r\n" + b" y\r\n" * 1_400, "too long a sender"),
        (b"Content-Type: text/calendar;\n " + b";" * 1_000, "too long a type"),
    ],
)
def test_what_no_calendar_would_send_is_not_parsed(raw: bytes, why: str) -> None:
    with pytest.raises(NotAnAnswer, match=f"^{why}$"):
        open_message(raw)


def test_an_answer_is_read_as_calendars_send_it() -> None:
    assert answer_in(NO.raw, SETTINGS) == ADAS_NO
    plain = HEADERS + CALENDAR + NO.calendar
    assert answer_in(plain.encode(), SETTINGS) == ADAS_NO
    assert answer_in(plain.replace("\r\n", "\n").encode(), SETTINGS) == ADAS_NO
    assert answer_in(NO.but(more="SUMMARY:Abgesagt: Grüße\nDESCRIPTION:a\n b\n\tc\n").raw, SETTINGS) == ADAS_NO
    assert answer_in(plain.replace("PARTSTAT=DECLINED", 'partstat="declined"').encode(), SETTINGS) == ADAS_NO


@pytest.mark.parametrize("header", ["Delivered-To", "X-Original-To", "Envelope-To"])
def test_it_may_say_elsewhere_to_whom_it_went(header: str) -> None:
    raw = NO.but(recipient="hello@example.org").raw
    with pytest.raises(NotAnAnswer, match="not to an address"):
        answer_in(raw, SETTINGS)
    assert answer_in(f"{header}: {NO.recipient}\r\n".encode() + raw, SETTINGS) == ADAS_NO


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"method": "REQUEST"}, "no reply"),
        ({"method": "COUNTER"}, "no reply"),
        ({"sequence": "-1"}, "broken sequence"),
        ({"sequence": "\u0661"}, "broken sequence"),
        ({"more": "UID:another\n"}, "not one method, meeting and attendee"),
        ({"more": "RECURRENCE-ID:20261126T170000Z\n"}, "one of several"),
        ({"beside": "BEGIN:VTODO\nEND:VTODO\n"}, "something else beside an event"),
        ({"more": "END:VTODO\n"}, "ends that fit no beginning"),
        ({"charset": "utf-7"}, "unknown letters"),
    ],
)
def test_what_is_not_one_reply_about_one_event_is_none(changes: dict[str, str], why: str) -> None:
    with pytest.raises(NotAnAnswer, match=why):
        answer_in(NO.but(**changes).raw, SETTINGS)


def test_the_method_of_the_part_and_of_the_calendar_must_agree() -> None:
    raw = NO.raw.replace(b'method="REPLY"', b'method="REQUEST"')
    assert raw != NO.raw
    with pytest.raises(NotAnAnswer, match="no reply"):
        answer_in(raw, SETTINGS)


def test_a_forwarded_answer_is_somebody_elses() -> None:
    raw = f"{HEADERS}Content-Type: message/rfc822\r\n\r\n".encode() + NO.raw
    with pytest.raises(NotAnAnswer, match="0 calendars"):
        answer_in(raw, SETTINGS)


@pytest.mark.parametrize(
    ("line", "sender"),
    [
        ("ada@example.org", "ada@example.org"),
        ("Ada <ada@example.org>", "ada@example.org"),
        ('"eve@example.org" <ada@example.org>', "ada@example.org"),
        ('"Ada \\" <eve@example.org>" <ada@example.org>', "ada@example.org"),
        ("ada@example.org (Ada (the nurse))", "ada@example.org"),
        ("Eve <eve@example.org>, Ada <ada@example.org>", ""),
        ("ada@example.org <eve@example.org>", ""),
        ("Ada <ada@example.org> <eve@example.org>", ""),
        ('"Ada <ada@example.org>', ""),
        ("Ada", ""),
        ("", ""),
    ],
)
def test_a_sender_is_one_address_or_none(line: str, sender: str) -> None:
    message = open_message(f"From: {line}\r\n\r\n".encode())
    if sender:
        assert sender_of(message) == sender
    else:
        with pytest.raises(NotAnAnswer, match="not from one sender"):
            sender_of(message)


def test_two_senders_are_none() -> None:
    with pytest.raises(NotAnAnswer, match="not from one sender"):
        sender_of(open_message(b"From: ada@example.org\r\nFrom: ada@example.org\r\n\r\n"))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["mx.example.org; spf=fail; dmarc=pass (p=none) header.from=example.org"], True),
        (["MX.example.org 1; DMARC = pass"], True),
        (["mx.example.org; dmarc=pass", "mx.example.org; dmarc=fail"], True),
        (["mx.example.org; dmarc=fail", "mx.example.org; dmarc=pass"], False),
        (["mx.evil.example; dmarc=pass"], False),
        (["mx.example.org; dmarc=pass-not"], False),
        (["mx.example.org; spf=pass (a (b); dmarc=pass"], False),
        (['mx.example.org; spf=pass smtp.mailfrom="x; dmarc=pass"'], False),
        (["mx.example.org; none (; dmarc=pass)"], False),
        (["mx.example.org"], False),
        ([""], False),
        ([], False),
    ],
)
def test_only_our_own_mail_server_vouches_for_a_sender(lines: list[str], expected: object) -> None:
    raw = "".join(f"Authentication-Results: {line}\r\n" for line in lines)
    assert is_vouched_for(open_message(f"{raw}\r\n".encode()), "mx.example.org") is expected


def cut(raw: bytes, place: int, length: int, put: bytes) -> bytes:
    return raw[:place] + put + raw[place + length :]


EDIT = st.tuples(
    st.integers(0, len(NO.raw)),
    st.integers(0, 60),
    st.one_of(
        st.binary(max_size=20), st.sampled_from([b"\r\n", b"\r\n ", b"--", b"BEGIN:VEVENT\r\n", b";", b'"', b"\x00"])
    ),
)


@settings(max_examples=200)
@given(st.lists(EDIT, min_size=1, max_size=5))
def test_a_spoilt_answer_is_none_or_somebodys_no_to_this_seat(edits: list[tuple[int, int, bytes]]) -> None:
    """Nothing but NotAnAnswer is ever raised, and the seat is never another one."""
    raw = NO.raw
    for place, length, put in edits:
        raw = cut(raw, place, length, put)
    with suppress(NotAnAnswer):
        assert answer_in(raw, SETTINGS).seat_id == 7


@settings(max_examples=150)
@given(st.binary(max_size=2000))
def test_bytes_are_refused(raw: bytes) -> None:
    with pytest.raises(NotAnAnswer):
        answer_in(raw, SETTINGS)


CONTENT_LINES = st.sampled_from(
    ["BEGIN:VCALENDAR", "END:VCALENDAR", *NO.calendar.splitlines(), "X", "UID", "BEGIN", " "]
)


@settings(max_examples=150)
@given(st.lists(st.one_of(CONTENT_LINES, st.text(max_size=60)), max_size=40).map("\r\n".join))
def test_lines_in_any_order_are_one_reply_or_none(text: str) -> None:
    with suppress(NotAnAnswer):
        assert read_reply(text).uid == NO.uid


def test_a_calendar_may_begin_with_a_mark_of_its_byte_order() -> None:
    raw = (HEADERS + CALENDAR + "\ufeff" + NO.calendar).encode()
    assert calendar_in(open_message(raw)).startswith("BEGIN:VCALENDAR")
    assert answer_in(raw, SETTINGS) == ADAS_NO
