"""A year in the life of a community: how many pairs become meetings, with rescue and without.

`./run bench weeks --people 2000 --seed 1`. The pairing, the times, the answers, the moves and the falling through are
the product's own code; what is left out is the database, the letters and the choice of a café.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from data.database import connect, sessions_of
from data.member import Member
from data.places import Place
from data.reference_lists import load_lists
from data.round import round_starts
from data.upgrade import upgrade
from jobs.town import Town, settle
from jobs.translate import described
from matcher.rules import NO_WAY, mode_at_any_hour
from tests.benchmarks.year import Rescue, Year

FIRST_MONDAY = date(2026, 1, 5)
# Where people travel, by GeoNames number: Copenhagen, Aarhus, London, Berlin, Lisbon, New York.
CITIES = (2618425, 2624652, 2643743, 2950159, 2267057, 5128581)
Figures = dict[str, float]


def main(arguments: list[str]) -> int:
    """Play the weeks with rescue and without, each on a core of its own, and print both."""
    options = _parser().parse_args(arguments)
    began = perf_counter()
    runs: list[tuple[int, int, int, Rescue]] = [
        (options.people, options.weeks, options.seed, rescue) for rescue in ("on", "off")
    ]
    with ProcessPoolExecutor(2) as cores:
        on, off = cores.map(play, *zip(*runs, strict=True))
    took = perf_counter() - began
    say(f"{options.people} people, {options.weeks} weeks, seed {options.seed}: {took:.0f} s\n")
    say(f"{'':<54}{'rescue on':>12}{'rescue off':>12}")
    for name in on:
        say(f"{name:<54}{_shown(on[name]):>12}{_shown(off[name]):>12}")
    return 0


def play(people: int, weeks: int, seed: int, rescue: Rescue) -> Figures:
    """Let a community live so many weeks; return its figures."""
    year = _community(people, seed, rescue)
    for week in range(weeks):
        year.live_through(FIRST_MONDAY + timedelta(weeks=week))
        sys.stderr.write(f"\rweek {week + 1} of {weeks} ")
    return _figures(year)


def _community(people: int, seed: int, rescue: Rescue) -> Year:
    """The demo's town in another size; one in five may be called in at short notice."""
    far, aarhus = max(2, people // 40), people // 8
    with TemporaryDirectory(prefix="hello-weeks-") as folder:
        engine = connect(f"sqlite:///{Path(folder) / 'weeks.db'}")
        upgrade(engine)
        with sessions_of(engine)() as session:
            load_lists(session)
            town = Town(seed, people - far - aarhus, aarhus, far)
            members = settle(session, town, round_starts(FIRST_MONDAY))
            cities = [session.get_one(Place, number) for number in CITIES]
            session.expunge_all()
        engine.dispose()
    for number, member in enumerate(members):
        member.short_notice = number % 5 == 0
    return Year(members, cities, seed, rescue)


def _figures(year: Year) -> Figures:
    told, made, held = year.count, len(year.matches), len(year.held)
    met = Counter(pair for came in year.held.values() for pair in combinations(sorted(came), 2))
    meetings = Counter(member for came in year.held.values() for member in came)
    mine = sorted(meetings[member.id] for member in year.members)
    near_somebody = _with_somebody_in_reach(year)
    rescued = sum(year.seated[key] > 1 for key in year.let_down)
    return {
        "matches made": made,
        "all said yes": told["all yes"],
        "  of the matches made": told["all yes"] / made,
        "a time was fixed": told["fixed"],
        "  of those with all yes": told["fixed"] / max(1, told["all yes"]),
        "came to the day": told["due"],
        "held": held,
        "  of those that came to the day": held / max(1, told["due"]),
        "  of those fixed": held / max(1, told["fixed"]),
        "held meetings per member ready and week": sum(map(len, year.held.values())) / told["ready"],
        "let down before Thursday's cut-off": len(year.let_down),
        "  matched again in the same week": rescued / max(1, len(year.let_down)),
        "  of all let down, another meeting held that week": _held_after(year) / max(1, len(year.let_down)),
        "stood up at the place": told["stood up"],
        "cancelled in time": told["cancelled"],
        "other times asked for": told["moved"],
        "trips": told["trips"],
        "in person, of those held": told["held in_person"] / max(1, held),
        "left over by a round, of those ready": told["left over"] / told["ready"],
        "repeats: pairs made though both had a stranger left": told["needless repeats"],
        "  two met again, the welcome ones among them": sum(number - 1 for number in met.values()),
        "  welcome ones made: a call taken offline": told["offline"],
        "members with nobody in reach, at home": len(year.members) - len(near_somebody),
        "worst-off of all others: rounds left out by": max(member.times_left_out for member in near_somebody),
        "  members left out by more than one round": sum(member.times_left_out > 1 for member in near_somebody),
        "worst-off: meetings held": mine[0],
        "worst tenth: meetings held": mine[len(mine) // 10],
        "median: meetings held": mine[len(mine) // 2],
    }


def _held_after(year: Year) -> int:
    """Of those let down in a round, who held another meeting of that round."""
    came = {(match.round_id, member) for match in year.matches for member in year.held.get(match.id, ())}
    return len(came & year.let_down)


def _with_somebody_in_reach(year: Year) -> list[Member]:
    """Who could meet any other at all, at home and at any hour; nobody else can be paired without a trip."""
    people, rows = described(year.members, year.vectors), np.arange(len(year.members))
    could_meet = mode_at_any_hour(people, *np.ix_(rows, rows)) != NO_WAY
    np.fill_diagonal(could_meet, val=False)
    return [member for member, anybody in zip(year.members, could_meet.any(axis=1), strict=True) if anybody]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run bench weeks", description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=1)
    return parser


def _shown(figure: float) -> str:
    return f"{figure:,}" if isinstance(figure, int) else f"{figure:.1%}"


def say(line: str) -> None:
    """Print a line: what a benchmark is for."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
