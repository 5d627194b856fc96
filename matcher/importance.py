"""What comes before what when people are paired: everybody counts, then fairness, strangers, nearness, value."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.chance import chance
from matcher.people import OFFLINE
from matcher.world import Edges, World

Whole = NDArray[np.int64]

RECENT = 1 << 20  # what meeting again in the very same week would cost; falls with the square of the weeks since
VALUE_STEPS = 100_000  # a value in (0, 1) is told apart to five places
WELCOME = 2 * VALUE_STEPS  # what a welcome repeat counts beside its value: no two other pairs are worth so much
CHANCE_STEPS = 1_024  # below that, chance decides


def tiers(world: World, edges: Edges, standing: Whole) -> list[Whole]:
    """Return for `matcher.exact.in_order` what matters about each edge, the most important first.

    standing: whole numbers per person, see `standing_of`. Of all matchings of most pairs, the one that sums up most of
    it leaves over those who stand lowest, one by one (the people that can be paired together are a matroid, so who is
    paired for one never keeps two others out).
    """
    weeks = np.maximum(edges.weeks_ago, 0).astype(np.int64)
    again = edges.weeks_ago >= 0
    penalty = np.where(again, RECENT // (1 + weeks) ** 2, 0)
    value = np.rint(edges.value * VALUE_STEPS).astype(np.int64) + WELCOME * (edges.weeks_ago == OFFLINE)
    luck = (chance(world.seed, edges.i, edges.j) % np.uint64(CHANCE_STEPS)).astype(np.int64)
    wishes = [
        standing[edges.i] + standing[edges.j],
        -again.astype(np.int64),  # strangers before acquaintances
        -penalty,  # who met longest ago, and never back to back if it can be helped
        -edges.mode.astype(np.int64),  # nearby before a call
        value * CHANCE_STEPS + luck,
    ]
    return [wish - (wish.min() if len(wish) else 0) for wish in wishes]


def standing_of(world: World, edges: Edges, shielded: NDArray[np.bool_]) -> Whole:
    """Return from 0 upwards how much it matters that each person is not the one left over here.

    First whoever is not `shielded` (by a later stage that may well find them somebody), then who was left out most,
    then who could not join two others instead: agrees to a trio, and with two or more who do.
    """
    trio = world.people.trio
    willing = edges.take(trio[edges.i] & trio[edges.j])
    friends = np.bincount(np.concatenate([willing.i, willing.j]), minlength=len(world))
    alone = ~trio | (friends < 2) | (world.rules.trios == "never")
    rank = (~shielded).astype(np.int64) << 40 | world.people.waited.astype(np.int64) << 1 | alone
    return np.asarray(np.unique(rank, return_inverse=True)[1], np.int64)
