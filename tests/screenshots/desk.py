"""The desk on the stage: what waits there, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from data.act import write_down
from data.member import Member
from data.task import Task
from tests.cast import at

NOW = at("wed 08:00")
Page = tuple[str, str]  # the name of a scene, and its path


def set_desk(session: Session, olga: Member) -> None:
    """Put on the desk what its pages show."""
    write_down(session, olga.id, "give_role", "member 1", NOW, why="She moderates on Tuesdays.", role="host")
    report = ["6,000 rows:", "   5,966 resolved: place and occupation are clear"]
    session.add(
        Task(kind="export", asked_by_id=olga.id, asked_at=NOW, ended_at=NOW, outcome="Nine tables", report=report)
    )
    begun = NOW - timedelta(minutes=1)
    session.add(Task(kind="import", asked_by_id=olga.id, asked_at=begun, alive_at=NOW, done=1400, total=6000))


def desk_pages() -> Iterator[Page]:
    """Return each page of the desk."""
    yield "desk", "/desk"
    yield "desk, long work", "/desk/work"
    yield "desk, a task that has ended", "/desk/work/1"
    yield "desk, a task at work", "/desk/work/2"
    yield "desk, the log", "/desk/log"
