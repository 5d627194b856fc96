"""Finds the pairs worth weighing: all of them where few know of each other, the best and some by chance in a crowd."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matcher.chance import chance
from matcher.features import Floats
from matcher.geography import ROWS_AT_A_TIME, latitude_bands
from matcher.people import OFFLINE
from matcher.rules import Mask, best_mode
from matcher.value import value_of
from matcher.world import CALL, NEARBY, Edges, World, connected, join, no_edges, pair_keys

Indices = NDArray[np.intp]
Table = tuple[Indices, Indices]  # some people, and those they are looked at with

CROWD = 600  # in a connected set of up to so many people every pair is weighed
BEST = 12  # in a crowd: so many of the best for each
BY_CHANCE = 4  # and so many others, so that nobody depends on being among somebody's best
DRAWS = 16
SAMPLE = 512  # how many others tell how appealing somebody is to everybody


def nearby_strangers(world: World) -> Edges:
    """Return pairs who live near each other and never met, or met on a call and are welcome to meet in person."""
    who = np.flatnonzero(world.people.in_person)
    bands = latitude_bands(world.people.latitude[who], world.people.reach_km[who])
    return _thinned(world, who, ((who[rows], who[columns]) for rows, columns in bands), NEARBY)


def strangers_among(world: World, who: Indices) -> Edges:
    """Return pairs of `who` that never met: nearby when they live near each other, else a call when they can talk.

    Among them those near each other who met on a call and are welcome to meet in person.
    """
    starts = range(0, len(who), ROWS_AT_A_TIME)
    return _thinned(world, who, ((who[start : start + ROWS_AT_A_TIME], who) for start in starts), CALL)


def acquaintances(world: World) -> Edges:
    """Return pairs who met before and could meet again, but for the welcome repeats; none when the rules forbid repeats."""
    (pairs, weeks), apart = world.past.last_met, np.sort(world.past.apart, axis=1)
    welcome = np.sort(world.past.welcome, axis=1)
    if world.rules.repeats == "never":
        return no_edges()
    i, j = pairs[:, 0], pairs[:, 1]
    met = Edges(i, j, best_mode(world.people, i, j), weeks, world.model.value(world.people, i, j))
    offline = (met.mode == NEARBY) & np.isin(met.keys, pair_keys(welcome[:, 0], welcome[:, 1]))
    return met.take((met.mode <= CALL) & ~offline & ~np.isin(met.keys, pair_keys(apart[:, 0], apart[:, 1])))


def _thinned(world: World, who: Indices, tables: Iterable[Table], furthest: int) -> Edges:
    """Return the feasible pairs in the tables; in a connected CROWD only those that one of the two chose."""
    appeal = _appeal(world, who)
    looks = [_look(world, rows, columns, appeal, furthest) for rows, columns in tables]
    edges = join(no_edges(), *(edges for edges, _ in looks))
    chosen = np.isin(edges.keys, np.concatenate([no_edges().keys, *(edges.keys[mine] for edges, mine in looks)]))
    sets = connected(len(world), edges.i, edges.j)
    crowded = np.bincount(sets, minlength=len(world))[sets[edges.i]] > CROWD
    return edges.take(chosen | ~crowded)


def _look(world: World, rows: Indices, columns: Indices, appeal: Floats, furthest: int) -> tuple[Edges, Mask]:
    """Return the feasible pairs of rows and columns, all for who has few, and which of them the rows chose."""
    modes, weeks = world.meetings(rows, columns)
    may = (modes <= furthest) & (weeks < 0)
    if not may.any():
        return no_edges(), np.empty(0, bool)
    score = world.model.log_odds(world.people, *np.ix_(rows, columns))
    best = _best(np.where(may, score - appeal[columns], -np.inf))
    chosen = may & (best | _by_chance(world, rows, columns, may) | (weeks == OFFLINE))
    few = may.sum(axis=1) < CROWD
    row, column = np.nonzero(chosen | (may & few[:, None]))
    ends = np.sort(np.stack([rows[row], columns[column]]).astype(np.int32), axis=0)
    value = value_of(score[row, column])
    edges = Edges(ends[0], ends[1], modes[row, column], weeks[row, column], value)
    return edges, chosen[row, column]


def _appeal(world: World, who: Indices) -> Floats:
    """Return for each person how well they go with those they go best with, of a sample; 0 when there is no crowd.

    Taken off when choosing, or everybody would choose the same few and the rest would stay alone
    (cross-domain similarity local scaling, Conneau et al. 2018).
    """
    appeal = np.zeros(len(world))
    if len(who) > CROWD:
        sample = who[:: -(-len(who) // SAMPLE)]
        for start in range(0, len(who), ROWS_AT_A_TIME):
            rows = who[start : start + ROWS_AT_A_TIME]
            score = world.model.log_odds(world.people, *np.ix_(rows, sample))
            appeal[rows] = np.partition(score, -BEST, axis=1)[:, -BEST:].mean(axis=1)
    return appeal


def _best(score: Floats) -> Mask:
    """Return the mask of the BEST of each row."""
    if score.shape[1] <= BEST:
        return np.ones(score.shape, bool)
    mask = np.zeros(score.shape, bool)
    np.put_along_axis(mask, np.argpartition(-score, BEST - 1, axis=1)[:, :BEST], values=True, axis=1)
    return mask


def _by_chance(world: World, rows: Indices, columns: Indices, may: Mask) -> Mask:
    """Return the mask of up to BY_CHANCE feasible others of each row."""
    draws = chance(world.seed, rows[:, None], len(world) + np.arange(DRAWS)[None, :]) % np.uint64(len(columns))
    good = np.take_along_axis(may, draws.astype(np.intp), axis=1)
    good &= np.cumsum(good, axis=1) <= BY_CHANCE
    mask = np.zeros(may.shape, bool)
    row, draw = np.nonzero(good)
    mask[row, draws[row, draw].astype(np.intp)] = True
    return mask
