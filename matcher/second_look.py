"""Looks again at whoever is left over: a repeat, a call or another partner for somebody else may make room for them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.candidates import acquaintances, strangers_among
from matcher.exact import could_be_free, heaviest, in_order
from matcher.geography import ROWS_AT_A_TIME
from matcher.importance import standing_of, tiers
from matcher.rules import Mask
from matcher.world import CALL, NEARBY, Edges, World, connected, join, no_edges

WIDE = 3_000  # how many people are looked at again for the sake of calls, beyond the neighbourhoods that must be


def choose(world: World, edges: Edges, shielded: Mask | None = None) -> Edges:
    """Return the edges of the best matching: everybody counts, then fairness, strangers, nearness, value."""
    standing = standing_of(world, edges, np.zeros(len(world), bool) if shielded is None else shielded)
    weights = in_order(tiers(world, edges, standing), most_pairs=max(1, len(world) // 2))
    return edges.take(heaviest(len(world), edges.i, edges.j, weights))


def look_again(world: World, pairs: Edges, nearby: Edges) -> tuple[Edges, Edges]:
    """Return the pairs, with as few left over as possible and as fairly, and the edges weighed for it.

    All that could meet those left over is solved once more in one piece: strangers nearby, calls, and those who met
    before, so that a repeat happens only where somebody would stay alone without it.
    """
    left = np.flatnonzero(~pairs.touched(len(world)))
    hopeful = left[_has_somebody(world, left)]
    if not _may_gain(world.people.waited[hopeful]):
        return pairs, no_edges()
    old = acquaintances(world)
    who = _affected(world, hopeful, pairs, join(nearby, old.take(old.mode == NEARBY), pairs.take(pairs.mode == NEARBY)))
    callers = np.flatnonzero(who & world.people.by_call)
    edges = join(pairs.among(who), nearby.among(who), strangers_among(world, callers), old.among(who))
    worth_it = _worth_it(world, edges, pairs)
    edges = edges.among(worth_it)
    return join(pairs.without(worth_it), choose(world, edges)), edges


def _has_somebody(world: World, left: NDArray[np.intp]) -> Mask:
    """Tell who of `left` could meet anybody at all, acquaintances included unless the rules forbid repeats."""
    everybody = np.arange(len(world))
    found = [np.empty(0, bool)]
    for start in range(0, len(left), ROWS_AT_A_TIME):
        mode, weeks = world.meetings(left[start : start + ROWS_AT_A_TIME], everybody)
        repeats = world.rules.repeats == "when_exhausted"
        found.append(np.asarray(((mode <= CALL) & ((weeks < 0) | repeats)).any(axis=1)))
    return np.concatenate(found)


def _may_gain(waited: NDArray[np.int32]) -> bool:
    """Tell whether another look could help: one person who has not waited yet is the fairest to be left over."""
    return len(waited) > 1 or bool((waited > 0).any())


def _affected(world: World, hopeful: NDArray[np.intp], pairs: Edges, nearby: Edges) -> Mask:
    """Tell whose pairs are looked at again: the neighbourhoods of the hopeful, and where calls may help, all who
    call, and further neighbourhoods, small ones first, while it stays cheap.
    """  # noqa: D205  one sentence says it best
    sets = connected(len(world), nearby.i, nearby.j)
    who = np.isin(sets, sets[hopeful])
    if (who & world.people.by_call).any():
        in_calls = pairs.take(pairs.mode == CALL).touched(len(world))
        who |= np.isin(sets, sets[in_calls | ~pairs.touched(len(world)) & world.people.by_call])
        size = np.bincount(sets, minlength=len(world))
        others = np.unique(sets[~who & world.people.by_call])
        others = others[np.argsort(size[others], kind="stable")]
        who |= np.isin(sets, others[np.cumsum(size[others]) + who.sum() <= WIDE])
    return np.asarray(who)


def _worth_it(world: World, edges: Edges, pairs: Edges) -> Mask:
    """Tell for whom another matching may leave fewer over, or fairer ones.

    Only who can be reached from those left over by letting people change partners: the others are paired among
    themselves whatever happens here (the decomposition of Gallai and Edmonds).
    """
    n, left = len(world), ~pairs.touched(len(world))
    partner = np.arange(n)
    partner[pairs.i], partner[pairs.j] = pairs.j, pairs.i
    free = could_be_free(edges.i, edges.j, partner)
    links = edges.take(free[edges.i] | free[edges.j])
    sets = connected(n, links.i, links.j)
    gain = (np.bincount(sets, weights=left, minlength=n) > _must_stay(links, sets, free)) | _unfair(
        world, sets, free, left
    )
    return np.asarray(gain[sets] & (np.bincount(sets, minlength=n)[sets] > 1))


def _must_stay(links: Edges, sets: NDArray[np.intp], free: Mask) -> NDArray[np.float64]:
    """Return for each set how many must be left over, whatever the matching.

    Take away whoever cannot be free: what is left falls apart, and each odd part leaves one over or uses up one of
    those taken away (the formula of Tutte and Berge).
    """
    n, inner = len(free), links.among(free)
    odd_parts = np.bincount(connected(n, inner.i, inner.j)[free], minlength=n) % 2
    return np.asarray(np.bincount(sets, weights=odd_parts, minlength=n) - np.bincount(sets, weights=~free, minlength=n))


def _unfair(world: World, sets: NDArray[np.intp], free: Mask, left: Mask) -> Mask:
    """Tell for each set whether it leaves over one who waited longer than another who could be."""
    n, waited = len(world), world.people.waited
    least = np.full(n, np.iinfo(np.int32).max, np.int32)
    np.minimum.at(least, sets[free], waited[free])
    return np.asarray(np.bincount(sets, weights=left & (waited > least[sets]), minlength=n) > 0)
