"""What a meeting of two is expected to be worth: a weighted sum of named features, squeezed between 0 and 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matcher.features import FEATURES, Floats, Indices
from matcher.people import NEWCOMER_KEPT, People

START = "start"  # the weight of no feature
# A meeting is worth what it brings times the chance that both come (FIELD, part one, 0.1 and 5b: s_i times s_j, R14).
# At the 40 % below, multiplying by that chance changes the log-odds by 1 / (0.81 * 0.6) of its change: about 2.
BOTH_KEEP = 2.0
# The weights until feedback says otherwise, weak on purpose: 100 self-reports a person predicted none of the
# pair-specific part of liking (FIELD, part one, 0.2 and R9). Each is a change in log-odds for a feature going 0 to 1.
PRIOR: dict[str, float] = {
    START: -0.4 - BOTH_KEEP * NEWCOMER_KEPT**2,  # 40 % would meet a suggested professional (P9): so for two newcomers
    "profession": 0.6,  # inverted U of job mobility and joint papers (R1, R3)
    "offers_meet_wants": 0.9,  # wishes met both ways lift success from 23 to 42 % (R11): 0.9 in log-odds
    "shared_topics": 0.5,  # deep talk connects (B5); no size is known, so less than the others
    "nearness": 0.8,  # face to face is what works, and shorter ways are kept (R2, R4, R6)
    "both_keep": BOTH_KEEP,
}


@dataclass(frozen=True, eq=False)
class ValueModel:
    """The value of a pair, in (0, 1), from the weights of its features; without weights the prior speaks.

    weights: by name of feature, and START; a dict of plain floats, so that it can be written down as JSON.
    Raises ValueError for an unknown or missing name, a weight that is not finite, and a feature's weight below 0:
    then saying nothing about oneself would pay.
    """

    weights: Mapping[str, float] = field(default_factory=PRIOR.copy)

    def __post_init__(self) -> None:
        if set(self.weights) != set(PRIOR):
            raise ValueError(f"weights name {sorted(set(self.weights) ^ set(PRIOR))} wrongly: known are {list(PRIOR)}")
        for name, weight in self.weights.items():
            if not np.isfinite(weight) or (name != START and weight < 0):
                raise ValueError(f"weights, {name}: {weight} is not a finite number of 0 or more")

    def value(self, people: People, i: Indices, j: Indices) -> Floats:
        """Return the values of the pairs (i, j), two index arrays that broadcast, as float64 in (0, 1)."""
        return value_of(self.log_odds(people, i, j))

    def log_odds(self, people: People, i: Indices, j: Indices) -> Floats:
        """Return the weighted sums behind `value`: the same order, cheaper to have."""
        total = np.full(np.broadcast_shapes(np.shape(i), np.shape(j)), self.weights[START], np.float64)
        for part in self.explain(people, i, j).values():
            total += part
        return total

    def explain(self, people: People, i: Indices, j: Indices) -> dict[str, Floats]:
        """Return what each feature adds to the log-odds of the pairs (i, j), by name."""
        return {name: self.weights[name] * feature(people, i, j) for name, feature in FEATURES.items()}


def value_of(log_odds: Floats) -> Floats:
    """Return the values in (0, 1) of log-odds."""
    return np.asarray(1.0 / (1.0 + np.exp(-log_odds)))


@dataclass(frozen=True, eq=False)
class Lessons:
    """Past pairs and how they went: a row each.

    features: float64 (m, f), columns as in FEATURES. enjoyed: bool (m,). weeks_ago: int32 (m,), of the meeting.
    Raises ValueError when the lengths differ or a number is not finite.
    """

    features: NDArray[np.float64]
    enjoyed: NDArray[np.bool_]
    weeks_ago: NDArray[np.int32]

    def __post_init__(self) -> None:
        if self.features.shape != (len(self), len(FEATURES)) or len(self.weeks_ago) != len(self):
            shapes = self.features.shape, self.enjoyed.shape, self.weeks_ago.shape
            raise ValueError(f"features, enjoyed and weeks_ago have shapes {shapes}")
        finite = np.isfinite(self.features).all(axis=1)
        if not finite.all():
            raise ValueError(f"features, row {int(np.argmin(finite))}: is not a finite number")

    def __len__(self) -> int:
        return len(self.enjoyed)

    def take(self, which: NDArray[np.bool_]) -> Lessons:
        """Return some of the lessons."""
        return Lessons(self.features[which], self.enjoyed[which], self.weeks_ago[which])


def lessons_of(
    people: People, pairs: NDArray[np.int32], enjoyed: NDArray[np.bool_], weeks_ago: NDArray[np.int32]
) -> Lessons:
    """Return the lessons of past `pairs` (m, 2) of `people`: what spoke for them, and whether they enjoyed it."""
    i, j = pairs[:, 0], pairs[:, 1]
    columns = [feature(people, i, j) for feature in FEATURES.values()]
    return Lessons(np.stack(columns, axis=1), np.asarray(enjoyed, bool), np.asarray(weeks_ago, np.int32))
