"""The desk in three states: of an installation nobody has joined yet, of the demo, and of a community of 100,000."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from sqlalchemy.orm import Session, sessionmaker

from data.draft import Draft, DraftPair, keep_preview
from data.member import Member
from data.reference_lists import load_lists
from data.tally import keep_tally
from data.task import Task
from jobs.count import count
from jobs.demo import demo
from jobs.role import give_role
from jobs.town import Town
from tests.benchmarks import bench_desk
from tests.cast import MONDAY, OLGA, at, join
from tests.screenshots.scenes import Scene
from web.settings import Settings

LAST_MONDAY = MONDAY - timedelta(weeks=1)
PEOPLE = 100_000
Sessions = sessionmaker[Session]


class State(NamedTuple):
    """What the names of its scenes begin with, when it is looked at, how its database is filled, and whose page is shown."""

    name: str
    now: datetime
    fill: Callable[[Sessions, Settings, datetime], None]
    person: int


def states() -> list[State]:
    """Return the three, the smallest first; in each, member 1 is an organiser."""
    return [
        State("new desk", at("mon 12:00"), begin, 1),
        State("demo desk", at("mon 12:00"), play, 2),
        State("desk of 100,000", bench_desk.NOW, crowd, 2),
    ]


def scenes_of(state: State, organiser: Member | None = None) -> Iterator[Scene]:
    """Return each of the desk's main pages as an organiser sees it; without one, to ask for the names alone."""
    pages = {
        "overview": "/desk",
        "the round": "/desk/round",
        "people": "/desk/people",
        "one of the people": f"/desk/people/{state.person}",
        "people written to": "/desk/people/message",
        "the queue": "/desk/queue",
        "long work": "/desk/work",
        "an export": "/desk/export",
        "settings": "/desk/settings",
        "venues": "/desk/venues",
        "programs": "/desk/programs",
        "the log": "/desk/log",
    }
    if state.fill is crowd:
        pages["a list signed up"] = "/desk/work/1"
    if state.fill is not begin:
        pages["a past round"] = f"/desk/rounds/{LAST_MONDAY}"
        pages["this week's round"] = f"/desk/rounds/{MONDAY}"
    for name, path in pages.items():
        yield Scene(f"{state.name}, {name}", path, organiser)


def begin(sessions: Sessions, settings: Settings, now: datetime) -> None:
    """An organiser has just been made, and nobody else is here."""
    with sessions.begin() as session:
        load_lists(session)
        join(session, OLGA, signed_up_at=now, confirmed_at=now)
    give_role(sessions, settings, now, "olga@example.org", "organiser")
    count(sessions, settings, now)


def play(sessions: Sessions, settings: Settings, now: datetime) -> None:
    """What `./run demo` makes."""
    with sessions.begin() as session:
        load_lists(session)
    demo(sessions, settings, now, Town(seed=1))


def crowd(sessions: Sessions, settings: Settings, now: datetime) -> None:
    """Half a year of rounds of very many, as the benchmark of the desk has them; the next is looked at, and much waits."""
    with sessions.begin() as session:
        bench_desk.fill(session, PEOPLE, Random(1))
    count(sessions, settings, now)
    with sessions.begin() as session:
        _look_ahead(session, PEOPLE, now)
        _import(session, PEOPLE, now)
        keep_tally(session, "mail", {"waiting": PEOPLE, "late": PEOPLE // 8, "given_up": PEOPLE // 60}, now)


def _look_ahead(session: Session, people: int, now: datetime) -> None:
    """The next round as a preview shows it: its figures, and the first pairs of it, which a page is full of."""
    figures = {"people": people, "nearby": people * 9 // 20, "calls": people // 20, "trios": 0, "left_over": 0}
    draft = Draft(monday=MONDAY + timedelta(weeks=1), seed=739222, changed_at=now, figures=figures | {"repeats": 1204})
    session.add(draft)
    session.flush()
    why = {"reason": "You could both talk for an hour about %(topic)s.", "reason_facts": {"topic": "bread"}}
    why |= {"topic": "bread", "topic_facts": {}, "ingredient": "topic"}
    numbers = range(2, min(people, 200), 2)
    pairs = [
        DraftPair(first_id=number, second_id=number + 1, mode="in_person", value=0.6, weeks_ago=-1, **why)
        for number in numbers
    ]
    keep_preview(session, draft, pairs, now)


def _import(session: Session, people: int, now: datetime) -> None:
    """One list that is signed up, and one at work."""
    began, sure = now - timedelta(hours=2), people - 120
    report = [f"{people:,} rows:", f"   {sure:,} resolved", "   120 are not clear"]
    columns = {"kind": "import", "asked_by_id": 1, "asked_at": began, "total": people}
    done = {"done": people, "ended_at": began, "outcome": f"{sure:,} signed up", "report": report}
    session.add_all([Task(**columns, **done), Task(**columns, alive_at=now, done=people * 64 // 100)])
