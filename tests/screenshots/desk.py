"""The desk on the stage: what waits there, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from data.act import write_down
from data.api_token import count_use, make_token
from data.member import Member
from data.task import Task
from data.webhook import EVENTS, Delivery, add_webhook
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
    _set_programs(session, olga)


def _set_programs(session: Session, olga: Member) -> None:
    """Two tokens, two webhooks, and deliveries in each state."""
    make_token(session, "Figures on the town hall's wall", olga.id, NOW - timedelta(days=9))
    make_token(session, "The newsletter", olga.id, NOW)
    session.flush()
    count_use(session, 1, NOW - timedelta(minutes=7))
    urls = ["https://hooks.example.org/hello-stranger/3f9d1c", "https://chat.example.com/api/incoming/town"]
    for url, events in zip(urls, (EVENTS, EVENTS[2:]), strict=True):
        add_webhook(session, url, events, olga.id, NOW - timedelta(days=9))
    told: list[tuple[int, str, dict[str, Any]]] = [
        (1, "match_made", {"given_up_at": NOW, "tries": 19, "last_error": "It cannot be reached: timed out"}),
        (1, "match_on", {"delivered_at": NOW, "tries": 1}),
        (2, "reported", {"tries": 3, "last_error": "It answered 503: down for an hour, sorry"}),
        (1, "ping", {}),
    ]
    for number, event, columns in told:
        when = {"happened_at": NOW, "try_after": NOW + timedelta(minutes=2)}
        session.add(Delivery(webhook_id=number, event=event, facts={}, **when, **columns))


def desk_pages() -> Iterator[Page]:
    """Return each page of the desk."""
    yield "desk", "/desk"
    yield "desk, long work", "/desk/work"
    yield "desk, a task that has ended", "/desk/work/1"
    yield "desk, a task at work", "/desk/work/2"
    yield "desk, programs", "/desk/programs"
    yield "desk, the log", "/desk/log"
