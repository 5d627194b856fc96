"""Puts a letter into its envelope: the message as it goes to a mail server, the same bytes however often it is made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from data.letter import Letter
from web.frame import Frame
from web.language import DEFAULT, LANGUAGES
from web.links import Links
from web.mail_names import in_ascii, mailbox_of
from web.settings import Settings

METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


class ImpossibleAddress(Exception):
    """No mail server can be told this address."""


@dataclass(frozen=True)
class Envelope:
    """A message with one recipient."""

    message_id: str
    sender: str
    recipient: str
    message: bytes


class Envelopes:
    """Seals letters: text and HTML always together, everything else fixed by the letter and the settings."""

    def __init__(self, settings: Settings) -> None:
        self._from = mailbox_of(settings.mail_from)
        self._host = urlsplit(settings.base_url).hostname
        self._links = Links(settings)
        self._frame = Frame()

    def seal(self, letter: Letter) -> Envelope:
        """Return the envelope of a letter. Raises ImpossibleAddress."""
        recipient = _recipient(letter.address)
        message = EmailMessage(policy=PlainLinks(linesep="\r\n"))
        message["From"] = self._from
        message["To"] = recipient
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(letter.written_at)
        message["Message-ID"] = letter.message_id
        language = LANGUAGES.get(letter.language, DEFAULT)
        message["Content-Language"] = language.code
        message["Auto-Submitted"] = "auto-generated"  # so that no holiday notice answers it
        if letter.is_subscription and letter.member is not None:
            message["List-Id"] = f"Hello, Stranger <weekly.{self._host}>"
            message["List-Unsubscribe"] = f"<{self._links.unsubscribe_url(letter.member)}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.text, cte="quoted-printable")
        html = self._frame.dress(letter.subject, letter.text, language)
        message.add_alternative(html, subtype="html", cte="quoted-printable")
        message.set_boundary(_boundary(letter, ""))
        if letter.calendar:
            _invite(message, letter)
        return Envelope(letter.message_id, self._from.addr_spec, recipient.addr_spec, message.as_bytes())


def _invite(message: EmailMessage, letter: Letter) -> None:
    """Add what calendars read: beside the words, with the method that it has itself, and once more as a file.

    Mail programs offer Yes, No and Maybe for the first; the second is for those who know files only.
    """
    calendar = letter.calendar
    method = METHOD.search(calendar)
    parameters = {"method": method[1]} if method else {}
    message.add_alternative(calendar, subtype="calendar", cte="base64", params=parameters)
    message.add_attachment(calendar.encode(), "application", "ics", filename="invite.ics")
    [words, _] = message.iter_parts()
    words.set_boundary(_boundary(letter, "words"))
    message.set_boundary(_boundary(letter, ""))


def _boundary(letter: Letter, of: str) -> str:
    """What parts the parts of a letter: always the same, so that the letter is."""
    return f"=_{sha256(f'{of}{letter.message_id}'.encode()).hexdigest()[:32]}"


class PlainLinks(EmailPolicy):
    """Writes a List-… header on one line: folded, its long link would be encoded so that no mail program finds it."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the header as bytes."""
        if name.startswith("List-"):
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def _recipient(address: str) -> Address:
    """Return an address as mail servers know it."""
    try:
        return Address(addr_spec=in_ascii(address))
    except (ValueError, IndexError, HeaderParseError) as error:
        raise ImpossibleAddress(f"No mail server can be told this address: {error}") from error
