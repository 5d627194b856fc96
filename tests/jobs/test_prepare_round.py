"""A round is looked at before it goes out: held, shuffled, changed, and released as it was seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

import jobs.weekly_round
from data.avoidance import keep_apart
from data.draft import Draft, draft_of, lock_draft, pairs_of
from data.member import Member
from data.round import Round, round_of
from data.task import Task
from jobs.arrange import Arrangement, arrange
from jobs.do_tasks import do_tasks
from jobs.known import Known
from jobs.weekly_round import weekly_round
from jobs.wishes import Wishes
from tests.cast import ADA, BEN, CLEO, EVA, FINN, MONDAY, Role, at, join
from tests.jobs.stage import sign_up, together, told
from web.settings import Settings

SUNDAY = at("sun 12:00", weeks=-1)
SIX = at("mon 06:00")
GUS = Role("Gus", "Baker")
HANA = Role("Hana", "Potter")


def draft(sessions: sessionmaker[Session], **columns: Any) -> None:
    """An organiser begins to look at the round, or changes it."""
    with sessions.begin() as session:
        found = lock_draft(session, MONDAY) or Draft(monday=MONDAY, seed=1, changed_at=SUNDAY)
        session.add(found)
        for name, value in columns.items():
            setattr(found, name, value)


def preview(sessions: sessionmaker[Session], settings: Settings) -> Task:
    """Ask for a preview on Sunday, and have it."""
    with sessions.begin() as session:
        task = Task(kind="preview", asked_at=SUNDAY, facts={"monday": MONDAY.isoformat()})
        session.add(task)
    do_tasks(sessions, settings, SUNDAY)
    with sessions() as session:
        found = session.get(Task, task.id)
        assert found
        return found


def seen(sessions: sessionmaker[Session]) -> set[frozenset[str]]:
    """Who would meet whom, by name, as the desk shows it."""
    with sessions() as session:
        found = draft_of(session, MONDAY)
        assert found
        names = {
            number: session.get_one(Member, number).first_name
            for pair in pairs_of(session, found)
            for number in pair.members
        }
        return {frozenset(names[number] for number in pair.members) for pair in pairs_of(session, found)}


def test_what_is_looked_at_is_what_goes_out_and_looking_writes_no_letter(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN, CLEO, GUS)
    draft(sessions)
    assert preview(sessions, settings).outcome == "4 people: 2 pairs nearby, 0 on calls, 0 trios, 0 left over"
    assert (told(sessions), together(sessions)) == ({}, set())
    before = seen(sessions)
    assert len(before) == 2
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == before


def test_the_desk_has_the_reason_and_the_topic_the_letter_would_have(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    draft(sessions)
    preview(sessions, settings)
    with sessions() as session:
        found = draft_of(session, MONDAY)
        assert found
        (pair,) = pairs_of(session, found)
        assert (pair.topic, pair.mode) == ("sourdough", "in_person")
        assert pair.reason
        assert found.is_fresh


def test_a_round_that_is_held_waits_and_says_why_until_it_is_let_go(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    draft(sessions, held_at=SUNDAY, held_why="A storm is coming.")
    assert "is held by an organiser, until somebody releases it: A storm is coming." in weekly_round(
        sessions, settings, SIX
    )
    assert (told(sessions), together(sessions)) == ({}, set())
    draft(sessions, held_at=None)
    weekly_round(sessions, settings, SIX + timedelta(hours=5))
    assert together(sessions) == {frozenset({"Ada", "Ben"})}


def test_a_released_round_goes_out_as_it_was_seen_but_for_who_has_come_or_gone(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    """Seed and newcomers would shuffle them; what an organiser has looked at stands."""
    numbers = sign_up(sessions, ADA, BEN, CLEO, GUS, HANA, Role("Ida", "Tailor"))
    draft(sessions, held_at=SUNDAY)
    preview(sessions, settings)
    before = seen(sessions)
    gone = next(pair for pair in before if "Ada" in pair)
    draft(sessions, released_at=at("mon 05:00"), seed=99)
    with sessions.begin() as session:
        session.get_one(Member, numbers[0]).leave(at("mon 05:30"))
        join(session, Role("Nora", "Nurse"))
    weekly_round(sessions, settings, SIX)
    after = together(sessions)
    assert before - {gone} <= after
    assert frozenset({"Nora", *(gone - {"Ada"})}) in after


def test_two_who_are_kept_apart_after_the_release_do_not_meet(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    ada, ben = sign_up(sessions, ADA, BEN)
    draft(sessions)
    preview(sessions, settings)
    draft(sessions, released_at=at("mon 05:00"))
    with sessions.begin() as session:
        keep_apart(session, ada, ben, "organiser", at("mon 05:30"))
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == set()


def test_two_an_organiser_wants_together_meet_and_the_others_are_paired_around_them(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    ada, ben, cleo, gus = sign_up(sessions, ADA, BEN, CLEO, GUS)
    draft(sessions)
    preview(sessions, settings)
    wished = [
        ada,
        next(
            one
            for one, name in ((ben, "Ben"), (cleo, "Cleo"), (gus, "Gus"))
            if frozenset({"Ada", name}) not in seen(sessions)
        ),
    ]
    draft(sessions, together=[wished])
    assert preview(sessions, settings).outcome == "4 people: 2 pairs nearby, 0 on calls, 0 trios, 0 left over"
    with sessions() as session:
        found = draft_of(session, MONDAY)
        assert found
        assert sorted(wished) in [sorted(pair.members) for pair in pairs_of(session, found)]
        assert found.figures["wished"] == 1
    before = seen(sessions)
    weekly_round(sessions, settings, SIX)
    assert together(sessions) == before


def test_two_who_cannot_meet_are_named_and_paired_as_everybody_else(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    """Eva lives in Aarhus and Finn in Auckland, and Finn takes no calls."""
    with sessions.begin() as session:
        eva, finn = join(session, EVA), join(session, FINN, meets="in_person")
    draft(sessions, together=[[eva.id, finn.id]])
    preview(sessions, settings)
    with sessions() as session:
        found = draft_of(session, MONDAY)
        assert found
        assert found.figures["refused"] == [[eva.id, finn.id]]
        assert sorted(found.left_over) == sorted([eva.id, finn.id])


def test_a_preview_that_was_overtaken_is_not_kept(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(sessions, ADA, BEN)
    draft(sessions)

    def arrange_slowly(known: Known, round_: Round, now: Any, wishes: Wishes) -> Arrangement:
        draft(sessions, seed=5, changed_at=SUNDAY + timedelta(seconds=1))
        return arrange(known, round_, now, wishes)

    monkeypatch.setattr("jobs.prepare_round.arrange", arrange_slowly)
    task = preview(sessions, settings)
    assert task.failed
    assert "changed or released meanwhile" in task.outcome
    assert seen(sessions) == set()


def test_a_preview_of_a_round_that_has_gone_out_says_so(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, BEN)
    draft(sessions)
    weekly_round(sessions, settings, SIX)
    assert preview(sessions, settings).outcome == "The round of 2026-11-23 has gone out already."


def test_a_round_that_is_held_while_it_is_decided_does_not_go_out(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_up(sessions, ADA, BEN)

    def arrange_slowly(known: Known, round_: Round, now: Any, wishes: Wishes) -> Arrangement:
        draft(sessions, held_at=SIX)
        return arrange(known, round_, now, wishes)

    with monkeypatch.context() as slowly:
        slowly.setattr(jobs.weekly_round, "arrange", arrange_slowly)
        assert "it is decided anew" in weekly_round(sessions, settings, SIX)
    assert "is held" in weekly_round(sessions, settings, SIX)
    with sessions() as session:
        assert round_of(session, MONDAY) is None
