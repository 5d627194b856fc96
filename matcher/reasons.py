"""Says in one word why these two, and why somebody is left over."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.features import FEATURES
from matcher.geography import ROWS_AT_A_TIME
from matcher.people import OFFLINE
from matcher.rules import mode_at_any_hour
from matcher.trios import SIDES
from matcher.world import CALL, Edges, World

WhyLeft = Literal["nobody_in_reach", "no_common_hour", "met_everyone_in_reach", "odd_one"]
SOMEONE_NEW = "someone_new"  # the reason when nothing stands out
TAKE_IT_OFFLINE = "take_it_offline"  # the reason of the one welcome repeat
# Never a reason: how well somebody keeps what they accept is shown to nobody else.
PRIVATE = ("both_keep",)
SHOWN = tuple(name for name in FEATURES if name not in PRIVATE)
SPEAKS = 0.25  # a feature below this is not worth a sentence


def reasons_of(world: World, pairs: Edges) -> list[str]:
    """Return for each pair the name of its strongest feature, or SOMEONE_NEW, or TAKE_IT_OFFLINE."""
    strongest = _strongest(*_features(world, pairs.i, pairs.j))
    welcome = (pairs.weeks_ago == OFFLINE).tolist()
    return [TAKE_IT_OFFLINE if offline else reason for reason, offline in zip(strongest, welcome, strict=True)]


def trio_reasons(world: World, trios: NDArray[np.int32]) -> list[str]:
    """Return for each trio (t, 3) the name of the feature strongest over its three pairs, or SOMEONE_NEW."""
    sides = [_features(world, trios[:, a], trios[:, b]) for a, b in SIDES]
    values, parts = (np.mean(columns, axis=0) for columns in zip(*sides, strict=True))
    return _strongest(values, parts)


def why_left(world: World, left: NDArray[np.int32]) -> list[WhyLeft]:
    """Return for each of `left` why nobody was found; who is kept apart from them is as good as not there."""
    whys: list[WhyLeft] = []
    everybody = np.arange(len(world))
    for start in range(0, len(left), ROWS_AT_A_TIME):
        rows = left[start : start + ROWS_AT_A_TIME]
        mode, weeks = world.meetings(rows, everybody)
        somebody = mode <= CALL
        enough = somebody & (weeks < 0) if world.rules.repeats == "never" else somebody
        would = mode_at_any_hour(world.people, *np.ix_(rows, everybody)) <= CALL
        in_time = would & ~world.past.apart_from(rows, len(world))
        columns = (somebody.any(axis=1), enough.any(axis=1), in_time.any(axis=1))
        whys += [_why(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    return whys


def _why(somebody: bool, enough: bool, in_time: bool) -> WhyLeft:  # noqa: FBT001  three facts, not flags
    if enough:
        return "odd_one"
    if somebody:
        return "met_everyone_in_reach"
    return "no_common_hour" if in_time else "nobody_in_reach"


def _features(
    world: World, i: NDArray[np.int32], j: NDArray[np.int32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return two tables, a row per feature that may be shown: what it is, and what it adds to the value."""
    values = [FEATURES[name](world.people, i, j) for name in SHOWN]
    parts = world.model.explain(world.people, i, j)
    return np.stack(values), np.stack([parts[name] for name in SHOWN])


def _strongest(values: NDArray[np.float64], parts: NDArray[np.float64]) -> list[str]:
    """Return the names of what adds most. Living near each other says least about why these two of all neighbours, so
    it is named only when nothing they said about themselves speaks.
    """  # noqa: D205  one sentence says it best
    speaks = np.where((values >= SPEAKS) & (parts > 0), parts, 0.0)
    said = np.array([name != "nearness" for name in SHOWN])[:, None]
    first = np.where(said & (speaks > 0), speaks + 1 + speaks.max(initial=0), speaks)
    return [SHOWN[best] if first[best, row] > 0 else SOMEONE_NEW for row, best in enumerate(np.argmax(first, axis=0))]
