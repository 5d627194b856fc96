"""Long work is done one task after the other; it can be stopped, and what breaks is told and harms nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.database import sessions_of
from data.task import Task, lock_task
from jobs.do_tasks import BROKE, DOINGS, do_tasks
from jobs.long_work import CannotBeDone, Outcome, Work
from tests.cast import at
from web.settings import Settings

NOW = at("mon 10:00")


def asked(session: Session) -> Task:
    task = Task(kind="export", asked_at=NOW, file=b"names")
    session.add(task)
    session.commit()
    return task


def run(engine: Engine) -> str:
    return do_tasks(sessions_of(engine), Settings(), NOW)


def test_a_task_ends_with_what_came_of_it_and_its_file_is_gone(
    engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export(work: Work) -> Outcome:
        work.step(1, 2)
        return Outcome("Two files", ["one", "two"], "all.zip", b"zip")

    monkeypatch.setitem(DOINGS, "export", export)
    task = asked(session)
    assert run(engine) == f"Task {task.id}, export: Two files"
    session.refresh(task)
    assert (task.ended_at is not None, task.failed, task.done, task.total) == (True, False, 1, 2)
    assert (task.report, task.result_name, task.result, task.file) == (["one", "two"], "all.zip", b"zip", None)
    session.commit()
    assert run(engine) == "No long work is asked for"


def test_whoever_stops_it_stops_it_at_its_next_step(
    engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def export(work: Work) -> Outcome:
        work.step(1, 3)
        with work.sessions() as other:
            found = lock_task(other, work.task.id)
            assert found
            found.ask_to_stop(NOW)
            other.commit()
        work.step(2, 3)
        raise AssertionError("It went on")

    monkeypatch.setitem(DOINGS, "export", export)
    task = asked(session)
    assert "Stopped" in run(engine)
    session.refresh(task)
    assert (task.ended_at is not None, task.failed, task.done) == (True, False, 1)


@pytest.mark.parametrize(
    ("error", "said"), [(CannotBeDone("The list names no e-mail."), "The list names no e-mail."), (OSError("x"), BROKE)]
)
def test_what_cannot_be_done_says_why_and_what_breaks_says_so(
    engine: Engine, session: Session, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def export(_work: Work) -> Outcome:
        raise error

    monkeypatch.setitem(DOINGS, "export", export)
    task = asked(session)
    run(engine)
    session.refresh(task)
    assert (task.failed, task.outcome, task.file) == (True, said, None)
