"""The world of one round: its people, their past, its rules, its value model and its seed, under one name."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from matcher.features import Indices
from matcher.people import OFFLINE, Past, People
from matcher.rules import CALL, NEARBY, NO_WAY, Rules, best_mode
from matcher.value import ValueModel

__all__ = ["CALL", "NEARBY", "NO_WAY", "Edges", "World", "connected", "join", "no_edges", "pair_keys"]


@dataclass(frozen=True, eq=False)
class World:
    """What a pairing stands on; nothing of it changes."""

    people: People
    past: Past
    rules: Rules
    model: ValueModel
    seed: int

    def __len__(self) -> int:
        return len(self.people)

    def meetings(self, rows: Indices, columns: Indices) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
        """Return two tables (rows, columns): the best mode in which two may meet, and weeks since they last met.

        In place of the weeks stands OFFLINE for two near each other whose repeat is welcome.
        """
        mode = best_mode(self.people, *np.ix_(rows, columns))
        mode[self.past.apart_from(rows, len(self))[:, columns]] = NO_WAY
        weeks = self.past.weeks_since(rows, len(self))[:, columns]
        if len(self.past.welcome):
            weeks[self.past.welcome_to(rows, len(self))[:, columns] & (mode == NEARBY)] = OFFLINE
        return mode, weeks


@dataclass(frozen=True, eq=False)
class Edges:
    """Pairs that may be: i, j int32 with i < j; mode uint8; weeks_ago int32, NEVER for strangers, OFFLINE; value float64."""

    i: NDArray[np.int32]
    j: NDArray[np.int32]
    mode: NDArray[np.uint8]
    weeks_ago: NDArray[np.int32]
    value: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.i)

    @property
    def keys(self) -> NDArray[np.int64]:
        """One number for each pair."""
        return pair_keys(self.i, self.j)

    def take(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> Edges:
        """Return some of the edges, by mask or by place."""
        return Edges(self.i[which], self.j[which], self.mode[which], self.weeks_ago[which], self.value[which])

    def among(self, who: NDArray[np.bool_]) -> Edges:
        """Return the edges between two of `who`."""
        return self.take(who[self.i] & who[self.j])

    def without(self, who: NDArray[np.bool_]) -> Edges:
        """Return the edges that touch none of `who`."""
        return self.take(~who[self.i] & ~who[self.j])

    def touched(self, n: int) -> NDArray[np.bool_]:
        """Tell for each of n people whether an edge touches them."""
        mask = np.zeros(n, bool)
        mask[self.i] = mask[self.j] = True
        return mask


def join(*several: Edges) -> Edges:
    """Return all edges, each pair once, as it stands first; sorted by pair."""
    columns = {c.name: np.concatenate([getattr(edges, c.name) for edges in several]) for c in fields(Edges)}
    together = Edges(**columns)
    _, first = np.unique(together.keys, return_index=True)
    return together.take(first)


def no_edges() -> Edges:
    """Return edges of which there are none."""
    none = np.empty(0, np.int32)
    return Edges(none, none, np.empty(0, np.uint8), none, np.empty(0))


def pair_keys(i: NDArray[np.integer], j: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return one number for each pair (i, j)."""
    return np.asarray(i.astype(np.int64) << 32 | j.astype(np.int64))


def connected(n: int, i: NDArray[np.integer], j: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return for each of n people the lowest number in their connected set, given edges (i, j)."""
    lowest = np.arange(n)
    while True:
        here, there = lowest[i], lowest[j]
        if (here == there).all():
            return lowest
        least = np.minimum(here, there)
        np.minimum.at(lowest, here, least)
        np.minimum.at(lowest, there, least)
        while (lowest != lowest[lowest]).any():
            lowest = lowest[lowest]
