"""Pairs people for a round: nearby first, then calls, then whoever met long ago, then trios; says who is left, and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.candidates import nearby_strangers, strangers_among
from matcher.people import NEVER, OFFLINE, Past, People
from matcher.reasons import SOMEONE_NEW, TAKE_IT_OFFLINE, WhyLeft, reasons_of, trio_reasons, why_left
from matcher.rules import Mask, Rules
from matcher.second_look import choose, look_again
from matcher.trios import Trios, make_trios
from matcher.value import ValueModel
from matcher.world import CALL, NEARBY, Edges, World, connected, join

__all__ = [
    "CALL", "NEARBY", "NEVER", "OFFLINE", "SOMEONE_NEW", "TAKE_IT_OFFLINE", "Pairing", "WhyLeft", "pair_up",
]  # fmt: skip


@dataclass(frozen=True, eq=False)
class Pairing:
    """The answer; people are named by their place in People. Everybody is in one pair, in one trio, or left over.

    pairs: int32 (p, 2), the lower number first. mode: uint8 (p,), NEARBY or CALL. value: float64 (p,), in (0, 1).
    weeks_ago: int32 (p,), NEVER (-1), since when it is a repeat, or OFFLINE (-2): met on a call and now in person, the
    repeat that is welcome. reason: the name of each pair's strongest feature, SOMEONE_NEW or TAKE_IT_OFFLINE. trios: int32 (t, 3) with trio_mode, trio_value (mean of its three pairs) and trio_reason likewise.
    left_over: int32 (l,), with a WhyLeft each in why_left.
    figures: people, nearby, calls (pairs of each mode), trios, left_over, offline (welcome repeats), repeats (all other
    pairs who met before, those within trios too), weight (sum of the values of pairs), candidates (pairs that were weighed).
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


def pair_up(people: People, past: Past, rules: Rules, model: ValueModel, seed: int) -> Pairing:
    """Return who meets whom.

    Each stage is an exact matching of greatest weight on its candidates, where everybody counts first and value last.
    The same arguments give the same answer on every machine. Raises ValueError when `past` names strangers.
    """
    past.check_against(people)
    world = World(people, past, rules, model, seed)
    nearby = nearby_strangers(world)
    pairs = choose(world, nearby, shielded=_could_call(world, nearby))
    calls = strangers_among(world, np.flatnonzero(people.by_call & ~pairs.touched(len(people))))
    pairs = join(pairs, choose(world, calls))
    pairs, again = look_again(world, pairs, nearby)
    pairs, trios = make_trios(world, pairs)
    return _told(world, pairs, trios, candidates=len(join(nearby, calls, again)))


def _could_call(world: World, nearby: Edges) -> Mask:
    """Tell who shares a free hour with a caller outside their own neighbourhood: left over here, they may call."""
    people, could = world.people, np.zeros(len(world), bool)
    sets = connected(len(world), nearby.i, nearby.j)
    for hour in range(64 * people.free.shape[1]):
        free = people.by_call & (people.free[:, hour // 64] >> np.uint64(hour % 64) & np.uint64(1)).astype(bool)
        here = np.bincount(sets[free], minlength=len(world))[sets]
        could |= free & (free.sum() > here)
    return could


def _told(world: World, pairs: Edges, trios: Trios, candidates: int) -> Pairing:
    couples = np.stack([pairs.i, pairs.j], axis=1)
    left = np.setdiff1d(np.arange(len(world), dtype=np.int32), np.concatenate([couples.ravel(), trios.people.ravel()]))
    figures: dict[str, float] = {
        "people": len(world),
        "nearby": int((pairs.mode == NEARBY).sum()),
        "calls": int((pairs.mode == CALL).sum()),
        "trios": len(trios.people),
        "left_over": len(left),
        "offline": int((pairs.weeks_ago == OFFLINE).sum()),
        "repeats": int((pairs.weeks_ago >= 0).sum()) + trios.repeats,
        "weight": float(pairs.value.sum()),
        "candidates": candidates,
    }
    return Pairing(
        pairs=couples,
        mode=pairs.mode,
        value=pairs.value,
        weeks_ago=pairs.weeks_ago,
        reason=reasons_of(world, pairs),
        trios=trios.people,
        trio_mode=trios.mode,
        trio_value=trios.value,
        trio_reason=trio_reasons(world, trios.people),
        left_over=left,
        why_left=why_left(world, left),
        figures=figures,
    )
