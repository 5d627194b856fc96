"""Makes a trio for whoever is left over: with a pair, with one of each of two pairs, or in place of somebody paired."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.people import NEVER
from matcher.rules import overlap
from matcher.world import CALL, NEARBY, NO_WAY, Edges, World, join, pair_keys

MOST_LOOKED_AT = 120  # of those who could join somebody left over: the best by value
MOST_SWAPS = 20
NOBODY = -1
SIDES = ((0, 1), (0, 2), (1, 2))  # the pairs within a trio

Places = NDArray[np.intp]
Whom = Literal["strangers", "anyone"]
WHOM: tuple[Whom, Whom] = ("strangers", "anyone")


@dataclass(frozen=True, eq=False)
class Trios:
    """Three who meet at once: people int32 (t, 3), each row ascending; mode uint8; value float64: of its three pairs."""

    people: NDArray[np.int32]
    mode: NDArray[np.uint8]
    value: NDArray[np.float64]
    repeats: int  # pairs within trios who met before


def make_trios(world: World, pairs: Edges) -> tuple[Edges, Trios]:
    """Return the pairs that stay, and a trio for each left over who agrees to one and finds two who do.

    All three are near each other, or all on a call, free at one hour, and new to each other; only where that cannot be, and the rules
    allow repeats, may they have met: a repeat that is welcome is one for two. Two left over never compete for a pair: each could have one of the two.
    """
    table = Table(world, pairs)
    left = np.flatnonzero(table.partner == NOBODY)
    if world.rules.trios == "when_odd" and world.people.trio.sum() >= 3:
        for person in left.tolist():
            table.seat(person)
    return table.pairs(), table.trios()


class Table:
    """Who sits with whom so far; `seat` moves as few as it can."""

    def __init__(self, world: World, pairs: Edges) -> None:
        self.world, self.given = world, pairs
        self.partner = np.full(len(world), NOBODY, np.intp)
        self.partner[pairs.i], self.partner[pairs.j] = pairs.j, pairs.i
        self.mode = np.full(len(world), NO_WAY, np.uint8)
        self.mode[pairs.i] = self.mode[pairs.j] = pairs.mode
        self.made: list[tuple[int, int, int, int]] = []  # three people and the mode

    def seat(self, person: int) -> None:
        """Find two others for `person`, or give them the place of one who would rather join two others."""
        for whom in WHOM if self.world.rules.repeats == "when_exhausted" else WHOM[:1]:
            if self._join_two(person, whom) or self._swap(person, whom):
                return

    def pairs(self) -> Edges:
        """Return the pairs as they are now."""
        i = np.flatnonzero(self.partner > np.arange(len(self.world))).astype(np.int32)
        j = self.partner[i].astype(np.int32)
        new = ~np.isin(pair_keys(i, j), self.given.keys)
        stayed = self.given.take(np.isin(self.given.keys, pair_keys(i, j)))
        i, j = i[new], j[new]
        weeks = self.world.meetings(i, j)[1].diagonal()
        return join(stayed, Edges(i, j, self.mode[i], weeks, self.world.model.value(self.world.people, i, j)))

    def trios(self) -> Trios:
        """Return the trios made, in the order of their people."""
        made = np.array(sorted(self.made), np.int32).reshape(-1, 4)
        people = made[:, :3]
        values = [self.world.model.value(self.world.people, people[:, a], people[:, b]) for a, b in SIDES]
        met = set(map(tuple, self.world.past.last_met[0].tolist()))
        repeats = sum((a, b) in met for row in people.tolist() for a, b in combinations(row, 2))
        return Trios(people, made[:, 3].astype(np.uint8), np.mean(values, axis=0), repeats)

    def _join_two(self, person: int, whom: Whom) -> bool:
        """Make the best trio of `person` and two who agree, whose own partners are one another, or can be."""
        if not self.world.people.trio[person]:
            return False
        for mode in (NEARBY, CALL):
            others = self._willing(person, mode, whom)
            for a, b in self._best_two(person, others, mode, whom):
                self._sit(person, a, b, mode)
                return True
        return False

    def _willing(self, person: int, mode: int, whom: Whom) -> Places:
        """Return who agrees to a trio, meets somebody in this mode anyway, and may meet `person`; best first."""
        may = np.flatnonzero(self.world.people.trio & (self.mode == mode) & (self.partner != NOBODY))
        may = may[self._may(np.array([person]), may, mode, whom)[0]]
        value = self.world.model.log_odds(self.world.people, np.array([person]), may)
        return np.asarray(may[np.argsort(-value, kind="stable")][:MOST_LOOKED_AT])

    def _best_two(self, person: int, others: Places, mode: int, whom: Whom) -> Iterator[tuple[int, int]]:
        """Yield the best two of `others`: a pair first, else one of each of two pairs who leave a pair behind."""
        together = np.triu(self._may(others, others, mode, whom), 1) & self._all_free(person, others)
        paired = self.partner[others][:, None] == others[None, :]
        behind = self.partner[others]
        spare = self._may(behind, behind, CALL, whom)
        odds = self.world.model.log_odds
        joined = odds(self.world.people, np.array([person]), others)
        worth = odds(self.world.people, *np.ix_(others, others)) + joined[:, None] + joined[None, :]
        for may in (together & paired, together & spare & ~paired):
            if may.any():
                row, column = np.unravel_index(int(np.argmax(np.where(may, worth, -np.inf))), may.shape)
                yield int(others[row]), int(others[column])

    def _swap(self, person: int, whom: Whom) -> bool:
        """Give `person` the partner of somebody who can join two others."""
        may = np.flatnonzero((self.partner != NOBODY) & self.world.people.trio[self.partner])
        may = may[self._may(np.array([person]), may, CALL, whom)[0]]
        value = self.world.model.log_odds(self.world.people, np.array([person]), may)
        for other in may[np.argsort(-value, kind="stable")][:MOST_SWAPS].tolist():
            freed, mode = int(self.partner[other]), int(self.mode[other])
            self._pair(person, other)
            self.partner[freed] = NOBODY
            if self._join_two(freed, whom):
                return True
            self.partner[other], self.partner[freed], self.partner[person] = freed, other, NOBODY
            self.mode[other] = self.mode[freed] = mode
        return False

    def _may(self, rows: Places, columns: Places, furthest: int, whom: Whom) -> NDArray[np.bool_]:
        mode, weeks = self.world.meetings(rows, columns)
        return np.asarray((mode <= furthest) & ((weeks == NEVER) | (whom == "anyone")))

    def _all_free(self, person: int, others: Places) -> NDArray[np.bool_]:
        """Return a table of `others`: which two have an hour in common with each other and `person`, all three the same."""
        with_person = self.world.people.free[person] & self.world.people.free[others]
        return overlap(with_person[:, None], with_person[None])

    def _sit(self, person: int, a: int, b: int, mode: int) -> None:
        behind = [int(self.partner[a]), int(self.partner[b])]
        self.partner[[person, a, b]] = NOBODY
        if behind != [b, a]:
            self._pair(*behind)
        first, second, third = sorted((person, a, b))
        self.made.append((first, second, third, mode))

    def _pair(self, one: int, other: int) -> None:
        self.partner[one], self.partner[other] = other, one
        self.mode[[one, other]] = self.world.meetings(np.array([one]), np.array([other]))[0]
