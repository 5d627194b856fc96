"""A letter is written once for its reader and occasion, in the transaction of what it tells of."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.database import sessions_of
from data.letter import Letter, recent_letters, write
from data.member import Member
from tests.cast import ADA, BEN, at, join

NOW = at("mon 09:00")


def columns(member: Member | None, **changes: Any) -> dict[str, Any]:
    usual = {
        "member_id": member.id if member else None,
        "kind": "next_week",
        "occasion": "next_week 2026-11-30",
        "address": (member.email if member else None) or "operator@example.org",
        "subject": "You are in",
        "text": "Hello",
        "message_id": "<1@example.org>",
        "written_at": NOW,
        "try_after": NOW,
    }
    return usual | changes


def count_letters(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Letter)) or 0


def test_a_second_letter_for_the_occasion_is_not_written_and_the_transaction_goes_on(session: Session) -> None:
    ada = join(session, ADA)
    first = write(session, **columns(ada))
    assert first
    assert write(session, **columns(ada, text="Hello again")) is None
    ada.offers = "kept"
    session.commit()
    session.expire_all()
    assert (first.text, ada.offers, count_letters(session)) == ("Hello", "kept", 1)


def test_another_reader_or_another_occasion_gets_a_letter(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    assert write(session, **columns(ada))
    assert write(session, **columns(ben))
    assert write(session, **columns(ada, occasion="next_week 2026-12-07"))


def test_the_operator_too_gets_one_letter_for_an_occasion(session: Session) -> None:
    assert write(session, **columns(None, kind="report", occasion="report 1"))
    assert write(session, **columns(None, kind="report", occasion="report 1")) is None
    assert write(session, **columns(None, kind="report", occasion="report 2"))


def test_a_letter_is_undone_with_the_event_it_tells_of(session: Session) -> None:
    ada = join(session, ADA)
    session.commit()
    write(session, **columns(ada))
    session.rollback()
    assert count_letters(session) == 0


def write_at_once(engine: Engine, member: Member, writer: Any) -> list[Any]:
    """Write the same letter in five transactions that have all begun before any writes."""
    barrier, came_of_it = threading.Barrier(5, timeout=30), []

    def attempt() -> None:
        barrier.wait()
        with sessions_of(engine)() as session:
            try:
                came_of_it.append(writer(session, **columns(member)))
                session.commit()
            except IntegrityError:
                came_of_it.append("broke the transaction")

    with ThreadPoolExecutor(5) as writers:
        for writing in [writers.submit(attempt) for _ in range(5)]:
            writing.result()  # what goes wrong in one is raised here
    return came_of_it


def test_five_writers_at_once_make_one_letter_and_none_of_them_fails(engine: Engine, session: Session) -> None:
    ada = join(session, ADA)
    session.commit()
    came_of_it = write_at_once(engine, ada, write)
    assert sum(letter is not None for letter in came_of_it) == 1
    assert count_letters(session) == 1


def test_five_writers_who_only_look_first_break_each_other(engine: Engine, session: Session) -> None:
    """The negative control: the database still keeps its promise, but whoever comes second loses all they did."""
    looked = threading.Barrier(5, timeout=30)

    def look_then_write(session: Session, **letter: Any) -> Letter | None:
        if session.get_bind().dialect.name == "sqlite":
            session.rollback()  # SQLite lets one writer in at a time: look before the door
        with sessions_of(engine.execution_options(reads_only=True))() as reader:
            assert reader.scalar(select(Letter).where(Letter.occasion == letter["occasion"])) is None
        looked.wait()
        session.add(Letter(**letter))
        session.flush()
        return None

    ada = join(session, ADA)
    session.commit()
    assert write_at_once(engine, ada, look_then_write).count("broke the transaction") == 4


def test_letters_people_wait_for_are_urgent_and_weekly_ones_are_not(session: Session) -> None:
    ada = join(session, ADA)
    sign_in = write(session, **columns(ada, kind="sign_in", occasion="sign_in 1"))
    weekly = write(session, **columns(ada))
    assert sign_in
    assert weekly
    assert (sign_in.urgent, sign_in.is_subscription) == (True, False)
    assert (weekly.urgent, weekly.is_subscription) == (False, True)


def test_tries_come_later_and_later_but_at_least_every_two_and_a_half_hours(session: Session) -> None:
    letter = write(session, **columns(join(session, ADA)))
    assert letter
    waits = []
    for tries in range(1, 40):
        letter.tries = tries
        letter.try_again(NOW, "busy")
        waits.append(letter.try_after - NOW)
    assert waits == sorted(waits)
    assert timedelta(seconds=30) <= waits[0] <= timedelta(seconds=38)
    assert timedelta(hours=2) <= waits[-1] <= timedelta(hours=2.5)


def test_letters_that_failed_together_do_not_all_come_back_together() -> None:
    letters = [Letter(id=number, tries=8) for number in range(1, 50)]
    for letter in letters:
        letter.try_again(NOW, "busy")
    assert len({letter.try_after for letter in letters}) > 30


def test_recent_letters_come_newest_first_for_all_or_for_one_address(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    for member, occasion in [(ada, "one"), (ben, "one"), (ada, "two")]:
        write(session, **columns(member, occasion=occasion))
    assert [letter.occasion for letter in recent_letters(session)] == ["two", "one", "one"]
    assert [letter.occasion for letter in recent_letters(session, " Ada@Example.org ")] == ["two", "one"]
    assert [letter.occasion for letter in recent_letters(session, limit=1)] == ["two"]


@pytest.mark.parametrize("missing", ["kind", "occasion", "address"])
def test_a_letter_without_what_it_needs_is_refused(session: Session, missing: str) -> None:
    letter = columns(join(session, ADA)) | {missing: None}
    with pytest.raises(IntegrityError):
        write(session, **letter | {"urgent": False})
