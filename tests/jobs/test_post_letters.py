"""Letters on a real SMTP conversation: each gets there once, whatever the mail server says in between."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.post_letters
from data.database import sessions_of
from data.due_letters import claim_letter
from data.letter import Letter
from data.member import Member
from jobs.envelope import Envelope, Envelopes
from jobs.post_letters import LEASE, post_letters
from tests import cast
from tests.cast import ADA, BEN, CLEO, MONDAY, Role, at, join
from tests.jobs.mail_catcher import CUT, MailCatcher, catching_mail, free_port
from web.frame import Frame
from web.language import Language
from web.letters import Letters
from web.settings import Settings

NOW = at("mon 09:00")


@pytest.fixture
def sessions(engine: Engine) -> sessionmaker[Session]:
    return sessions_of(engine)


@pytest.fixture
def server() -> Iterator[MailCatcher]:
    with catching_mail() as catcher:
        yield catcher


@pytest.fixture
def settings(server: MailCatcher) -> Settings:
    return Settings(smtp_url=f"smtp://127.0.0.1:{server.port}")


def invite(sessions: sessionmaker[Session], *roles: Role, **changes: Any) -> None:
    """Write one letter to each of the cast."""
    letters = Letters(Settings())
    with sessions.begin() as session:
        for role in roles:
            letters.next_week(session, join(session, role, **changes), MONDAY + timedelta(weeks=1), NOW)


def letters_of(sessions: sessionmaker[Session]) -> dict[str, Letter]:
    with sessions() as session:
        return {letter.address: letter for letter in session.scalars(select(Letter))}


def test_ada_and_ben_get_their_letters_once_each(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA, BEN)
    assert post_letters(sessions, settings, NOW) == "2 posted"
    assert server.recipients == ["ada@example.org", "ben@example.org"]
    assert all(letter.posted_at == NOW for letter in letters_of(sessions).values())
    assert post_letters(sessions, settings, NOW + 2 * LEASE) == "no letter is due"
    assert len(server.raw) == 2


def test_nothing_is_said_to_the_mail_server_when_no_letter_is_due(sessions: sessionmaker[Session]) -> None:
    nobody_there = Settings(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    assert post_letters(sessions, nobody_there, NOW) == "no letter is due"


def test_a_held_letter_is_not_posted_early(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        ada, round_ = join(session, ADA), cast.run_round(session)
        Letters(settings).nobody_this_week(session, ada, round_, NOW, post_after=NOW + timedelta(hours=1))
    assert post_letters(sessions, settings, NOW) == "no letter is due"
    assert post_letters(sessions, settings, NOW + timedelta(hours=1)) == "1 posted"


def test_a_busy_mailbox_gets_its_letter_at_the_third_try(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA, BEN)
    server.to_recipient["ada@example.org"].extend(["451 4.7.1 Greylisted", "451 4.7.1 Greylisted"])
    assert post_letters(sessions, settings, NOW) == "1 posted, 1 waiting"
    waiting = letters_of(sessions)["ada@example.org"]
    assert timedelta(seconds=30) <= waiting.try_after - NOW <= timedelta(seconds=38)
    assert "Greylisted" in waiting.last_error
    assert post_letters(sessions, settings, NOW + timedelta(seconds=20)) == "no letter is due"
    assert post_letters(sessions, settings, NOW + timedelta(minutes=1)) == "1 waiting"
    assert post_letters(sessions, settings, NOW + timedelta(minutes=3)) == "1 posted"
    assert Counter(server.recipients) == {"ada@example.org": 1, "ben@example.org": 1}


def test_an_address_that_does_not_exist_is_given_up_and_the_others_get_theirs(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA, BEN)
    server.to_recipient["ada@example.org"].append("550 5.1.1 No such user")
    assert post_letters(sessions, settings, NOW) == "1 given up, 1 posted"
    given_up = letters_of(sessions)["ada@example.org"]
    assert (given_up.given_up_at, given_up.last_error) == (NOW, "550 5.1.1 No such user")
    assert post_letters(sessions, settings, NOW + timedelta(hours=5)) == "no letter is due"


def test_a_letter_refused_for_what_it_says_is_given_up_and_the_others_get_theirs(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA, BEN)
    server.to_message["ada@example.org"].append("554 5.6.0 We do not like it")
    assert post_letters(sessions, settings, NOW) == "1 given up, 1 posted"
    assert server.recipients == ["ben@example.org"]


def test_a_line_cut_after_the_message_costs_at_most_one_repeat_with_the_same_bytes(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA, BEN)
    server.to_message["ada@example.org"].append(CUT)
    assert post_letters(sessions, settings, NOW) == "1 posted, 1 waiting"
    assert post_letters(sessions, settings, NOW + timedelta(minutes=1)) == "1 posted"
    assert server.recipients == ["ada@example.org", "ben@example.org", "ada@example.org"]
    assert server.raw[0] == server.raw[2]


def test_nothing_is_lost_while_the_mail_server_is_down(sessions: sessionmaker[Session]) -> None:
    invite(sessions, ADA, BEN, CLEO)
    port = free_port()
    down = Settings(smtp_url=f"smtp://127.0.0.1:{port}")
    for minute in range(10):
        assert post_letters(sessions, down, NOW + timedelta(minutes=minute)) in {"1 waiting", "no letter is due"}
    with catching_mail() as server:
        up = Settings(smtp_url=f"smtp://127.0.0.1:{server.port}")
        post_letters(sessions, up, NOW + timedelta(hours=3))
    assert sorted(server.recipients) == ["ada@example.org", "ben@example.org", "cleo@example.org"]


def test_a_letter_that_waited_too_long_is_given_up(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA)
    assert post_letters(sessions, settings, at("mon 06:01", weeks=1)) == "no letter is due"
    assert "too late" in letters_of(sessions)["ada@example.org"].last_error
    assert not server.raw


HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted"),
    *("List-Id", "List-Unsubscribe", "List-Unsubscribe-Post"),
}
HOSTILE = "Bcc: eve@example.org\r\nX: y\x00\u202e{{7*7}}<script>alert(1)</script>=?utf-8?q?=0D=0A?=BEGIN:VEVENT" * 90


def test_one_hostile_profile_among_twenty_harms_neither_its_letter_nor_the_others(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    words = HOSTILE.replace("\0", "")  # PostgreSQL refuses it, and sign-up long before
    invite(sessions, *[Role(f"Neighbour{number}", "Baker") for number in range(18)])
    letters = Letters(settings)
    with sessions.begin() as session:
        eve = join(session, Role("Eve", "Poet"), first_name=words[:60], profession=words[60:180])
        match = cast.bring_together(
            session, cast.run_round(session), eve, join(session, ADA), reason=words, topic=words
        )
        for seat in match.seats:
            letters.your_match(session, seat, NOW)
            letters.how_was_it(session, seat, 1, NOW)
    assert post_letters(sessions, settings, NOW) == "22 posted"
    assert Counter(server.recipients)["ada@example.org"] == Counter(server.recipients)["eve@example.org"] == 2
    for message in server.messages:
        assert not message.defects
        assert set(message.keys()) <= HEADERS
        assert message.get_content_type() == "multipart/alternative"


def test_a_letter_that_cannot_even_be_sealed_stops_no_other(
    sessions: sessionmaker[Session],
    settings: Settings,
    server: MailCatcher,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    invite(sessions, ADA, BEN)
    dress = Frame.dress

    def stumble(frame: Frame, subject: str, text: str, language: Language) -> str:
        if "Hello Ada" in text:
            raise ZeroDivisionError
        return dress(frame, subject, text, language)

    monkeypatch.setattr(Frame, "dress", stumble)
    assert post_letters(sessions, settings, NOW) == "1 posted, 1 waiting"
    assert server.recipients == ["ben@example.org"]
    assert "cannot be posted" in caplog.text


def test_an_address_no_mail_server_can_be_told_is_given_up(sessions: sessionmaker[Session], settings: Settings) -> None:
    invite(sessions, ADA, email="ådå@example.org")
    assert post_letters(sessions, settings, NOW) == "1 given up"


def test_a_crash_between_posting_and_marking_repeats_the_letter_byte_for_byte(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(sessions, ADA)

    def crash(*_: Any) -> str:
        raise SystemExit("killed")

    with monkeypatch.context() as patch:
        patch.setattr(jobs.post_letters, "_mark", crash)
        with pytest.raises(SystemExit):
            post_letters(sessions, settings, NOW)
    assert post_letters(sessions, settings, NOW + timedelta(minutes=1)) == "no letter is due"
    assert post_letters(sessions, settings, NOW + LEASE) == "1 posted"
    first, second = server.raw
    assert first == second
    assert server.messages[0]["Message-ID"] == letters_of(sessions)["ada@example.org"].message_id


def post_from_two_processes_at_once(sessions: sessionmaker[Session], settings: Settings) -> None:
    threads = [threading.Thread(target=post_letters, args=(sessions, settings, NOW)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_posters_at_once_post_each_letter_once(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    roles = [Role(f"Neighbour{number}", "Baker") for number in range(30)]
    invite(sessions, *roles)
    post_from_two_processes_at_once(sessions, settings)
    assert set(Counter(server.recipients).values()) == {1}
    assert len(server.raw) == 30


def test_two_posters_at_once_repeat_letters_when_nothing_is_claimed(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without the claim the race above does show."""

    def read_only(session: Session, now: datetime, _lease: timedelta) -> Letter | None:
        due = select(Letter).where(Letter.posted_at.is_(None), Letter.try_after <= now).order_by(Letter.id)
        letter = session.scalar(due.limit(1))
        assert letter is None or letter.member  # read now: its envelope names the member
        return letter

    monkeypatch.setattr(jobs.post_letters, "claim_letter", read_only)
    invite(sessions, *[Role(f"Neighbour{number}", "Baker") for number in range(30)])
    post_from_two_processes_at_once(sessions, settings)
    assert max(Counter(server.recipients).values()) > 1


def test_a_poster_that_was_frozen_past_its_claim_posts_nothing(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(sessions, ADA)
    clock = iter([0.0, 1000.0, 1000.0])
    monkeypatch.setattr(jobs.post_letters, "monotonic", lambda: next(clock))
    assert post_letters(sessions, settings, NOW) == "no letter is due"
    assert not server.raw


def test_a_long_run_stops_claiming_and_leaves_the_rest_to_the_next(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(sessions, ADA, BEN)
    clock = iter([0.0, 1.0, 61.0])
    with monkeypatch.context() as patch:
        patch.setattr(jobs.post_letters, "monotonic", lambda: next(clock))
        assert post_letters(sessions, settings, NOW) == "1 posted"
    assert post_letters(sessions, settings, NOW) == "1 posted"


def test_a_failure_after_another_poster_took_over_decides_nothing(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(sessions, ADA)
    seal = Envelopes.seal

    def slow(envelopes: Envelopes, letter: Letter) -> Envelope:
        with sessions.begin() as session:
            assert claim_letter(session, NOW + LEASE, LEASE)
        return seal(envelopes, letter)

    server.to_recipient["ada@example.org"].append("550 5.1.1 No such user")
    monkeypatch.setattr(Envelopes, "seal", slow)
    assert post_letters(sessions, settings, NOW) == "1 taken over"
    assert letters_of(sessions)["ada@example.org"].given_up_at is None


def test_without_a_mail_server_letters_become_files_and_a_repeat_is_the_same_file(
    sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    invite(sessions, ADA)
    settings = Settings(letters_folder=tmp_path / "letters")
    assert post_letters(sessions, settings, NOW) == "1 posted"
    (file,) = settings.letters_folder.iterdir()
    first = file.read_bytes()
    with sessions.begin() as session:
        session.scalars(select(Letter)).one().posted_at = None
    assert post_letters(sessions, settings, NOW + LEASE) == "1 posted"
    assert [file.read_bytes() for file in settings.letters_folder.iterdir()] == [first]


def test_a_folder_that_cannot_be_written_loses_no_letter(sessions: sessionmaker[Session], tmp_path: Path) -> None:
    invite(sessions, ADA, BEN)
    (tmp_path / "letters").write_text("a file, not a folder", encoding="utf-8")
    settings = Settings(letters_folder=tmp_path / "letters")
    assert post_letters(sessions, settings, NOW) == "1 waiting"
    (tmp_path / "letters").unlink()
    assert post_letters(sessions, settings, NOW + timedelta(minutes=1)) == "2 posted"


def test_who_left_or_unsubscribed_meanwhile_gets_no_letter(
    sessions: sessionmaker[Session], settings: Settings, server: MailCatcher
) -> None:
    invite(sessions, ADA, BEN, CLEO)
    with sessions.begin() as session:
        ada, ben, _ = session.scalars(select(Member).order_by(Member.id))
        ada.leave(NOW)
        ben.unsubscribe(NOW)
    assert post_letters(sessions, settings, NOW) == "1 posted"
    assert server.recipients == ["cleo@example.org"]
