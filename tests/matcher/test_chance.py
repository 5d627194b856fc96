"""Chance can be replayed, is the same from both sides, and favours nobody."""

from __future__ import annotations

import numpy as np

from matcher.chance import chance


def test_the_same_seed_gives_the_same_numbers_for_ever() -> None:
    drawn = chance(7, np.array([0, 1, 5]), np.array([1, 2, 3]))
    assert drawn.tolist() == [14232521865600346940, 16662907827209526188, 9813122952439979857]


def test_chance_is_the_same_from_both_sides_and_another_with_another_seed() -> None:
    i, j = np.triu_indices(50, 1)
    assert np.array_equal(chance(1, i, j), chance(1, j, i))
    assert not (chance(1, i, j) == chance(2, i, j)).any()
    assert len(np.unique(chance(-3, i, j))) == len(i)


def test_chance_favours_nobody() -> None:
    i, j = np.triu_indices(300, 1)
    tenths = np.bincount((chance(11, i, j) % np.uint64(10)).astype(int), minlength=10)
    assert abs(tenths / len(i) - 0.1).max() < 0.01
