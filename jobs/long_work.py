"""Long work as the jobs process does it: what a task gets, how it says how far it is, and how it is stopped."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy.orm import Session, sessionmaker

from data.task import Task, lock_task
from web.settings import Settings

log = logging.getLogger("jobs")


class Stopped(Exception):
    """Somebody has asked for an end; what was done so far stays done."""


class CannotBeDone(Exception):
    """A task that makes no sense; the message says why, in one sentence for whoever asked."""


@dataclass(frozen=True)
class Outcome:
    """What came of a task: one line, lines to read, and a file to take along."""

    line: str
    report: list[str] = field(default_factory=list)
    result_name: str = ""
    result: bytes | None = None


@dataclass(frozen=True)
class Work:
    """One task at work."""

    task: Task  # as it was when it was claimed
    sessions: sessionmaker[Session]
    settings: Settings
    began: datetime
    started: float = field(default_factory=monotonic)

    @property
    def now(self) -> datetime:
        """The moment the job was told, and what has passed since."""
        return self.began + timedelta(seconds=monotonic() - self.started)

    def step(self, done: int, total: int) -> None:
        """Say how far it is, between two transactions of its own. Raises Stopped when somebody has asked for an end."""
        log.info("Task %s, %s: %s of %s", self.task.id, self.task.kind, f"{done:,}", f"{total:,}")
        with self.sessions() as session:
            task = lock_task(session, self.task.id)
            if task is None or task.stop_asked_at is not None:
                raise Stopped
            task.done, task.total, task.alive_at = done, total, self.now
            session.commit()


Doing = Callable[[Work], Outcome]
