"""Strangers for the matcher's tests: a few by name, many at once, and every way in which a handful could be paired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from matcher.pairing import CALL, Pairing, pair_up
from matcher.people import NEWCOMER_KEPT, Past, People
from matcher.rules import Rules
from matcher.value import ValueModel
from matcher.world import World

ADA, BEN, CLEO, DAN, EVA, FINN = range(6)
DAYTIME = 0x3FFF00  # 8 to 22 UTC
NIGHT = 0x0000FF  # 0 to 8 UTC
COPENHAGEN, MALMO, AARHUS, AUCKLAND = (55.68, 12.57), (55.61, 13.0), (56.16, 10.21), (-36.85, 174.76)
PAIR_ONLY = Rules(trios="never")
NO_REPEATS = Rules(repeats="never", trios="never")


def strangers(n: int, seed: int = 0, /, **columns: Any) -> People:
    """Return n people in the middle of Copenhagen who meet in person; `columns` overrides any, one value or n."""
    chance = np.random.default_rng(seed)
    standard: dict[str, Any] = {
        "latitude": COPENHAGEN[0], "longitude": COPENHAGEN[1], "reach_km": 10.0, "in_person": True, "by_call": False,
        "free": DAYTIME, "trio": False, "waited": 0,
        "kept": NEWCOMER_KEPT,
    }  # fmt: skip
    plain = {name: np.broadcast_to(columns.pop(name, value), n) for name, value in standard.items() if name != "free"}
    free = np.asarray(columns.pop("free", standard["free"]))
    plain["free"] = free if free.ndim == 2 else np.broadcast_to(free, n)[:, None]  # the hours of one word, or all
    said = {name: columns.pop(name, words(n, chance)) for name in ("profession", "offers", "wants", "topics")}
    return People(**plain, **said, **columns)


def words(n: int, chance: np.random.Generator, d: int = 8) -> NDArray[np.float64]:
    """Return n random unit vectors."""
    drawn = chance.normal(size=(n, d))
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


def silent(n: int) -> NDArray[np.float64]:
    """Return the words of n people who said nothing."""
    return np.zeros((n, 8))


def at(*places: tuple[float, float]) -> dict[str, list[float]]:
    """Return the columns that put one person at each place."""
    return {"latitude": [place[0] for place in places], "longitude": [place[1] for place in places]}


def past(
    *met: tuple[int, int, int],
    apart: list[tuple[int, int]] | None = None,
    welcome: list[tuple[int, int]] | None = None,
) -> Past:
    """Return a past in which (one, other, weeks ago) met."""
    return Past(
        met=np.array([row[:2] for row in met], int),
        weeks_ago=np.array([row[2] for row in met], int),
        apart=np.array(apart or [], int),
        welcome=np.array(welcome or [], int),
    )


def paired(
    people: People,
    before: Past | None = None,
    rules: Rules | None = None,
    *,
    model: ValueModel | None = None,
    seed: int = 1,
) -> Pairing:
    """Return how `people` are paired when nothing else is said."""
    return pair_up(people, before or Past(), rules or Rules(), model or ValueModel(), seed)


def couples(pairing: Pairing) -> set[tuple[int, ...]]:
    """Return the pairs as plain numbers."""
    return {tuple(pair) for pair in pairing.pairs.tolist()}


def groups(pairing: Pairing) -> list[tuple[int, ...]]:
    """Return pairs and trios as plain numbers."""
    return [tuple(group) for group in pairing.pairs.tolist() + pairing.trios.tolist()]


def live(people: People, weeks: int, rules: Rules, seed: int = 0) -> Iterator[Pairing]:
    """Yield one pairing a week: everybody comes every week, meets whom they are given, and remembers."""
    met: dict[tuple[int, int], int] = {}
    waited = np.zeros(len(people), np.int32)
    for week in range(weeks):
        before = past(*((one, other, week - then) for (one, other), then in met.items()))
        pairing = paired(replace(people, waited=waited), before, rules, seed=1000 * seed + week)
        for group in groups(pairing):
            met |= {(one, other): week for one in group for other in group if one < other}
        waited = waited + np.isin(np.arange(len(people)), pairing.left_over)
        yield pairing


def matchings(world: World) -> Iterator[list[tuple[int, int, int, int]]]:
    """Yield every way to pair some of a handful: lists of (one, other, mode, weeks ago)."""
    everybody = np.arange(len(world))
    mode, weeks = (table.tolist() for table in world.meetings(everybody, everybody))
    again = world.rules.repeats == "when_exhausted"

    def ways(people: list[int]) -> Iterator[list[tuple[int, int, int, int]]]:
        if not people:
            yield []
            return
        first, rest = people[0], people[1:]
        yield from ways(rest)
        for other in rest:
            if mode[first][other] <= CALL and (again or weeks[first][other] < 0):
                pair = (first, other, mode[first][other], weeks[first][other])
                yield from ([pair, *more] for more in ways([one for one in rest if one != other]))

    return ways(everybody.tolist())


def two_of(n: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Return lists of pairs of n people."""
    one = st.integers(0, n - 1)
    return (
        st.lists(st.tuples(one, one).filter(lambda pair: pair[0] != pair[1]), max_size=2 * n) if n > 1 else st.just([])
    )


@st.composite
def worlds(draw: st.DrawFn, most: int = 7) -> World:
    """Draw a small world: a few towns, free hours, wishes, waiting, a past; positions include poles and date line."""
    n = draw(st.integers(0, most))
    towns = [(55.0, 12.0), (55.05, 12.0), (56.0, 12.0), (89.99, 10.0), (90.0, -170.0), (0.0, 180.0), (0.0, -179.98)]
    few = st.integers(0, 3)
    column = {
        name: np.array(draw(st.lists(values, min_size=n, max_size=n)))
        for name, values in {
            "town": st.sampled_from(towns[: draw(st.integers(1, len(towns)))]), "reach_km": st.sampled_from([0, 5, 50]),
            "in_person": st.booleans(), "by_call": st.booleans(), "free": st.sampled_from([[0, 0], [1, 0], [3, 0], [6, 0], [0, 1], [4, 1]]),
            "trio": st.booleans(), "waited": few,
        }.items()
    }  # fmt: skip
    town = column.pop("town").reshape(n, 2)
    people = strangers(n, draw(few), latitude=town[:, 0], longitude=town[:, 1], **column)
    met, apart = draw(two_of(n)), draw(two_of(n))
    weeks = draw(st.lists(st.integers(1, 9), min_size=len(met), max_size=len(met)))
    welcome = draw(st.lists(st.sampled_from(met), max_size=2)) if met else []
    before = past(*((*pair, ago) for pair, ago in zip(met, weeks, strict=True)), apart=apart, welcome=welcome)
    rules = Rules(draw(st.sampled_from(["when_exhausted", "never"])), draw(st.sampled_from(["when_odd", "never"])))
    return World(people, before, rules, ValueModel(), draw(few))
