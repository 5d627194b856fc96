"""What a mail server says, and what we make of it: taken, tried again later, or never."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.envelope import Envelope
from jobs.mail_server import MailServer, NobodyThere, NotNow, Refused
from tests.jobs.mail_catcher import CUT, MailCatcher, catching_mail, free_port

LETTER = Envelope("<1@example.org>", "hello@example.org", "ada@example.org", b"Subject: Hello\r\n\r\nHello Ada\r\n")
PASSWORD = "open sesame/@"  # noqa: S105  the password of a mail server that lives for one test
CERTIFICATE = Path(__file__).parent / "a_certificate.pem"  # for 127.0.0.1, signed by itself, with its key


@pytest.fixture
def server() -> Iterator[MailCatcher]:
    with catching_mail() as catcher:
        yield catcher


@pytest.fixture
def encryption() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def at(server: MailCatcher, *, scheme: str = "smtp", login: str = "") -> MailServer:
    return MailServer(f"{scheme}://{login}127.0.0.1:{server.port}", "hello.example.org")


def test_one_connection_takes_many_letters(server: MailCatcher) -> None:
    with at(server) as post:
        post.take(LETTER)
        post.take(LETTER)
    assert server.recipients == ["ada@example.org", "ada@example.org"]


@pytest.mark.parametrize(
    "answer", ["550 5.1.1 No such user", "550 no such user", "550 5.2.1 Disabled", "553 5.1.3 Bad"]
)
def test_an_address_that_will_never_work_is_refused(server: MailCatcher, answer: str) -> None:
    server.to_recipient["ada@example.org"].append(answer)
    with at(server) as post, pytest.raises(Refused, match=answer):
        post.take(LETTER)


@pytest.mark.parametrize(
    "answer",
    [
        "450 4.2.1 Busy",
        "451 4.7.1 Greylisted",
        "421 4.3.2 Going down",
        "552 5.2.2 Mailbox full",
        "554 5.7.1 Relay access denied",
        "550 5.7.515 Sender does not authenticate",
    ],
)
def test_what_may_pass_is_tried_again_and_the_next_letter_is_not_held_up(server: MailCatcher, answer: str) -> None:
    server.to_recipient["ada@example.org"].append(answer)
    with at(server) as post:
        with pytest.raises(NotNow, match=answer):
            post.take(LETTER)
        post.take(LETTER)
    assert server.recipients == ["ada@example.org"]


@pytest.mark.parametrize(("answer", "failure"), [("554 5.6.0 No", Refused), ("452 4.3.1 Full", NotNow), (CUT, NotNow)])
def test_what_is_said_after_the_message_counts(server: MailCatcher, answer: str, failure: type[Exception]) -> None:
    server.to_message["ada@example.org"].append(answer)
    with at(server) as post:
        with pytest.raises(failure):
            post.take(LETTER)
        post.take(LETTER)


def test_a_sender_that_is_refused_is_ours_to_mend_and_the_letter_waits(server: MailCatcher) -> None:
    server.to_sender.append("550 5.7.1 Not you")
    with at(server) as post, pytest.raises(NotNow, match="Not you"):
        post.take(LETTER)


def test_a_server_that_is_not_there_is_said_so() -> None:
    with MailServer(f"smtp://127.0.0.1:{free_port()}", "hello.example.org") as post, pytest.raises(NobodyThere):
        post.take(LETTER)


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.mail_server.TIMEOUT", 0.2)
    with catching_mail() as server:
        server.seconds_before_rcpt = 1
        with at(server) as post, pytest.raises(NotNow, match="timed out"):
            post.take(LETTER)


def test_a_letter_is_encrypted_wherever_the_server_can(encryption: ssl.SSLContext) -> None:
    with catching_mail(tls_context=encryption) as server, at(server) as post:
        post.take(LETTER)
    assert server.encrypted == [True]


def test_the_password_goes_to_the_right_server_over_an_encrypted_line(
    encryption: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with (
        catching_mail(tls_context=encryption, auth_required=True) as server,
        at(server, login="hello:open%20sesame%2F%40@") as post,
    ):
        post.take(LETTER)
    assert [given.password for given in server.passwords] == [PASSWORD.encode()]
    assert server.encrypted == [True]


def test_the_password_goes_through_a_line_that_is_encrypted_from_the_start(
    encryption: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with (
        catching_mail(ssl_context=encryption, auth_require_tls=False) as server,
        at(server, scheme="smtps", login="hello:open%20sesame%2F%40@") as post,
    ):
        post.take(LETTER)
    assert [given.password for given in server.passwords] == [PASSWORD.encode()]


def test_the_password_is_not_told_to_a_server_that_cannot_prove_its_name(encryption: ssl.SSLContext) -> None:
    with (
        catching_mail(tls_context=encryption) as server,
        at(server, login="hello:secret@") as post,
        pytest.raises(NobodyThere, match="certificate"),
    ):
        post.take(LETTER)
    assert not server.passwords


def test_the_password_is_not_told_over_a_line_anybody_can_read() -> None:
    with (
        catching_mail(auth_require_tls=False) as server,
        at(server, login="hello:secret@") as post,
        pytest.raises(NobodyThere, match="no encryption"),
    ):
        post.take(LETTER)
    assert not server.passwords


def test_a_wrong_password_stops_the_run_and_loses_nothing(
    encryption: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with (
        catching_mail(tls_context=encryption) as server,
        at(server, login="hello:wrong@") as post,
        pytest.raises(NobodyThere, match="535"),
    ):
        post.take(LETTER)
