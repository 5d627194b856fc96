"""Gives each person a price, what their company is worth to the best other: good prices make the exact search quick."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ROUNDS = 100


def prices_of(
    n: int, i: NDArray[np.integer], j: NDArray[np.integer], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return one price per person such that no edge weighs more than its two prices together, and many nearly as much.

    Everybody's price moves, again and again, half way to what the best of their edges leaves for them after the other's
    price. Fixed prices would be the half-integral dual of the matching; a hundred rounds come close enough.
    """
    prices = np.full(n, weights.max(initial=0.0) / 2)
    for _ in range(ROUNDS):
        best = np.full(n, -np.inf)
        np.maximum.at(best, i, weights - prices[j])
        np.maximum.at(best, j, weights - prices[i])
        prices = np.where(np.isfinite(best), (best + prices) / 2, prices)
    return prices
