"""Does the long work asked for at the desk, one task after the other, the oldest first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data.task import Task, TaskKind, lock_task, next_task
from jobs.long_work import CannotBeDone, Doing, Outcome, Stopped, Work, log
from jobs.prepare_round import prepare_round
from jobs.retrain import learn_now
from jobs.task_export import export_everything
from jobs.task_import import import_list
from jobs.task_message import write_message
from web.settings import Settings

BROKE = "It broke on our side; the log of the jobs says how. Nothing half done is left: it can be asked for again."
DOINGS: dict[TaskKind, Doing] = {
    "export": export_everything,
    "preview": prepare_round,
    "retrain": learn_now,
    "import": import_list,
    "message": write_message,
}


def do_tasks(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Do the oldest task nobody is at work on, if there is one; return one line about it."""
    with sessions() as session:
        task = next_task(session, now)
        session.commit()
    if task is None:
        return "No long work is asked for"
    work = Work(task, sessions, settings, now)
    line = _do(work)
    return f"Task {task.id}, {task.kind}: {line}"


def _do(work: Work) -> str:
    try:
        return _end(work, DOINGS[work.task.kind](work))  # type: ignore[index]  # a constraint sees to it
    except Stopped:
        return _end(work, Outcome("Stopped; what was done before stays done"))
    except CannotBeDone as reason:
        return _fail(work, str(reason))
    except Exception:  # noqa: BLE001  whatever it was: whoever asked hears of it, and other tasks go on
        log.exception("Task %s failed", work.task.id)
        return _fail(work, BROKE)


def _end(work: Work, outcome: Outcome) -> str:
    with work.sessions() as session:
        task = _locked(session, work)
        task.end(work.now, outcome.line, outcome.report)
        task.result_name, task.result, task.file = outcome.result_name, outcome.result, None
        session.commit()
    return outcome.line


def _fail(work: Work, why: str) -> str:
    with work.sessions() as session:
        task = _locked(session, work)
        task.fail(work.now, why)
        task.file = None
        session.commit()
    return why


def _locked(session: Session, work: Work) -> Task:
    task = lock_task(session, work.task.id)
    if task is None:
        raise CannotBeDone("The task is gone.")
    return task
