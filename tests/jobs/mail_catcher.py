"""A mail server on this machine that answers as a test tells it to, and keeps what it has taken."""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK = "250 2.0.0 Taken"
CUT = "cut"  # the connection breaks instead of an answer


@dataclass
class MailCatcher:
    """What each address is answered: at RCPT, and after its message; without a script everything is taken."""

    to_recipient: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    to_message: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    raw: list[tuple[str, bytes]] = field(default_factory=list)
    passwords: list[LoginPassword] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    to_sender: deque[str] = field(default_factory=deque)
    seconds_before_rcpt: float = 0
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        """Who got a message, in order."""
        return [recipient for recipient, _ in self.raw]

    @property
    def messages(self) -> list[EmailMessage]:
        """What was taken, in order."""
        return [message_from_bytes(raw, policy=default) for _, raw in self.raw]

    async def handle_MAIL(  # noqa: N802  named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer as the test says."""
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self.to_sender.popleft() if self.to_sender else OK

    async def handle_RCPT(  # noqa: N802  named by aiosmtpd
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer as the test says."""
        await asyncio.sleep(self.seconds_before_rcpt)
        answers = self.to_recipient[address]
        answer = answers.popleft() if answers else OK
        if answer == OK:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return _answer(server, answer)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  named by aiosmtpd
        """Answer as the test says; keep what is taken, and what is taken just before the line is cut."""
        (address,) = envelope.rcpt_tos
        answers = self.to_message[address]
        answer = answers.popleft() if answers else OK
        if answer in {OK, CUT}:
            self.raw.append((address, envelope.original_content or b""))
            self.encrypted.append(session.ssl is not None)
        return _answer(server, answer)

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        """Let in whoever knows the password."""
        self.passwords.append(given)
        known = given.password == b"open sesame/@"
        return AuthResult(success=known, handled=known)


@contextmanager
def catching_mail(**options: Any) -> Iterator[MailCatcher]:
    """Run a mail server on a free port of this machine for the time of a test."""
    catcher = MailCatcher(port=free_port())
    controller = Controller(
        catcher, hostname="127.0.0.1", port=catcher.port, authenticator=catcher.authenticate, **options
    )
    controller.start()
    yield catcher
    controller.stop()


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _answer(server: SMTP, answer: str) -> str:
    if answer == CUT:
        assert isinstance(server.transport, asyncio.Transport)
        server.transport.abort()
    return answer
