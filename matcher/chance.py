"""Chance that can be replayed: a number for each pair, from the seed alone, the same on every machine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.features import Indices

GOLDEN = 0x9E3779B97F4A7C15
MASK = (1 << 64) - 1


def chance(seed: int, i: Indices, j: Indices) -> NDArray[np.uint64]:
    """Return 64 bits for each pair (i, j), two index arrays that broadcast; (j, i) gets the same.

    The finishing steps of splitmix64 (Steele, Lea and Flood 2014) over the two numbers and the seed.
    """
    low, high = np.minimum(i, j).astype(np.uint64), np.maximum(i, j).astype(np.uint64)
    bits = ((low << np.uint64(32)) | high) * np.uint64(GOLDEN) + np.uint64(seed * GOLDEN & MASK)
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(bits ^ (bits >> np.uint64(31)))
