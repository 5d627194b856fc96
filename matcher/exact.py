"""Chooses the pairs of greatest weight, exactly: one blossom search for each connected set, in whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from matcher.world import connected

Whole = NDArray[np.int64]
WIDEST = 1 << 123  # the search adds up a few weights in 128 bits, one of them for the sign


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


def heaviest(n: int, i: NDArray[np.int32], j: NDArray[np.int32], weights: list[int]) -> NDArray[np.intp]:
    """Return the places of the edges of a matching of greatest total weight, sorted; exact.

    n: how many people. i, j: edges, each pair once. weights: whole numbers above 0, of any size up to 123 bits.
    Edmonds' blossoms as in Galil 1986, through rustworkx: about n³ in one connected set, so each set is solved alone.
    """
    sets = connected(n, i, j)[i]
    order = np.argsort(sets, kind="stable")
    bounds = np.flatnonzero(np.diff(sets[order], prepend=-1))
    chosen = [_solve(i[edges], j[edges], edges, weights) for edges in np.split(order, bounds[1:]) if len(edges)]
    return np.sort(np.concatenate([np.empty(0, np.intp), *chosen]))


def _solve(i: NDArray[np.int32], j: NDArray[np.int32], edges: NDArray[np.intp], weights: list[int]) -> NDArray[np.intp]:
    if len(edges) == 1:
        return edges
    who, ends = np.unique(np.stack([i, j]), return_inverse=True)
    here, there = ends.reshape(2, -1).tolist()
    graph: rx.PyGraph[int | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(who)))
    graph.extend_from_weighted_edge_list(list(zip(here, there, edges.tolist(), strict=True)))
    pairs = rx.max_weight_matching(graph, weight_fn=weights.__getitem__)
    return np.array([graph.get_edge_data(a, b) for a, b in pairs], np.intp)
