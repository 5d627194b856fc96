"""Says in a few figures how good a pairing is, and what no pairing could exceed."""

from __future__ import annotations

import numpy as np

from matcher.geography import ROWS_AT_A_TIME
from matcher.pairing import NEARBY, Pairing
from matcher.people import Past, People
from matcher.rules import Rules
from matcher.value import ValueModel
from matcher.world import CALL, World


def shares_of(pairing: Pairing) -> dict[str, float]:
    """Return what can be compared from week to week, whatever the number of people; 0 where there is nobody.

    nearby_share: of the pairs. mean_value: of the pairs and trios. left_over_share: of the people.
    repeats: pairs who met before, but for those welcome to take it offline. back_to_back: of them, pairs who met last week or this.
    """
    values = np.concatenate([pairing.value, pairing.trio_value])
    again = pairing.weeks_ago >= 0
    return {
        "nearby_share": _mean(pairing.mode == NEARBY),
        "mean_value": _mean(values),
        "left_over_share": len(pairing.left_over) / max(1, pairing.figures["people"]),
        "repeats": int(again.sum()),
        "back_to_back": int((again & (pairing.weeks_ago <= 1)).sum()),
    }


def ceiling(people: People, past: Past, rules: Rules, model: ValueModel) -> float:
    """Return a sum of values that no pairing exceeds: everybody with their best, whoever else wants them too.

    Looks at all pairs: for benchmarks and small places.
    """
    world, everybody = World(people, past, rules, model, seed=0), np.arange(len(people))
    total = 0.0
    for start in range(0, len(people), ROWS_AT_A_TIME):
        rows = everybody[start : start + ROWS_AT_A_TIME]
        mode, weeks = world.meetings(rows, everybody)
        may = (mode <= CALL) & ((weeks < 0) | (rules.repeats == "when_exhausted"))
        total += np.where(may, model.value(people, *np.ix_(rows, everybody)), 0.0).max(axis=1).sum()
    return float(total / 2)


def _mean(values: np.ndarray) -> float:
    return float(values.mean()) if len(values) else 0.0
