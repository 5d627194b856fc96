"""The midpoint attack: one of two who are to meet knows the rule and the list, sees the places, and asks where the other lives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import permutations
from math import cos, radians
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.cells import CELL_KM, KM_PER_DEGREE, snap
from data.reference_files import read_rows
from jobs.meeting_place import AROUND_KM, LEEWAY_KM, SAME_HOUSE_KM, Places, PublicPlace
from jobs.towns import Home
from matcher.geography import distance_km

Numbers = NDArray[np.float64]
ZONE = "Europe/Copenhagen"
LIVED_IN_KM = (
    2.0  # a cell with a venue that near; of the others (the sea, fields) the attacker knows that nobody lives there
)


class Guess(NamedTuple):
    """What the attacker made of one pair, and what the privacy cost the pair, in km."""

    likeliest_km: float  # from the likeliest cell's centre to where the other lives
    nearest_km: float  # from the cell with the least expected error
    blind_km: float  # from what they would have guessed without seeing any place
    named: bool  # whether the likeliest cell is the right one
    sure_of_likeliest: float
    sure_of_truth: float
    blindly_sure: float
    longer_way: float
    best_longer_way: float


class Pair(NamedTuple):
    """Two who are to meet: the attacker's cell, the other's, all where the other may live, and where in theirs they do."""

    own: int
    other: int
    others: NDArray[np.intp]
    luck: Numbers


class Attack:
    """Copenhagen as the attacker knows it: every venue, every cell, every distance, the rule, the times, all but the chance."""

    def __init__(self, times: Sequence[datetime]) -> None:
        self.times = times
        self.venues = copenhagen()
        self.places = Places(self.venues, [])
        ordered = self.places._venues
        everything = np.arange(len(ordered))
        self.row = {venue.id: row for row, venue in enumerate(ordered)}
        self.weight = self.places._weight(everything, self.places._open.share(everything, times, ZONE), {})
        self.where = np.array([(venue.latitude, venue.longitude) for venue in ordered])
        self.names = np.array([venue.name for venue in ordered])
        cells = np.array(
            sorted({snap(n, e) for n in np.arange(55.5, 55.8, 0.008) for e in np.arange(12.4, 12.75, 0.008)})
        )
        far = table(cells, self.where)
        lived_in = (far < LIVED_IN_KM).any(axis=1)
        self.cells, self.far = cells[lived_in], far[lived_in]
        self.apart = table(self.cells, self.cells)

    def likelihood(self, own: int, others: NDArray[np.intp], seen: Sequence[int], reach: float) -> Numbers:
        """Return how likely the three places were for every cell where the other may live, by the rule itself."""
        way = np.maximum(self.far[own], self.far[others])
        possible = np.where(way <= reach, self.weight, 0.0)
        first = possible * np.exp(-way / LEEWAY_KM)
        first /= first.sum(axis=1, keepdims=True)
        total, apart = np.zeros(len(others)), dict(zip(seen, table(self.where[list(seen)], self.where), strict=True))
        differ = {one: (apart[one] >= SAME_HOUSE_KM) & (self.names != self.names[one]) for one in seen}
        for one, two, three in permutations(seen):
            second = possible * np.exp(-apart[one] / AROUND_KM) * differ[one]
            third = second * differ[two]
            with np.errstate(invalid="ignore"):  # where a cell could not have had these, nothing is divided by nothing
                chances = first[:, one] * second[:, two] / second.sum(axis=1) * third[:, three] / third.sum(axis=1)
            total += np.nan_to_num(chances)
        return total

    def shortest(self, own: int, other: int, reach: float) -> list[int]:
        """The negative control: simply the three places with the shortest longer way."""
        way = np.maximum(self.far[own], self.far[other])
        return [int(row) for row in np.argsort(np.where((way <= reach) & (self.weight > 0), way, np.inf))[:3]]

    def guess(self, pair: Pair, seen: Sequence[int], likely: Numbers) -> Guess:
        """Return how far the attacker is off, measured to a place anywhere in the other's cell."""
        own, other, others = pair.own, pair.other, pair.others
        sure = likely / likely.sum()
        best, apart = int(np.argmax(sure)), self.apart[np.ix_(others, others)]
        km_per_degree = KM_PER_DEGREE * np.array([1, cos(radians(self.cells[other, 0]))])
        home = self.cells[other] + pair.luck * CELL_KM / 2 / km_per_degree
        off = distance_km(self.cells[others, 0], self.cells[others, 1], home[0], home[1])
        way = np.maximum(self.far[own], self.far[other])
        return Guess(
            likeliest_km=float(off[best]),
            nearest_km=float(off[np.argmin(apart @ sure)]),
            blind_km=float(off[np.argmin(apart.sum(axis=1))]),
            named=bool(others[best] == other),
            sure_of_likeliest=float(sure[best]),
            sure_of_truth=float(sure[others == other][0]),
            blindly_sure=1 / len(others),
            longer_way=float(way[list(seen)].mean()),
            best_longer_way=float(way[self.weight > 0].min()),
        )

    def seen_by(self, pair: Pair, reach: float, chance: int) -> list[int]:
        """Return the places that our rule shows the two."""
        homes = [Home(self.cells[one, 0], self.cells[one, 1], reach) for one in (pair.own, pair.other)]
        chosen = self.places.suggest(homes, self.times, ZONE, step_free=False, chance=chance, used={})
        return [self.row[venue] for venue in chosen]


def copenhagen() -> list[PublicPlace]:
    """The shipped sample."""
    rows = [row for row in read_rows("venues_copenhagen.tsv.xz") if row["name"]]
    return [
        PublicPlace(
            number, row["kind"], row["name"], row["address"], float(row["latitude"]), float(row["longitude"]),
            row["opening_hours"], row["wheelchair"], preferred=False,
        )
        for number, row in enumerate(rows, 1)
    ]  # fmt: skip


def run(attack: Attack, reach: float, pairs: int, rule: str = "ours") -> list[Guess]:
    """Attack many pairs of cells; the attacker even knows the other's reach."""
    dice = np.random.default_rng(1)
    guesses: list[Guess] = []
    while len(guesses) < pairs:
        own = int(dice.integers(len(attack.cells)))
        others = np.flatnonzero(attack.apart[own] <= reach)
        pair = Pair(own, int(dice.choice(others)), others, dice.uniform(-1, 1, 2))
        if rule == "shortest":
            seen = attack.shortest(own, pair.other, reach)
            likely = np.array([float(attack.shortest(own, int(one), reach) == seen) for one in others])
        else:
            seen = attack.seen_by(pair, reach, int(dice.integers(2**32)))
            likely = attack.likelihood(own, others, seen, reach) if len(seen) == 3 else np.zeros(0)
        if len(seen) == 3:
            guesses.append(attack.guess(pair, seen, likely))
    return guesses


def in_figures(guesses: Sequence[Guess]) -> dict[str, float]:
    """The figures of many attacks: medians of errors, means of the rest."""
    columns = {name: np.array([getattr(one, name) for one in guesses], float) for name in Guess._fields}
    figures = {
        name: float(np.median(column) if name.endswith("_km") else column.mean()) for name, column in columns.items()
    }
    return figures | {"twentieth_km": float(np.quantile(columns["likeliest_km"], 0.05))}


def table(some: Numbers, others: Numbers) -> Numbers:
    """Return all distances between two lists of positions."""
    return np.asarray(distance_km(some[:, None, 0], some[:, None, 1], others[None, :, 0], others[None, :, 1]))
