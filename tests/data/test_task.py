"""A task is done by one process at a time, taken over from one that died, and stopped when somebody asks."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.database import sessions_of
from data.task import ALIVE_FOR, Task, lock_task, next_task
from tests.cast import ADA, at, join

NOW = at("mon 10:00")


def ask(session: Session, **columns: object) -> Task:
    task = Task(**({"kind": "export", "asked_at": NOW, "asked_by_id": join(session, ADA).id} | columns))
    session.add(task)
    session.commit()
    return task


def test_the_oldest_task_is_claimed_once(engine: Engine, session: Session) -> None:
    task = ask(session)
    claimed = next_task(session, NOW)
    assert claimed is task
    session.commit()
    with sessions_of(engine)() as other:
        assert next_task(other, NOW + timedelta(seconds=30)) is None


def test_a_task_whose_process_died_is_taken_over_and_one_that_lives_is_not(session: Session) -> None:
    task = ask(session)
    next_task(session, NOW)
    session.commit()
    assert next_task(session, NOW + ALIVE_FOR) is None
    assert next_task(session, NOW + ALIVE_FOR + timedelta(seconds=1)) is task


def test_who_stops_a_task_that_has_not_begun_ends_it_and_one_at_work_is_told(session: Session) -> None:
    waiting = ask(session)
    waiting.ask_to_stop(NOW)
    assert (waiting.is_open, waiting.outcome) == (False, "Stopped before it began")
    assert next_task(session, NOW) is None
    working = Task(kind="export", asked_at=NOW)
    session.add(working)
    session.commit()
    next_task(session, NOW)
    working.ask_to_stop(NOW)
    assert working.is_open
    assert working.stop_asked_at == NOW


def test_how_far_it_is_in_percent(session: Session) -> None:
    task = ask(session)
    assert task.percent is None
    task.done, task.total = 1, 3
    assert task.percent == 33
    assert lock_task(session, task.id) is task
