"""Chooses the pairs of greatest weight, exactly: one blossom search for each connected set, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from matcher.prices import prices_of
from matcher.world import connected

Whole = NDArray[np.int64]
Places = NDArray[np.intp]
Ends = NDArray[np.integer]
WIDEST = 1 << 120  # the search adds up a few weights and prices in 128 bits, one of them for the sign
CROWD = 150  # from here on it pays to find prices first
PRECISE = 1 << 53  # above this, floating point cannot tell weights apart, and prices would only mislead
MOST_GHOSTLY = 4  # with more ghostly edges than this to every real one, prices cost more than they save


def in_order(tiers: Sequence[Whole], most_pairs: int) -> list[int]:
    """Return one weight per edge such that a tier decides only where all tiers before it leave a tie.

    tiers: whole numbers of 0 or more, one array per tier, the most important first. most_pairs: how many edges a
    matching can have. Raises OverflowError when the weights would not fit the 128 bits of the search.
    """
    weights = np.zeros(len(tiers[0]), object)
    total = 1  # more than all lower tiers of a whole matching can sum up to
    for tier in reversed(tiers):
        lowest = int(tier.min(initial=0))
        widest = int(tier.max(initial=0))
        if lowest < 0:
            raise ValueError("A tier holds a number below 0")
        weights += tier.astype(object) * total
        highest = widest * total
        total *= widest * most_pairs + 1
    if len(tiers[0]) and highest >= WIDEST:
        raise OverflowError(f"{len(tiers)} tiers for {most_pairs} pairs need more than 128 bits")
    return [int(weight) for weight in weights]


def heaviest(n: int, i: Ends, j: Ends, weights: list[int]) -> Places:
    """Return the places of the edges of a matching, sorted: of most pairs, and of those of greatest weight; exact.

    n: how many people. i, j: edges, each pair once. weights: whole numbers of up to 120 bits.
    Edmonds' blossoms as in Galil 1986, through rustworkx: up to n³ in one connected set, so each set is solved alone.
    """
    sets = connected(n, i, j)[i]
    order = np.argsort(sets, kind="stable")
    bounds = np.flatnonzero(np.diff(sets[order], prepend=-1))
    chosen = [edges[_solve(i[edges], j[edges], edges, weights)] for edges in np.split(order, bounds[1:]) if len(edges)]
    return np.sort(np.concatenate([np.empty(0, np.intp), *chosen]))


def could_be_free(i: Ends, j: Ends, partner: Places) -> NDArray[np.bool_]:
    """Tell who is left over, or may be instead when partners change hands one after the other; perhaps a few too many.

    partner: for each person the one they are paired with, or themselves.
    """
    free, before = partner == np.arange(len(partner)), -1
    while free.sum() > before:
        before = int(free.sum())
        free[partner[j[free[i]]]] = True
        free[partner[i[free[j]]]] = True
    return np.asarray(free)


def _solve(i: Ends, j: Ends, edges: Places, weights: list[int]) -> Places:
    """Return the places, among these edges of one connected set, of the chosen."""
    if len(edges) == 1:
        return np.zeros(1, np.intp)
    who, ends = np.unique(np.stack([i, j]), return_inverse=True)
    here, there = ends.reshape(2, -1)
    own = [weights[edge] for edge in edges.tolist()]
    plain = len(who) < CROWD or max(own) >= PRECISE
    return (_search if plain else _search_crowd)(len(who), here, there, own)


def _search_crowd(n: int, i: Places, j: Places, weights: list[int]) -> Places:
    """Search with prices taken off, which is several times quicker.

    Where everybody is paired, prices take the same off every matching, and the best stays the best. So whoever must
    stay over is paired with a ghost: the odd one first; and if more must, as many ghosts as they are, for those only
    who could be left over.
    """
    chosen = _search_priced(n, i, j, weights, np.arange(n)[None, :][: n % 2])
    partner = np.arange(n)
    partner[i[chosen]], partner[j[chosen]] = j[chosen], i[chosen]
    ghosts = n - 2 * len(chosen)
    if ghosts == n % 2:
        return chosen
    haunted = np.flatnonzero(could_be_free(i, j, partner))
    if ghosts * len(haunted) > MOST_GHOSTLY * len(i):
        return _search(n, i, j, weights)
    return _search_priced(n, i, j, weights, np.broadcast_to(haunted, (ghosts, len(haunted))))


def _search_priced(n: int, i: Places, j: Places, weights: list[int], haunted: Places) -> Places:
    """Return the places of the chosen edges, when one more per row of `haunted` may be paired, for nothing, with it."""
    ghosts, each = haunted.shape
    here, there = np.append(i, haunted), np.append(j, n + np.repeat(np.arange(ghosts), each))
    given = weights + [0] * haunted.size
    prices = [int(price) for price in prices_of(n + ghosts, here, there, np.array(given, np.float64))]
    ends = zip(given, here.tolist(), there.tolist(), strict=True)
    chosen = _search(n + ghosts, here, there, [weight - prices[a] - prices[b] for weight, a, b in ends])
    return chosen[chosen < len(i)]


def _search(n: int, i: Places, j: Places, weights: list[int]) -> Places:
    graph: rx.PyGraph[int | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.extend_from_weighted_edge_list(list(zip(i.tolist(), j.tolist(), range(len(i)), strict=True)))
    pairs = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=weights.__getitem__)
    return np.array(sorted(graph.get_edge_data(a, b) for a, b in pairs), np.intp)
