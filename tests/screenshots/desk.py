"""The desk on the stage: what waits there, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from data.act import write_down
from data.avoidance import keep_apart
from data.member import Member
from data.task import Task
from tests.cast import at, bring_together, run_round

NOW = at("wed 08:00")
INES, INES_TOO = 901, 902  # their numbers
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
    _set_people(session, olga)


def _set_people(session: Session, olga: Member) -> None:
    """Somebody an organiser had to do with, and somebody who has signed up twice."""
    place_id = olga.place_id
    ines = Member(email="ines@example.org", first_name="Inês", profession="Restauradora de azulejos", place_id=place_id)
    ines_too = Member(email="ines.m@example.org", first_name="Inês M.", profession="Restorer", place_id=place_id)
    for one in (ines, ines_too):
        one.signed_up_at = one.confirmed_at = at("mon 09:00", weeks=-5)
        one.id = INES if one is ines else INES_TOO
    ines.pause_until(at("mon 00:00", weeks=3).date())
    session.add_all([ines, ines_too])
    session.flush()
    bring_together(session, run_round(session, weeks=-3), ines_too, olga)
    keep_apart(session, INES, olga.id, "organiser", NOW)
    about = f"member {INES}"
    write_down(session, olga.id, "pause_member", about, NOW, why="They asked me to, on the phone.")
    write_down(session, olga.id, "keep_apart", about, NOW, why="They work at the same desk.", other=olga.id)


def desk_pages() -> Iterator[Page]:
    """Return each page of the desk."""
    yield "desk", "/desk"
    yield "desk, long work", "/desk/work"
    yield "desk, a task that has ended", "/desk/work/1"
    yield "desk, a task at work", "/desk/work/2"
    yield "desk, the log", "/desk/log"
    yield "desk, people", "/desk/people"
    yield "desk, people found", "/desk/people?q=cop"
    yield "desk, people, nobody", "/desk/people?q=zebra"
    yield "desk, one of the people", f"/desk/people/{INES}"
    yield "desk, people merged", f"/desk/people/{INES}/merge?merge-other={INES_TOO}"
    yield "desk, people written to", "/desk/people/message"
    yield "desk, people of a list", "/desk/people/import"
