"""What organisers have to say reaches each once, by day, and nobody who wants no letters."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.due_letters import claim_letter
from data.letter import Letter
from data.member import Member
from data.task import ALIVE_FOR, Task
from jobs import task_message
from jobs.do_tasks import do_tasks
from jobs.long_work import Work
from jobs.post_letters import LEASE
from tests.cast import ADA, BEN, CLEO, DAN, PLACES, at, join
from web.settings import Settings

NOW = at("mon 10:00")
MESSAGE = {
    "place_id": PLACES["Copenhagen"]["id"],
    "subject": "A picnic",
    "words": "Bread.\n\n--\n\nhttps://example.org/a",
}


@pytest.fixture
def sessions(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Ada, Ben and Cleo are in Copenhagen, of whom Cleo wants no letters; Dan is in Malmö."""
    with sessions() as session:
        for role in (ADA, BEN, DAN):
            join(session, role)
        join(session, CLEO, unsubscribed_at=NOW)
        session.commit()
    return sessions


def asked(sessions: sessionmaker[Session], **facts: Any) -> None:
    with sessions() as session:
        session.add(Task(kind="message", asked_at=NOW, facts=MESSAGE | facts))
        session.commit()


def told(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(Letter.address).order_by(Letter.id)))


def test_everybody_in_the_town_gets_one(sessions: sessionmaker[Session], settings: Settings) -> None:
    asked(sessions)
    assert do_tasks(sessions, settings, NOW).endswith("Written to 2 people; the letters go out by day")
    assert told(sessions) == ["ada@example.org", "ben@example.org"]
    with sessions() as session:
        letter = session.scalars(select(Letter)).first()
        assert letter
        assert (letter.kind, letter.subject, letter.is_subscription) == ("message", "A picnic", True)
        assert letter.text.startswith("Hello Ada,\n\nBread.\n\n- -\n\nhttps://example.org/a\n\n")
        assert "/unsubscribe/" in letter.text.partition("\n-- \n")[2]


def test_to_everybody_means_everywhere(sessions: sessionmaker[Session], settings: Settings) -> None:
    asked(sessions, place_id=None)
    assert "3 people" in do_tasks(sessions, settings, NOW)


def test_each_message_is_a_letter_of_its_own(sessions: sessionmaker[Session], settings: Settings) -> None:
    for _ in range(2):
        asked(sessions)
        do_tasks(sessions, settings, NOW)
    assert sorted(told(sessions)) == ["ada@example.org"] * 2 + ["ben@example.org"] * 2


class Killed(BaseException):
    """The machine went down."""


def test_killed_half_way_and_done_again_each_gets_one(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(sessions)
    monkeypatch.setattr(task_message, "BATCH", 1)
    step = Work.step

    def die_at_the_second(self: Work, done: int, total: int) -> None:
        step(self, done, total)
        if done == 1:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Work, "step", die_at_the_second)
        with pytest.raises(Killed):
            do_tasks(sessions, settings, NOW)
    assert told(sessions) == ["ada@example.org"]
    assert "2 people" in do_tasks(sessions, settings, NOW + 2 * ALIVE_FOR)
    assert told(sessions) == ["ada@example.org", "ben@example.org"]


def test_who_leaves_or_ends_the_letters_meanwhile_gets_none(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(sessions)
    step = Work.step

    def somebody_goes(self: Work, done: int, total: int) -> None:
        step(self, done, total)
        with sessions() as session:
            ada, ben = session.scalars(select(Member).order_by(Member.id).limit(2))
            ada.unsubscribe(NOW)
            ben.leave(NOW)
            session.commit()

    monkeypatch.setattr(Work, "step", somebody_goes)
    assert "0 people" in do_tasks(sessions, settings, NOW)
    assert told(sessions) == []


def test_it_waits_for_the_day_and_ends_with_the_habit(sessions: sessionmaker[Session], settings: Settings) -> None:
    asked(sessions)
    do_tasks(sessions, settings, NOW)
    with sessions() as session:
        assert claim_letter(session, at("tue 01:00"), LEASE) is None
        session.commit()
        for member in session.scalars(select(Member)):
            member.unsubscribe(NOW)
        session.commit()
        assert claim_letter(session, at("tue 09:00"), LEASE) is None
