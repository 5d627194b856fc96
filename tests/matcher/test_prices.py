"""Prices cover every edge, and cover the best edge of each person only just."""

from __future__ import annotations

import numpy as np

from matcher.prices import prices_of


def test_the_two_prices_of_an_edge_are_worth_it_and_somewhere_hardly_more() -> None:
    n, chance = 60, np.random.default_rng(1)
    i, j = np.triu_indices(n, 1)
    weights = chance.random(len(i))
    prices = prices_of(n, i, j, weights)
    slack = prices[i] + prices[j] - weights
    tightest = np.full(n, np.inf)
    np.minimum.at(tightest, i, slack)
    np.minimum.at(tightest, j, slack)
    assert slack.min() > -1e-9
    assert tightest.max() < 0.02
    assert prices.sum() < 1.02 * n / 2  # each pair is worth nearly 1, so near half of it is each one's price


def test_who_has_no_edges_keeps_a_price_that_matters_to_nobody() -> None:
    prices = prices_of(3, np.array([0]), np.array([1]), np.array([4.0]))
    assert prices.tolist() == [2, 2, 2]
    assert prices_of(2, np.empty(0, int), np.empty(0, int), np.empty(0)).tolist() == [0, 0]
