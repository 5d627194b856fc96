"""Measures how long a round takes and how good it is: `python -m tests.benchmarks.bench_matcher [most people]`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter, process_time

import numpy as np
from rich.console import Console
from rich.table import Table

from matcher.evaluate import ceiling
from matcher.pairing import pair_up
from matcher.people import Past, People
from matcher.rules import Rules
from matcher.value import ValueModel

Shape = Callable[[int], People]
COLUMNS = ("people", "shape", "seconds", "cpu", "nearby", "calls", "trios", "left", "repeats", "weighed", "of ceiling")


def one_point(n: int) -> People:
    """Everybody lives in the same cell and would meet in person or call."""
    return _people(np.full(n, 55.68), np.full(n, 12.57), in_person=np.ones(n, bool), by_call=np.ones(n, bool))


def city(n: int) -> People:
    """A city of a few kilometres; a fifth only call, half of the others would too."""
    chance = np.random.default_rng(n)
    in_person = chance.random(n) < 0.8
    latitude, longitude = 55.68 + 0.05 * chance.normal(size=n), 12.57 + 0.05 * chance.normal(size=n)
    return _people(latitude, longitude, in_person, by_call=~in_person | (chance.random(n) < 0.5))


def callers(n: int) -> People:
    """Nobody meets in person; all are scattered over the world."""
    chance = np.random.default_rng(n)
    latitude, longitude = chance.uniform(-50, 65, n), chance.uniform(-180, 180, n)
    return _people(latitude, longitude, in_person=np.zeros(n, bool), by_call=np.ones(n, bool))


def world_wide(n: int) -> People:
    """Towns all over the world, the largest a tenth of all, as real sizes fall; every sixth takes no calls."""
    chance = np.random.default_rng(n)
    sizes = 1 / np.arange(1, 2001)
    town = chance.choice(2000, n, p=sizes / sizes.sum())
    latitude, longitude = chance.uniform(-50, 65, 2000)[town], chance.uniform(-179, 179, 2000)[town]
    mode = chance.choice(6, n)
    latitude, longitude = latitude + 0.05 * chance.normal(size=n), longitude + 0.05 * chance.normal(size=n)
    return _people(latitude, longitude, in_person=mode != 1, by_call=mode != 0)


def measure(shape: Shape, n: int) -> list[str]:
    """Return a row of the table: a second week, with the first behind them."""
    people, model, rules = shape(n), ValueModel(), Rules()
    first = pair_up(people, Past(), rules, model, seed=1)
    past = Past(first.pairs, np.ones(len(first.pairs), np.int32))
    wall, cpu = perf_counter(), process_time()
    pairing = pair_up(people, past, rules, model, seed=2)
    spent = [f"{perf_counter() - wall:.1f}", f"{process_time() - cpu:.1f}"]
    figures = pairing.figures
    counts = [str(figures[name]) for name in ("nearby", "calls", "trios", "left_over", "repeats", "candidates")]
    share = figures["weight"] / ceiling(people, past, rules, model)
    return [str(n), shape.__name__, *spent, *counts, f"{share:.3f}"]


def main(most: int) -> None:
    """Print the table."""
    table = Table(*COLUMNS, title="A round of the second week")
    for shape in (city, one_point, callers, world_wide):
        for n in (600, 2500, 5000, 6000):
            if n <= most and not (n == 6000 and shape is not world_wide):
                table.add_row(*measure(shape, n))
    Console(width=120).print(table)


def _people(latitude: np.ndarray, longitude: np.ndarray, in_person: np.ndarray, by_call: np.ndarray) -> People:
    n, chance = len(latitude), np.random.default_rng(len(latitude))
    return People(
        latitude=latitude, longitude=longitude, reach_km=chance.choice([5, 10, 25, 50], n),
        in_person=in_person, by_call=by_call, free=_hours(longitude, chance), trio=chance.random(n) < 0.3,
        waited=np.zeros(n, np.int32), kept=chance.beta(9, 1, n).astype(np.float32),
        **{name: _words(n, chance) for name in ("profession", "offers", "wants", "topics")},
    )  # fmt: skip


def _hours(longitude: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """Return fifteen days of hours by the sun: most have the usual ones, two fifths each their own, a third of all."""
    usual = np.array([[0, 1, 0, 1]] * 5 + [[1, 1, 1, 0]] * 2, bool)
    ticked = np.where(chance.random((len(longitude), 1, 1)) < 0.6, usual, chance.random((len(longitude), 7, 4)) < 0.3)
    part = np.full(24, -1)
    part[[8, 9, 12, 14, 15, 17, 18, 19]] = [0, 0, 1, 2, 2, 3, 3, 3]
    local = np.arange(384) + np.rint(longitude / 15).astype(int)[:, None] + 24
    free = ticked[np.arange(len(longitude))[:, None], local // 24 % 7, part[local % 24]] & (part[local % 24] >= 0)
    return np.packbits(free & (np.arange(384) < 360), axis=1, bitorder="little").view("<u8")


def _words(n: int, chance: np.random.Generator) -> np.ndarray:
    """Return unit vectors round 40 themes; every fifth person says nothing."""
    themes = chance.normal(size=(40, 128))
    drawn = themes[chance.choice(40, n)] + chance.normal(size=(n, 128))
    said = chance.random((n, 1)) < 0.8
    return np.asarray(said * drawn / np.linalg.norm(drawn, axis=1, keepdims=True))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
