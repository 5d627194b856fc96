"""The desk on the stage: what waits there, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from data.act import write_down
from data.community import decide, usual
from data.member import Member
from data.task import Task
from data.venues import Venue
from tests.cast import at

NOW = at("wed 08:00")
LIVING_ROOM = 900_001  # far from the numbers of the list
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
    set_settings(session, olga)


def set_settings(session: Session, olga: Member) -> None:
    """Two changes of the settings, and venues somebody has looked at; what holds is as usual again."""
    decide(session, usual().decisions)
    for at_, change in (
        (NOW - timedelta(days=9), {"words": [], "answer_hour": [20, 18]}),
        (NOW - timedelta(days=2), {"cadence_weeks": [2, 1], "answer_hour": [18, 20]}),
    ):
        write_down(session, olga.id, "change_settings", "community", at_, **change)
    living_room = Venue(
        id=LIVING_ROOM,
        name="The Living Room", kind="cafe", address="Larsbjørnsstræde 17, Copenhagen", latitude=55.679, longitude=12.57,
        opening_hours="Mo-Su 09:00-23:00", preferred=True,
    )  # fmt: skip
    closed = Venue(name="Bar 7", kind="bar", address="Studiestræde 7", latitude=55.678, longitude=12.571, hidden_at=NOW)
    session.add_all([living_room, closed])
    session.flush()
    why = "Quiet tables at the back, and nobody minds if you stay."
    write_down(session, olga.id, "prefer_venue", f"venue {living_room.id}", NOW, why=why)


def desk_pages() -> Iterator[Page]:
    """Return each page of the desk."""
    yield "desk", "/desk"
    yield "desk, long work", "/desk/work"
    yield "desk, a task that has ended", "/desk/work/1"
    yield "desk, a task at work", "/desk/work/2"
    yield "desk, settings", "/desk/settings"
    yield "desk, venues", "/desk/venues"
    yield "desk, venues found", "/desk/venues?words=europa"
    yield "desk, a venue", f"/desk/venues/{LIVING_ROOM}"
    yield "desk, the log", "/desk/log"
