"""The desk on the stage: what waits there, and every page of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from data.act import write_down
from data.cells import snap
from data.funnel import Funnel, Meetings
from data.member import Member
from data.round import Round, round_of
from data.tally import keep_tally
from data.task import Task
from data.trained_model import TrainedModel
from tests.cast import MONDAY, PLACES, at

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
    yield "desk, a past round", f"/desk/rounds/{MONDAY}"
    yield "desk, long work", "/desk/work"
    yield "desk, a task that has ended", "/desk/work/1"
    yield "desk, a task at work", "/desk/work/2"
    yield "desk, the log", "/desk/log"
