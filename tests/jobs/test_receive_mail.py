"""An answer from a calendar does what the button does; whatever else is received changes nothing and is kept."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

import jobs.receive_mail
from data.answering import decline
from data.database import connect, sessions_of
from data.letter import Letter
from jobs.receive_mail import answer_in, hear, receive_mail
from jobs.received_folder import ReceivedFolder
from jobs.received_message import NotAnAnswer
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes
from tests.jobs.answers import Says, answer_of
from tests.jobs.stage import everything, seat_of
from tests.jobs.test_received_message import EDIT, cut
from web.settings import Settings

NOW = at("tue 10:00")
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Asking = Callable[..., Says]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The settings of a laptop, with a folder of its own for what it receives."""
    return Settings(received_folder=tmp_path / "received")


@pytest.fixture
def ada_says(sessions: sessionmaker[Session], settings: Settings) -> Asking:
    """Ada and Ben meet on Thursday; gives what Ada's calendar can say to it."""
    with sessions.begin() as session:
        match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
        for seat in match.seats:
            say_yes(seat, at("mon 10:00"))
        assert (match.is_on, match.sequence) == (True, 1)

    def says(**changes: Any) -> Says:
        with sessions() as session:
            return answer_of(seat_of(session, "Ada"), settings, **changes)

    return says


def receive(sessions: sessionmaker[Session], settings: Settings, *messages: bytes | Says) -> str:
    """Receive some messages; return what is said of them."""
    for message in messages:
        ReceivedFolder(settings.received_folder).put(message.raw if isinstance(message, Says) else message, NOW)
    return receive_mail(sessions, settings, NOW)


def test_a_no_is_what_the_button_says(sessions: sessionmaker[Session], settings: Settings, ada_says: Asking) -> None:
    assert receive(sessions, settings, ada_says()) == "1 answers heard, 0 other messages kept"
    with sessions() as session:
        ada, ben = seat_of(session, "Ada"), seat_of(session, "Ben")
        assert (ada.declined_at, ada.declined_why, ada.cancelled_at, ada.accepted_at) == (
            NOW,
            "someone_else",
            NOW,
            None,
        )
        assert (ben.declined_at, ben.accepted_at) == (None, at("mon 10:00"))
        assert ada.match.is_falling_through
        [letter] = session.scalars(select(Letter))
        assert (letter.kind, letter.address) == ("you_cancelled", "ada@example.org")


def test_said_again_or_read_again_it_changes_nothing(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking
) -> None:
    receive(sessions, settings, ada_says())
    before = everything(engine)
    assert receive(sessions, settings, ada_says()) == "1 answers heard, 0 other messages kept"
    assert receive(sessions, settings) == "nothing new"
    assert everything(engine) == before


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE", "DELEGATED", "NEEDS-ACTION", ""])
def test_a_yes_to_what_is_on_and_a_perhaps_change_nothing(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking, partstat: str
) -> None:
    before = everything(engine)
    line = receive(sessions, settings, ada_says(partstat=partstat))
    heard = int(partstat == "ACCEPTED")
    assert line == f"{heard} answers heard, {1 - heard} other messages kept"
    assert everything(engine) == before


def test_whoever_has_said_no_says_yes_on_the_page_only(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking
) -> None:
    with sessions.begin() as session:
        decline(seat_of(session, "Ada"), NOW, "not_this_week")
    before = everything(engine)
    assert receive(sessions, settings, ada_says(partstat="ACCEPTED")).startswith("0 answers")
    assert everything(engine) == before


def test_a_yes_to_a_time_that_stands_is_recorded_and_told(
    sessions: sessionmaker[Session], settings: Settings, ada_says: Asking
) -> None:
    with sessions.begin() as session:
        ada = seat_of(session, "Ada")
        ada.accepted_at = ada.match.on_at = None
    receive(sessions, settings, ada_says(partstat="ACCEPTED"))
    with sessions() as session:
        ada = seat_of(session, "Ada")
        assert (ada.accepted_at, ada.match.is_on) == (NOW, True)


WRONG: dict[str, dict[str, Any]] = {
    "another meeting": {"uid": "match-99@127.0.0.1"},
    "a meeting elsewhere": {"uid": "match-1@elsewhere.example"},
    "another attendee": {"attendee": "ben@example.org"},
    "another sender": {"sender": "ben@example.org"},
    "an older state": {"sequence": "0"},
    "no address of ours": {"recipient": "hello@example.org"},
    "a forged address": {"recipient": "hello+c1-aaaaaaaaaaaaaaaaaaaaaaaaaa@example.org"},
    "a request": {"method": "REQUEST"},
    "a broken charset": {"charset": "x-none"},
}  # fmt: skip


@pytest.mark.parametrize("changes", [pytest.param(changes, id=what) for what, changes in WRONG.items()])
def test_what_does_not_fit_changes_nothing_and_is_kept(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking, changes: dict[str, Any]
) -> None:
    before = everything(engine)
    raw = ada_says(**changes).raw
    assert receive(sessions, settings, raw) == "0 answers heard, 1 other messages kept"
    assert everything(engine) == before
    [kept] = (settings.received_folder / "cur").iterdir()
    assert kept.name.endswith(":2,")
    assert kept.read_bytes() == raw


@one_database
def test_five_megabytes_are_kept_and_hardly_looked_at(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking
) -> None:
    before, raw = everything(engine), ada_says().raw + b"x" * 5_000_000
    begun = process_time()
    assert receive(sessions, settings, raw) == "0 answers heard, 1 other messages kept"
    assert process_time() - begun < 1
    assert everything(engine) == before
    [kept] = (settings.received_folder / "cur").iterdir()
    assert kept.stat().st_size == len(raw)


def test_ben_cannot_answer_for_ada_with_an_address_of_his_own(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking
) -> None:
    with sessions() as session:
        bens = answer_of(seat_of(session, "Ben"), settings)
    before = everything(engine)
    receive(sessions, settings, ada_says(recipient=bens.recipient), ada_says().but(sender="ben@example.org"))
    assert everything(engine) == before


def test_a_no_comes_too_late_once_the_meeting_has_begun(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, ada_says: Asking
) -> None:
    before = everything(engine)
    ReceivedFolder(settings.received_folder).put(ada_says().raw, NOW)
    assert receive_mail(sessions, settings, at("thu 17:00")) == "0 answers heard, 1 other messages kept"
    assert everything(engine) == before


def test_whoever_has_left_is_heard_no_more(
    sessions: sessionmaker[Session], settings: Settings, ada_says: Asking
) -> None:
    raw = ada_says().raw
    with sessions.begin() as session:
        seat_of(session, "Ada").member.leave(NOW)
    assert receive(sessions, settings, raw).startswith("0 answers")


@one_database
@pytest.mark.parametrize(
    ("line", "heard"), [("mx.example.org; dmarc=pass", 1), ("mx.example.org; dmarc=fail", 0), ("", 0)]
)
def test_with_a_mail_server_that_vouches_only_its_word_counts(
    sessions: sessionmaker[Session], settings: Settings, ada_says: Asking, line: str, heard: int
) -> None:
    raw = ada_says(headers=(("Authentication-Results", line),) if line else ()).raw
    said = receive(sessions, replace(settings, authserv_id="mx.example.org"), raw)
    assert said == f"{heard} answers heard, {1 - heard} other messages kept"


@one_database
def test_an_address_is_the_same_however_it_is_written(
    sessions: sessionmaker[Session], settings: Settings, ada_says: Asking
) -> None:
    with sessions.begin() as session:
        seat_of(session, "Ada").member.email = "ada@bücher.example"
    changes = {"attendee": "ADA@xn--bcher-kva.example", "sender": "Ada@XN--bcher-kva.example"}
    assert receive(sessions, settings, ada_says(**changes)).startswith("1 answers")


@one_database
def test_a_surprise_is_logged_and_kept_and_the_next_message_is_read(
    sessions: sessionmaker[Session], settings: Settings, ada_says: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def surprised(raw: bytes, known: Settings) -> Any:
        if raw == b"surprise":
            raise RecursionError
        return answer_in(raw, known)

    monkeypatch.setattr(jobs.receive_mail, "answer_in", surprised)
    assert receive(sessions, settings, b"surprise", ada_says()) == "1 answers heard, 1 other messages kept"


@one_database
def test_while_the_database_is_away_nothing_is_lost(
    sessions: sessionmaker[Session], settings: Settings, ada_says: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError("", {}, Exception("away"))

    with monkeypatch.context() as broken:
        broken.setattr(jobs.receive_mail, "hear", away)
        with pytest.raises(OperationalError):
            receive(sessions, settings, ada_says())
    assert receive(sessions, settings) == "1 answers heard, 0 other messages kept"


def test_two_processes_at_once_hear_each_message_once(settings: Settings, engine: Engine, ada_says: Asking) -> None:
    assert heard_at_once(settings, engine, ada_says) == 20


@one_database
def test_without_the_renaming_two_processes_hear_them_twice(
    settings: Settings, engine: Engine, ada_says: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a folder that only looks."""
    monkeypatch.setattr(ReceivedFolder, "_take", lambda folder, name, _now: folder._new / name)
    monkeypatch.setattr(ReceivedFolder, "put_away", lambda *_: None)
    assert heard_at_once(settings, engine, ada_says) == 40


def heard_at_once(settings: Settings, engine: Engine, ada_says: Asking) -> int:
    """Return how many answers two processes hear together, when twenty were received."""
    raw = ada_says().raw
    for _ in range(20):
        ReceivedFolder(settings.received_folder).put(raw, NOW)
    start = Barrier(2)

    def run(_: int) -> int:
        own = connect(engine.url.render_as_string(hide_password=False))
        start.wait(timeout=10)
        line = receive_mail(sessions_of(own), settings, NOW)
        own.dispose()
        return int(line.split()[0]) if line != "nothing new" else 0

    with ThreadPoolExecutor(2) as processes:
        return sum(processes.map(run, range(2)))


@one_database
@hypothesis(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=st.lists(EDIT, min_size=1, max_size=3), yes=st.booleans())
def test_a_spoilt_answer_is_adas_no_or_changes_nothing(
    sessions: sessionmaker[Session],
    settings: Settings,
    ada_says: Asking,
    edits: list[tuple[int, int, bytes]],
    yes: object,
) -> None:
    raw = ada_says(partstat="ACCEPTED" if yes else "DECLINED").raw
    for place, length, put in edits:
        raw = cut(raw, place, length, put)
    with sessions() as session:
        with suppress(NotAnAnswer):
            hear(session, settings, answer_in(raw, settings), NOW)
        session.flush()
        ada, ben = seat_of(session, "Ada"), seat_of(session, "Ben")
        assert ada.declined_at is None or (ada.declined_at, ada.declined_why) == (NOW, "someone_else")
        assert ben.accepted_at == at("mon 10:00")
        assert ada.match.sequence == (2 if ada.declined_at else 1)
        session.rollback()
