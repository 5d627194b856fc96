"""Hands envelopes to a mail server over one SMTP connection, and says what came of each."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from jobs.envelope import Envelope

TIMEOUT = 30  # seconds for each answer of the server
# Connect, greet, encrypt, greet, sign in, then sender, recipient, data, end and reset: ten answers at the very most.
LONGEST_POSTING = 10 * TIMEOUT
PORTS = {"smtp": 587, "smtps": 465}
ENHANCED = re.compile(rb"\b[245]\.(\d{1,3}\.\d{1,3})\b")
# What a server means by "this address will never work": no such mailbox, domain or syntax (1.1 to 1.6), moved without
# a word where (1.6), closed for good (1.10), disabled (2.1). Others (full, policy, our own sender) may pass.
ABOUT_THE_ADDRESS = frozenset({"0.0", "1.0", "1.1", "1.2", "1.3", "1.4", "1.6", "1.10", "2.1"})


class NotNow(Exception):
    """The letter could not be posted this time; it is tried again later."""


class NobodyThere(NotNow):
    """The mail server cannot be reached at all; no other letter needs to try now."""


class Refused(Exception):
    """The mail server will never take this letter; trying again would not help."""


class MailServer:
    """A mail server by its URL; the connection is opened with the first envelope, and again after it broke."""

    def __init__(self, url: str, own_name: str) -> None:
        self._url = urlsplit(url)
        self._own_name = own_name
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self._connection is not None:
            with suppress(OSError):
                self._connection.quit()
            self._drop()

    def take(self, envelope: Envelope) -> None:
        """Post one envelope. Raises NotNow, NobodyThere or Refused, with what the server said."""
        connection = self._connection or self._connect()
        try:
            connection.sendmail(envelope.sender, [envelope.recipient], envelope.message)
        except smtplib.SMTPRecipientsRefused as error:
            code, words = error.recipients[envelope.recipient]
            raise (Refused if _is_about_the_address(code, words) else NotNow)(_said(code, words)) from error
        except smtplib.SMTPResponseException as error:
            # Refused for what it says. Any other refusal, as of our own name, is for the operator to mend.
            final = isinstance(error, smtplib.SMTPDataError) and _is_final(error.smtp_code)
            raise (Refused if final else NotNow)(_said(error.smtp_code, error.smtp_error)) from error
        except OSError as error:
            self._drop()
            raise NotNow(f"The connection broke: {error}") from error
        finally:
            if connection.sock is None:  # the server has hung up, as with 421: the next letter opens a new one
                self._connection = None

    def _connect(self) -> smtplib.SMTP:
        try:
            self._connection = connection = self._open()
            self._encrypt(connection)
            if self._url.password:
                connection.login(unquote(self._url.username or ""), unquote(self._url.password))
        except OSError as error:
            self._drop()
            raise NobodyThere(f"The mail server cannot be reached: {error}") from error
        return connection

    def _open(self) -> smtplib.SMTP:
        host, port, own_name = self._url.hostname or "", self._url.port or PORTS[self._url.scheme], self._own_name
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port, own_name, timeout=TIMEOUT, context=self._encryption())
        return smtplib.SMTP(host, port, own_name, timeout=TIMEOUT)

    def _encrypt(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self._url.scheme == "smtps":
            return
        if connection.has_extn("starttls"):
            connection.starttls(context=self._encryption())
        elif self._url.password:
            raise ssl.SSLError("it offers no encryption, so it was not told the password")

    def _encryption(self) -> ssl.SSLContext:
        """Without a password, any encryption is better than none; a password goes to the right server only."""
        context = ssl.create_default_context()
        if not self._url.password:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _is_final(code: int) -> bool:
    return 500 <= code < 600


def _is_about_the_address(code: int, words: bytes) -> bool:
    enhanced = ENHANCED.search(words)
    return _is_final(code) and (enhanced is None or enhanced[1].decode() in ABOUT_THE_ADDRESS)


def _said(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {text}"
