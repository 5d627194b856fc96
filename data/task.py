"""A task: long work somebody asked for at the desk; the jobs process does it, says how far it is, and can be stopped.

A task is claimed for a while and claimed anew with every step it reports. One whose process died is claimed again by
the next, so what it does must be safe to do twice.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.member import Member

TaskKind = Literal["import", "preview", "export", "retrain", "message"]
ALIVE_FOR = timedelta(minutes=2)  # after its last sign of life somebody else takes a task over
KEPT_FOR = timedelta(days=14)  # its files hold people's addresses
LAST_FEW = 9
OPEN = "ended_at IS NULL"


class Task(Base):
    """One piece of work, with what it needs, how far it is, and what came of it."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("kind IN ('import', 'preview', 'export', 'retrain', 'message')", name="kind"),
        Index("ix_task_open", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what is to be done, in numbers and short words
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # what it works on
    alive_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # the last sign of life; none: not begun
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)  # 0: not known yet
    stop_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    failed: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[str] = mapped_column(Text, default="")  # one line
    report: Mapped[list[str]] = mapped_column(JSON, default=list)  # lines to read
    result_name: Mapped[str] = mapped_column(String(200), default="")
    result: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # a file to take along

    asked_by: Mapped[Member | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether it waits or is at work."""
        return self.ended_at is None

    @property
    def percent(self) -> int | None:
        """How far it is, of a hundred; none while nobody knows how much there is to do."""
        return min(100, self.done * 100 // self.total) if self.total else None

    def ask_to_stop(self, now: datetime) -> None:
        """Stop it: at once when it has not begun, else at its next step; what is done stays done."""
        if self.ended_at is None and self.stop_asked_at is None:
            self.stop_asked_at = now
            if self.alive_at is None:
                self.end(now, "Stopped before it began")

    def end(self, now: datetime, outcome: str, report: list[str] | None = None) -> None:
        """It is over; `outcome` is one line."""
        self.ended_at, self.outcome, self.report = now, outcome, report or []

    def fail(self, now: datetime, why: str) -> None:
        """It is over, and did not come to its end."""
        self.failed = True
        self.end(now, why)


def next_task(session: Session, now: datetime) -> Task | None:
    """Claim the oldest task nobody is at work on, locked; none when there is none."""
    free = or_(Task.alive_at.is_(None), Task.alive_at < now - ALIVE_FOR)
    oldest = select(Task).where(Task.ended_at.is_(None), free).order_by(Task.id).limit(1)
    task = session.scalar(oldest.with_for_update(of=Task, skip_locked=True))
    if task is not None:
        task.alive_at = now
    return task


def waiting_task(session: Session, kind: TaskKind, facts: dict[str, Any]) -> Task | None:
    """Return the task that asks for just this and has not begun, if there is one."""
    waiting = select(Task).where(Task.ended_at.is_(None), Task.alive_at.is_(None), Task.kind == kind)
    return next((task for task in session.scalars(waiting) if task.facts == facts), None)


def latest_task(session: Session, kind: TaskKind, facts: dict[str, Any]) -> Task | None:
    """Return the newest task that asks or asked for just this, if it is among the last few of its kind."""
    newest = select(Task).where(Task.kind == kind).order_by(Task.id.desc()).limit(LAST_FEW)
    return next((task for task in session.scalars(newest) if task.facts == facts), None)


def open_tasks(session: Session) -> list[Task]:
    """Return what waits or is at work, the oldest first."""
    return list(session.scalars(select(Task).where(Task.ended_at.is_(None)).order_by(Task.id)))


def latest_tasks(session: Session, most: int) -> list[Task]:
    """Return the newest tasks first, ended ones included."""
    return list(session.scalars(select(Task).order_by(Task.id.desc()).limit(most)))


def count_failed_tasks(session: Session, since: datetime) -> int:
    """Return how many tasks have failed since a moment, but for those that somebody has got done after all."""
    ended = select(Task.kind, Task.failed).where(Task.ended_at > since).order_by(Task.id)
    failed: Counter[str] = Counter()
    for kind, has_failed in session.execute(ended):
        failed[kind] = failed[kind] + 1 if has_failed else 0
    return failed.total()


def task_numbered(session: Session, number: int) -> Task | None:
    """Return one task, read anew."""
    return session.scalar(select(Task).where(Task.id == number).execution_options(populate_existing=True))


def lock_task(session: Session, number: int) -> Task | None:
    """Return one task as it stands, locked until the transaction ends."""
    locked = select(Task).where(Task.id == number).with_for_update(of=Task)
    return session.scalar(locked.execution_options(populate_existing=True))
