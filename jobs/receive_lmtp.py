"""Takes mail from a mail server on an LMTP socket: written into the folder of received mail first, and read then."""

from __future__ import annotations

import asyncio
import logging
import os
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope
from sqlalchemy.orm import Session, sessionmaker

from jobs.receive_mail import receive_mail
from jobs.received_folder import ReceivedFolder
from jobs.signals import hear_signals
from web.settings import Settings

log = logging.getLogger("jobs")


def receive_lmtp(sessions: sessionmaker[Session], settings: Settings, host: str, port: int) -> None:
    """Listen until SIGTERM or SIGINT. Raises OSError when nothing can listen there."""
    told = hear_signals()
    listener = Listener(Reception(sessions, settings), hostname=host, port=port)
    listener.start()
    log.info("Listening for mail on %s port %s; Ctrl-C ends it", host, port)
    os.read(told, 1)
    listener.stop()


class Reception:
    """Answers a mail server: taken, once the message is on the disk."""

    def __init__(self, sessions: sessionmaker[Session], settings: Settings) -> None:
        self._sessions, self._settings = sessions, settings
        self._folder = ReceivedFolder(settings.received_folder)

    async def handle_DATA(self, _server: LMTP, _session: Any, envelope: Envelope) -> str:  # noqa: N802  named by aiosmtpd
        """Take a message; LMTP answers once for each recipient (RFC 2033)."""
        now = datetime.now(UTC)
        try:
            await asyncio.to_thread(self._folder.put, _addressed(envelope), now)
        except OSError:
            log.exception("A message could not be written down; it is left with the mail server")
            return _for_each(envelope, "451 4.3.0 It could not be written down; please try again")
        await asyncio.to_thread(self._read, now)
        return _for_each(envelope, "250 2.0.0 Taken")

    def _read(self, now: datetime) -> None:
        """Read it at once; what goes wrong is logged, and the timetable reads it later."""
        try:
            receive_mail(self._sessions, self._settings, now)
        except Exception:
            log.exception("A message could not be read; it is tried again soon")


class Listener(Controller):
    """A server that speaks LMTP."""

    def factory(self) -> LMTP:
        """Return what speaks on one connection."""
        return PatientLMTP(self.handler, ident="Hello, Stranger", loop=self.loop)


class PatientLMTP(LMTP):
    """Takes lines longer than they should be: what the mail server has taken is not lost here."""

    line_length_limit = 64 * 1024


def _addressed(envelope: Envelope) -> bytes:
    """Return the message with whom it was delivered to on top, which its own headers need not say."""
    to = "".join(f"Delivered-To: {address}\r\n" for address in envelope.rcpt_tos)
    return to.encode("utf-8", "replace") + (envelope.original_content or b"")


def _for_each(envelope: Envelope, answer: str) -> str:
    return "\r\n".join([answer] * len(envelope.rcpt_tos))
