"""A year in the life of a community, through the real jobs and a real database: how many pairs become meetings.

`./run bench weeks --people 2000 --seed 1` plays it twice side by side, with rescue and without. The letters of a match
are counted, not written: nobody reads them here, and they would take most of the time.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, delete, event, func, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.rematch
from data.database import connect, sessions_of
from data.letter import Letter
from data.match import Match, Seat
from data.member import Member
from data.reference_lists import load_lists, load_venues
from data.round import Round, round_starts
from data.upgrade import upgrade
from jobs.rematch import rematch
from jobs.town import Town, settle
from jobs.weekly_round import weekly_round
from tests.benchmarks.community import COMES_BACK, Community
from web.answers import Answers
from web.letters import Letters
from web.match_letters import MatchLetters
from web.settings import Settings

FIRST_MONDAY = date(2026, 1, 5)
# Hours after Monday 00:00 UTC at which people look at their letters and the jobs run; the real ones run every minute.
STEPS = (10, 20, 34, 58, 67, 70, 82, 91, 94, 106, 118, 130, 142, 160)
LOOKS = 0.55  # the share of those who have not answered that looks at each step
UNREAD = ("your_match", "it_is_on", "no_common_time", "another_time", "you_cancelled")
Figures = dict[str, float]
let_down: set[tuple[int, int]] = set()  # rounds and members who were told that a partner cannot come


def main(arguments: list[str]) -> int:
    """Play the weeks with rescue and without, each on a core of its own, and print both funnels."""
    options = _parser().parse_args(arguments)
    began = perf_counter()
    runs = [(options.people, options.weeks, options.seed, rescue) for rescue in ("on", "off")]
    with ProcessPoolExecutor(2) as cores:
        on, off = cores.map(play, *zip(*runs, strict=True))
    print(f"{options.people} people, {options.weeks} weeks, seed {options.seed}: {perf_counter() - began:.0f} s\n")  # noqa: T201  what a benchmark is for
    print(f"{'':<52}{'rescue on':>12}{'rescue off':>12}")  # noqa: T201  likewise
    for name in on:
        print(f"{name:<52}{_shown(on[name]):>12}{_shown(off[name]):>12}")  # noqa: T201  likewise
    return 0


def play(people: int, weeks: int, seed: int, rescue: str) -> Figures:
    """Let a community live so many weeks; return its figures."""
    unwritten: dict[str, Any] = dict.fromkeys(UNREAD, _unwritten) | {"they_cannot_come": _let_down}
    with TemporaryDirectory(prefix="hello-weeks-") as folder, patch.multiple(MatchLetters, **unwritten):
        engine = connect(f"sqlite:///{Path(folder) / 'weeks.db'}")
        event.listen(engine, "connect", _never_wait_for_the_disk)
        upgrade(engine)
        year = Year(engine, people, seed)
        if rescue == "off":
            with (
                patch.object(jobs.rematch, "_pair_again", _nobody_new),
                patch.object(jobs.rematch, "rescue_at_short_notice", _nobody_new),
            ):
                return year.live(weeks)
        return year.live(weeks)


class Year:
    """Some weeks of a community."""

    def __init__(self, engine: Engine, people: int, seed: int) -> None:
        self.sessions: sessionmaker[Session] = sessions_of(engine)
        self.settings = Settings()
        self.letters = Letters(self.settings)
        far, aarhus = max(2, people // 40), people // 8
        with self.sessions.begin() as session:
            load_lists(session)
            load_venues(session)
            town = Town(seed, people - far - aarhus, aarhus, far)
            members = settle(session, town, round_starts(FIRST_MONDAY))
        self.community = Community(members, seed)
        for number, member in enumerate(members):
            member.short_notice = number % 5 == 0

    def live(self, weeks: int) -> Figures:
        """Live through all weeks, and say what became of them."""
        for week in range(weeks):
            self._live_through(FIRST_MONDAY + timedelta(weeks=week))
        return self._figures(weeks)

    def _live_through(self, monday: date) -> None:
        community, before = self.community, _hours_after(monday, 6)
        with self.sessions.begin() as session:
            community.travel(session, monday)
            quiet = select(Member).where(Member.quiet_since.is_not(None))
            for member in session.scalars(quiet.order_by(Member.id)):
                if community.chance.random() < COMES_BACK:
                    member.resume(before)
        weekly_round(self.sessions, self.settings, before)
        for hours in STEPS:
            now = _hours_after(monday, hours)
            with self.sessions.begin() as session:
                answers = Answers(session, self.letters, now)
                community.answer(session, answers, now, LOOKS)
                community.live(session, answers, now)
                community.meet(session, before, now - timedelta(hours=1))
            rematch(self.sessions, self.settings, now)
            before = now - timedelta(hours=1)
        self._count_rescues(monday)
        with self.sessions.begin() as session:
            session.execute(delete(Letter).where(Letter.written_at < before - timedelta(weeks=3)))

    def _count_rescues(self, monday: date) -> None:
        """Who was left by a partner in this round, and how many of them got another one in it."""
        with self.sessions() as session:
            round_ = session.scalars(select(Round).where(Round.monday == monday)).one()
            here = {member for number, member in let_down if number == round_.id}
            seats = Counter(session.scalars(select(Seat.member_id).where(Seat.round_id == round_.id)))
        self.community.tally.let_down += len(here)
        self.community.tally.rescued += sum(seats[member] > 1 for member in here)

    def _figures(self, weeks: int) -> Figures:
        tally = self.community.tally
        with self.sessions() as session:
            made = session.scalar(select(func.count()).select_from(Match)) or 0
            modes = {number: mode for number, mode in session.execute(select(Match.id, Match.mode))}  # noqa: C416  typed
            rounds = list(session.scalars(select(Round)))
            ready = sum(round_.figures["people"] for round_ in rounds)
            left = sum(round_.figures["left_over"] for round_ in rounds)
            offline = sum(round_.figures.get("offline", 0) for round_ in rounds)
            members = list(session.scalars(select(Member.id)))
            waited = session.scalar(select(func.max(Member.times_left_out))) or 0
        met = Counter(pair for came in tally.held.values() for pair in combinations(sorted(came), 2))
        meetings = Counter(member for came in tally.held.values() for member in came)
        held = len(tally.held)
        in_person = sum(modes[number] == "in_person" for number in tally.held)
        return {
            "matches made": made,
            "all said yes": len(tally.all_yes),
            "  of the matches made": len(tally.all_yes) / made,
            "a time was fixed": len(tally.fixed),
            "  of those with all yes": len(tally.fixed) / max(1, len(tally.all_yes)),
            "held": held,
            "  of those fixed": held / max(1, len(tally.fixed)),
            "held meetings per member ready and week": sum(map(len, tally.held.values())) / ready,
            "let down by a partner, in that week": tally.let_down,
            "  of them with somebody else in the same week": tally.rescued / max(1, tally.let_down),
            "stood up at the place": tally.stood_up,
            "cancelled in time": tally.cancelled,
            "other times asked for": tally.moved,
            "in person, of those held": in_person / max(1, held),
            "left over by a round, of those ready": left / ready,
            "met again though they had met (repeats)": sum(number > 1 for number in met.values()) - offline,
            "welcome repeats: a call taken offline": offline,
            "worst-off: rounds left out by": waited,
            "worst-off: meetings held in all weeks": min(meetings[member] for member in members),
            "median member: meetings held": sorted(meetings[member] for member in members)[len(members) // 2],
            "weeks": weeks,
        }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench weeks", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _hours_after(monday: date, hours: int) -> datetime:
    return datetime.combine(monday, time(), UTC) + timedelta(hours=hours)


def _unwritten(*_: Any, **__: Any) -> None:
    """A letter that nobody reads."""


def _let_down(_letters: MatchLetters, _session: Session, seat: Seat, _now: datetime) -> None:
    let_down.add((seat.round_id, seat.member_id))


def _nobody_new(*_: Any) -> int:
    return 0


def _never_wait_for_the_disk(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")


def _shown(figure: float) -> str:
    return f"{figure:,}" if isinstance(figure, int) or figure == int(figure) else f"{figure:.1%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
