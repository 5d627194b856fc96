"""Pairs people for a round: nearby first, then calls, then old acquaintances, then trios; says who is left, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import rustworkx as rx
from numpy.typing import NDArray

from matcher.features import Indices
from matcher.people import Past, People
from matcher.rules import Mask, Rules, callable_, near
from matcher.value import ValueModel

NEARBY, CALL = 0, 1  # modes
WhyLeft = Literal["nobody_in_reach", "no_common_hour", "met_everyone_in_reach", "odd_one"]


@dataclass(frozen=True, eq=False)
class Pairing:
    """The answer; people are named by their place in People.

    pairs: int32 (p, 2). mode: uint8 (p,), NEARBY or CALL. value: float64 (p,). weeks_ago: int32 (p,), -1 when they
    never met. reason: the name of the strongest feature of each pair, or "someone_new" when none stands out.
    trios: int32 (t, 3), with trio_mode, trio_value (mean of its three pairs), trio_reason likewise.
    left_over: int32 (l,), why_left: a WhyLeft each.
    figures: people, nearby, calls, trios, left_over, repeats, weight (sum of values), candidates (edges weighed).
    """

    pairs: NDArray[np.int32]
    mode: NDArray[np.uint8]
    value: NDArray[np.float64]
    weeks_ago: NDArray[np.int32]
    reason: list[str]
    trios: NDArray[np.int32]
    trio_mode: NDArray[np.uint8]
    trio_value: NDArray[np.float64]
    trio_reason: list[str]
    left_over: NDArray[np.int32]
    why_left: list[WhyLeft]
    figures: dict[str, float]


def pair_up(people: People, past: Past, rules: Rules, model: ValueModel, seed: int) -> Pairing:  # noqa: ARG001
    """Return who meets whom.

    The same arguments give the same answer on every machine. Raises ValueError when `past` names strangers.
    """
    past.check_against(people)
    n = len(people)
    i, j = np.triu_indices(n, 1)
    ago = _weeks_ago(past, n)[i, j]
    allowed = ~_apart(past, n)[i, j] & ((ago < 0) | (rules.repeats == "when_exhausted"))
    nearby, by_call = near(people, i, j) & allowed, callable_(people, i, j) & allowed
    edge = nearby | by_call
    i, j, ago, nearby = i[edge], j[edge], ago[edge], nearby[edge]
    value = model.value(people, i, j)
    waited = people.waited[i] + people.waited[j] + 2
    chosen = _best(n, i, j, _weights(waited, ago, nearby, value))
    pairs = np.stack([i[chosen], j[chosen]], axis=1).astype(np.int32)
    left = np.setdiff1d(np.arange(n, dtype=np.int32), pairs)
    mode = np.where(nearby[chosen], NEARBY, CALL).astype(np.uint8)
    parts = model.explain(people, i[chosen], j[chosen])
    reason = [max(parts, key=lambda name: parts[name][row]) for row in range(len(pairs))]
    figures: dict[str, float] = {
        "people": n,
        "nearby": int((mode == NEARBY).sum()),
        "calls": int((mode == CALL).sum()),
        "trios": 0,
        "left_over": len(left),
        "repeats": int((ago[chosen] >= 0).sum()),
        "weight": float(value[chosen].sum()),
        "candidates": len(i),
    }
    return Pairing(
        pairs, mode, value[chosen], ago[chosen], reason,
        np.empty((0, 3), np.int32), np.empty(0, np.uint8), np.empty(0), [], left, ["odd_one"] * len(left), figures,
    )  # fmt: skip


def _weeks_ago(past: Past, n: int) -> NDArray[np.int32]:
    ago = np.full((n, n), -1, np.int32)
    for (a, b), weeks in zip(past.met, past.weeks_ago, strict=True):
        ago[a, b] = ago[b, a] = weeks if ago[a, b] < 0 else min(weeks, ago[a, b])
    return ago


def _apart(past: Past, n: int) -> Mask:
    apart = np.zeros((n, n), bool)
    apart[past.apart[:, 0], past.apart[:, 1]] = apart[past.apart[:, 1], past.apart[:, 0]] = True
    return apart


def _weights(waited: NDArray[np.int32], ago: NDArray[np.int32], nearby: Mask, value: NDArray[np.float64]) -> list[int]:
    old = np.where(ago < 0, 0, 1 + 1000 // (1 + np.maximum(ago, 0)) ** 2)
    return [
        int(w) << 80 | (1 << 60) - (int(o) << 40) + (int(near_) << 32) + int(v * 100_000)
        for w, o, near_, v in zip(waited, old, nearby, value, strict=True)
    ]


def _best(n: int, i: Indices, j: Indices, weights: list[int]) -> NDArray[np.intp]:
    graph: rx.PyGraph[int | None, int] = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    graph.extend_from_weighted_edge_list([(int(a), int(b), k) for k, (a, b) in enumerate(zip(i, j, strict=True))])
    pairs = rx.max_weight_matching(graph, max_cardinality=True, weight_fn=weights.__getitem__)
    return np.array(sorted(graph.get_edge_data(a, b) for a, b in pairs), np.intp)
