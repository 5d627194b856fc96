"""The message as a mail server gets it: text and HTML together, nothing left to chance, one recipient."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from data.letter import Letter
from data.member import Member
from jobs.envelope import Envelopes, ImpossibleAddress
from tests.cast import at
from tests.web.strangers_calendar import on
from web import calendar
from web.links import Links
from web.settings import Settings

SETTINGS = Settings(base_url="https://hello.example.org", mail_from="Hello, Stranger <hello@example.org>")


def letter(**columns: Any) -> Letter:
    """A letter to Ada, as it comes from the database."""
    usual: dict[str, Any] = {
        "kind": "next_week",
        "address": "ada@example.org",
        "subject": "Grüße für nächste Woche",
        "text": "Hello Ada,\n\nSmørrebrød?\n\nSay so:\nhttps://hello.example.org/x\n\n-- \nWhy you get this.\n",
        "message_id": "<0123456789abcdef0123456789abcdef@example.org>",
        "written_at": at("mon 09:00"),
        "member": Member(id=7, email="ada@example.org", first_name="Ada"),
    }
    return Letter(**(usual | columns))


def opened(letter: Letter) -> EmailMessage:
    return message_from_bytes(Envelopes(SETTINGS).seal(letter).message, policy=default)


def test_a_letter_has_its_text_and_its_html_together() -> None:
    message = opened(letter())
    text, html = message.iter_parts()
    assert message.get_content_type() == "multipart/alternative"
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == letter().text
    assert "Smørrebrød?" in html.get_content()


def test_its_headers_are_fixed_by_the_letter_and_the_settings() -> None:
    message = opened(letter())
    assert message["From"] == '"Hello, Stranger" <hello@example.org>'
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Grüße für nächste Woche"
    assert message["Message-ID"] == "<0123456789abcdef0123456789abcdef@example.org>"
    assert message["Date"].datetime == at("mon 09:00")
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_same_letter_is_the_same_bytes_whenever_it_is_sealed() -> None:
    first = Envelopes(SETTINGS).seal(letter())
    again = Envelopes(SETTINGS).seal(letter(try_after=at("mon 09:00") + timedelta(hours=1), tries=3))
    assert first == again


def test_a_weekly_letter_can_be_ended_with_one_click() -> None:
    member = letter().member
    assert member
    lines = Envelopes(SETTINGS).seal(letter()).message.decode("ascii").split("\r\n")
    assert f"List-Unsubscribe: <{Links(SETTINGS).unsubscribe_url(member)}>" in lines
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert "List-Id: Hello, Stranger <weekly.hello.example.org>" in lines


@pytest.mark.parametrize("kind", ["confirm", "new_address", "sign_in", "it_is_on", "they_cannot_come", "goodbye"])
def test_a_letter_somebody_asked_for_has_nothing_to_unsubscribe_from(kind: str) -> None:
    assert opened(letter(kind=kind))["List-Unsubscribe"] is None


def test_a_letter_to_the_operator_has_nothing_to_unsubscribe_from() -> None:
    assert opened(letter(kind="report", member=None))["List-Unsubscribe"] is None


def test_every_line_is_short_enough_for_every_mail_server() -> None:
    long = letter(subject="Ä" * 150, text="Hello,\n\n" + "ö" * 5000 + "\n\n-- \nWhy.\n")
    lines = Envelopes(SETTINGS).seal(long).message.split(b"\r\n")
    assert max(len(line) for line in lines) <= 998
    assert all(line.isascii() for line in lines)


def test_a_domain_with_other_letters_is_written_as_mail_servers_know_it() -> None:
    assert Envelopes(SETTINGS).seal(letter(address="ada@bücher.example")).recipient == "ada@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address", ["ådå@example.org", "ada", "ada@", "@example.org", "a b@example.org", "a@b@c.org", ""]
)
def test_an_address_that_is_none_is_said_to_be_impossible(address: str) -> None:
    with pytest.raises(ImpossibleAddress):
        Envelopes(SETTINGS).seal(letter(address=address))


def test_an_address_cannot_bring_a_header_of_its_own() -> None:
    with pytest.raises(ImpossibleAddress):
        Envelopes(SETTINGS).seal(letter(address="ada@example.org\r\nBcc: eve@example.org"))


@pytest.fixture
def invitation() -> str:
    """What Ada's calendar is told."""
    return calendar.invitation(SETTINGS, on().seats[0], at("mon 09:00"))


def test_an_invitation_is_beside_the_words_and_once_more_a_file(invitation: str) -> None:
    message = opened(letter(kind="it_is_on", calendar=invitation))
    words, file = message.iter_parts()
    assert [message.get_content_type(), words.get_content_type()] == ["multipart/mixed", "multipart/alternative"]
    text, html, entry = words.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert dict(entry["Content-Type"].params) == {"charset": "utf-8", "method": "REQUEST"}
    assert entry.get_content_type() == "text/calendar"
    assert (file.get_content_type(), file.get_filename(), file.get_content_disposition()) == (
        "application/ics", "invite.ics", "attachment",
    )  # fmt: skip
    assert entry.get_payload(decode=True) == file.get_payload(decode=True) == invitation.encode()
    assert message["From"] == '"Hello, Stranger" <hello@example.org>'
    assert "\r\nMETHOD:REQUEST\r\n" in invitation


def test_a_cancellation_says_so_in_the_type_and_in_the_calendar() -> None:
    cancelled = calendar.cancellation(SETTINGS, on().seats[0], at("mon 09:00"))
    words, _ = opened(letter(calendar=cancelled)).iter_parts()
    [*_, entry] = words.iter_parts()
    assert entry["Content-Type"].params["method"] == "CANCEL"
    assert "\r\nMETHOD:CANCEL\r\n" in entry.get_content()


def test_a_letter_with_an_invitation_is_the_same_bytes_whenever_it_is_sealed(invitation: str) -> None:
    first, again = (Envelopes(SETTINGS).seal(letter(calendar=invitation)) for _ in range(2))
    assert first == again
    assert max(map(len, first.message.split(b"\r\n"))) <= 998
    assert first.message.isascii()
    assert first.message.count(b"\n") == first.message.count(b"\r\n")


def test_nothing_is_attached_to_other_letters() -> None:
    assert opened(letter(calendar="")).get_content_type() == "multipart/alternative"
