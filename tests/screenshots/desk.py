"""The desk on the stage: what waits there, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.act import write_down
from data.api_token import count_use, make_token
from data.avoidance import keep_apart
from data.cells import snap
from data.community import decide, usual
from data.draft import Draft, DraftPair, keep_preview
from data.funnel import Funnel, Meetings
from data.match import Seat
from data.member import Member
from data.note import Note
from data.report import write_report
from data.round import Round, round_of
from data.tally import keep_tally
from data.task import Task
from data.trained_model import TrainedModel
from data.venues import Venue
from data.wall import share
from data.webhook import EVENTS, Delivery, add_webhook
from tests.cast import MONDAY, PLACES, at, bring_together, run_round

NOW = at("wed 08:00")
LIVING_ROOM = 900_001  # far from the numbers of the list
INES, INES_TOO = 901, 902  # their numbers
Page = tuple[str, str]  # the name of a scene, and its path


def set_desk(session: Session, olga: Member) -> None:
    """Put on the desk what its pages show."""
    write_down(session, olga.id, "give_role", "member 1", NOW, why="She moderates on Tuesdays.", role="host")
    _set_queue(session)
    report = ["6,000 rows:", "   5,966 resolved: place and occupation are clear"]
    session.add(
        Task(kind="export", asked_by_id=olga.id, asked_at=NOW, ended_at=NOW, outcome="Nine tables", report=report)
    )
    begun = NOW - timedelta(minutes=1)
    _prepare_a_round(session)
    session.add(Task(kind="import", asked_by_id=olga.id, asked_at=begun, alive_at=NOW, done=1400, total=6000))
    _set_programs(session, olga)
    set_settings(session, olga)
    _set_people(session, olga)


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


def _prepare_a_round(session: Session) -> None:
    """The next round has been looked at and is held, and two are to meet."""
    every = {member.first_name: member for member in session.scalars(select(Member).order_by(Member.id.desc()))}
    ada, ben, cleo = (every[name] for name in ("Ada", "Ben", "Cleo"))
    figures = {"people": 1204, "nearby": 571, "calls": 29, "trios": 0, "left_over": 1, "repeats": 3}
    draft = Draft(
        monday=MONDAY + timedelta(weeks=1), seed=739222, held_at=NOW, changed_at=NOW, figures=figures,
        held_why="The café in Nørrebro is closed; I am asking for another one.", together=[[ada.id, ben.id]], left_over=[cleo.id],
    )  # fmt: skip
    session.add(draft)
    session.flush()
    roles = [(ada, ben), (cleo, ada), (ben, cleo)]
    why = {"reason": "You could both talk for an hour about %(topic)s.", "topic": "sourdough", "topic_facts": {}}
    why |= {"reason_facts": {"topic": "sourdough"}, "ingredient": "topic"}
    pairs = [
        DraftPair(first_id=one.id, second_id=other.id, mode="in_person", value=0.6, weeks_ago=-1, **why)
        for one, other in roles
    ]
    keep_preview(session, draft, pairs, NOW)


def _set_queue(session: Session) -> None:
    """Two reports, one about a note, and lines for the wall."""
    note = session.scalars(select(Note).order_by(Note.id)).first()
    seats = list(session.scalars(select(Seat).order_by(Seat.id)))
    first = seats[0].match.seats
    write_report(session, first[1], first[0].member_id, "She did not come, and it is the second time.", at("tue 17:00"))
    if note is not None:
        other = next(seat for seat in note.seat.match.seats if seat is not note.seat)
        words = "I asked him to stop writing to me.\nHe went on, and it made me uneasy: he knows where I work."
        write_report(session, other, note.seat.member_id, words, at("wed 07:30"), note=note)
    lines = ("Bees dance to tell the way.", "A good weld sounds like bacon.", "Buy honey at www.example.org!")
    for number, words in enumerate(lines, start=2):
        share(session, seats[-number], words, at("wed 07:00"), signed=number == 2)


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
    _count(session)


def _count(session: Session) -> None:
    """Half a year of rounds as the job would have counted them, in a town where ever more people meet."""
    chance = Random(7)
    for weeks in range(26):
        monday = MONDAY - timedelta(weeks=weeks)
        round_ = round_of(session, monday) or Round(monday=monday, seed=7, started_at=at("mon 06:00", weeks=-weeks))
        people = 1400 - weeks * 45 + chance.randint(-40, 40)
        round_.figures = _figures(people)
        round_.funnel, round_.counted_at = _funnel(people, weeks, chance).facts(), NOW
        session.add(round_)
    new = [{"monday": f"{MONDAY - timedelta(weeks=25 - week)}", "people": chance.randint(8, 70)} for week in range(26)]
    here = {"here": 1712, "unconfirmed": 31, "paused": 84, "quiet": 140, "longest_wait": 2}
    keep_tally(session, "members", here | {"roles": {"host": 4, "organiser": 2}, "new": new}, NOW)
    keep_tally(session, "mail", {"waiting": 12, "late": 3, "given_up": 1}, NOW)
    keep_tally(session, "map", _map(chance), NOW)
    figures = {"lessons": 4200, "held_out": 1050, "enjoyed": 0.78, "better_by": 0.02, "standard_error": 0.004}
    figures |= {"loss_in_use": 0.53, "loss_level": 0.52, "loss_start": 0.525, "loss_learned": 0.50}
    learned = at("sun 18:00", weeks=-1)
    session.add(TrainedModel(trained_at=learned, weights={}, figures=figures, in_use_from=learned))


def _figures(people: int) -> dict[str, float]:
    pairs = people // 2 - 12
    shares = {"nearby": int(pairs * 0.92), "calls": int(pairs * 0.08), "trios": 6, "left_over": 6, "offline": 14}
    return {"people": people, **shares, "repeats": 3, "weight": pairs * 0.61, "candidates": people * 31, "rescued": 17}


def _funnel(people: int, weeks: int, chance: Random) -> Funnel:
    yes = int(people * (0.66 + chance.random() / 12))
    fixed, held = int(yes * 0.8), int(yes * 0.62) if weeks > 1 else yes // (8 - 4 * weeks)
    matches = people // 2
    in_person = Meetings(
        int(matches * 0.9), int(fixed * 0.45), int(held * 0.44), int(held * 0.4), held, int(held * 0.8)
    )
    on_call = Meetings(matches // 10, fixed // 20, held // 22, held // 29, held // 12, held // 18)
    bands = tuple(int(fixed * share) for share in (0.31, 0.34, 0.2, 0.04, 0.002))
    return Funnel(people, people - 6, yes, fixed, held, 6, 17, in_person, on_call, bands)


def _map(chance: Random) -> dict[str, Any]:
    where = (place for place in PLACES.items())
    towns = [
        {
            "name": name,
            "country": facts["country_code"],
            "latitude": facts["latitude"],
            "longitude": facts["longitude"],
            "people": n,
        }
        for (name, facts), n in zip(where, (1120, 310, 154, 61), strict=True)
    ]
    corners = {snap(55.6 + chance.gauss(0.08, 0.03), 12.5 + chance.gauss(0.05, 0.05)) for _ in range(60)}
    cells = [[latitude, longitude, chance.randint(10, 70)] for latitude, longitude in sorted(corners)]
    return {"towns": towns, "elsewhere": 67, "cells": cells, "others": 44}


def desk_pages() -> Iterator[Page]:
    """Return each page of the desk."""
    yield "desk", "/desk"
    yield "desk, the round", "/desk/round"
    yield "desk, a past round", f"/desk/rounds/{MONDAY}"
    yield "desk, long work", "/desk/work"
    yield "desk, a task that has ended", "/desk/work/1"
    yield "desk, a task at work", "/desk/work/2"
    yield "desk, the queue", "/desk/queue"
    yield "desk, an export", "/desk/export"
    yield "desk, programs", "/desk/programs"
    yield "desk, settings", "/desk/settings"
    yield "desk, venues", "/desk/venues"
    yield "desk, venues found", "/desk/venues?words=europa"
    yield "desk, a venue", f"/desk/venues/{LIVING_ROOM}"
    yield "desk, the log", "/desk/log"
    yield "desk, people", "/desk/people"
    yield "desk, people found", "/desk/people?q=cop"
    yield "desk, people, nobody", "/desk/people?q=zebra"
    yield "desk, one of the people", f"/desk/people/{INES}"
    yield "desk, people merged", f"/desk/people/{INES}/merge?merge-other={INES_TOO}"
    yield "desk, people written to", "/desk/people/message"
    yield "desk, people of a list", "/desk/people/import"
