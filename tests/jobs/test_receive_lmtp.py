"""The LMTP socket: a mail server hands a message over, and it is on the disk before it is told so."""

from __future__ import annotations

import multiprocessing
import os
import signal
import smtplib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from data.database import connect, sessions_of
from jobs.receive_lmtp import Listener, Reception, receive_lmtp
from jobs.received_folder import ReceivedFolder
from tests.cast import ADA, BEN, bring_together, join, run_round, say_yes
from tests.jobs.answers import answer_of
from tests.jobs.mail_catcher import free_port
from tests.jobs.stage import seat_of
from web.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a laptop, with a folder of its own for what it receives."""
    return Settings(received_folder=tmp_path / "received")


@pytest.fixture
def server(sessions: sessionmaker[Session], settings: Settings) -> Iterator[smtplib.LMTP]:
    """A mail server's line to the socket."""
    port = free_port()
    listener = Listener(Reception(sessions, settings), hostname="127.0.0.1", port=port)
    listener.start()
    with smtplib.LMTP("127.0.0.1", port) as line:
        yield line
    listener.stop()


def kept(settings: Settings) -> list[bytes]:
    return [path.read_bytes() for path in (settings.received_folder / "cur").iterdir()]


def test_an_answer_is_heard_at_once(sessions: sessionmaker[Session], settings: Settings, server: smtplib.LMTP) -> None:
    with sessions.begin() as session:
        match = bring_together(session, run_round(session, weeks=2000), join(session, ADA), join(session, BEN))
        for seat in match.seats:
            say_yes(seat, match.made_at)
        no = answer_of(match.seats[0], settings)
    hidden = no.but(recipient="somebody@example.org").raw  # only the mail server knows to whom it went
    assert server.sendmail("ada@example.org", [no.recipient], hidden) == {}
    with sessions() as session:
        assert seat_of(session, "Ada").declined_at is not None
        assert seat_of(session, "Ben").declined_at is None
    assert kept(settings) == [f"Delivered-To: {no.recipient}\r\n".encode() + hidden]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_anything_is_taken_and_answered_for_each_recipient(settings: Settings, server: smtplib.LMTP) -> None:
    strange = b"\x00\xff" + b"x" * 20_000 + b"\r\n.\r\n" + b"y\r\n" * 400_000
    server.sendmail("", ["a@example.org", "b@example.org"], strange)
    assert server.getreply()[0] == 250  # the second; Python's own LMTP reads one only
    server.sendmail("", ["c@example.org"], b"")
    sizes = sorted(map(len, kept(settings)))
    assert len(sizes) == 2
    assert sizes[1] > len(strange)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_written_down_is_left_with_the_mail_server(
    settings: Settings, server: smtplib.LMTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(ReceivedFolder, "put", full)
    with pytest.raises(smtplib.SMTPDataError) as refused:
        server.sendmail("", ["a@example.org"], b"x")
    assert refused.value.smtp_code == 451
    assert not settings.received_folder.exists()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_read_now_is_taken_all_the_same(
    settings: Settings, server: smtplib.LMTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError

    monkeypatch.setattr("jobs.receive_lmtp.receive_mail", broken)
    assert server.sendmail("", ["a@example.org"], b"x") == {}
    assert len(list((settings.received_folder / "new").iterdir())) == 1


def test_it_listens_until_it_is_told_to_stop(tmp_path: Path, new_sqlite: object) -> None:
    assert callable(new_sqlite)
    fresh, port = multiprocessing.get_context("spawn"), free_port()
    process = fresh.Process(target=listen, args=(str(new_sqlite()), str(tmp_path), port))
    process.start()
    connected = False
    for _ in range(200):
        try:
            smtplib.LMTP("127.0.0.1", port).quit()
        except ConnectionRefusedError:
            process.join(0.1)
        else:
            connected = True
            break
    assert connected
    assert process.pid is not None
    os.kill(process.pid, signal.SIGTERM)
    process.join(60)
    assert process.exitcode == 0


def listen(url: str, folder: str, port: int) -> None:
    """Listen in a process of its own."""
    engine = connect(url)
    receive_lmtp(sessions_of(engine), Settings(received_folder=Path(folder)), "127.0.0.1", port)
    engine.dispose()
