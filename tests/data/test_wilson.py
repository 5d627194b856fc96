"""Wilson's interval against values known from elsewhere, and where the simple formula fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.wilson import share_of


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        # R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998),
        # table I, method 3, the score method without continuity correction.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_it_gives_the_published_intervals(part: int, whole: int, low: float, high: float) -> None:
    found = share_of(part, whole)
    assert found.share == part / whole
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_nothing_is_known() -> None:
    assert share_of(0, 0) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize(("part", "whole"), [(3, 2), (-1, 2)])
def test_a_part_that_is_not_in_the_whole_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no part of"):
        share_of(part, whole)


@given(st.integers(1, 10**6).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_the_share_lies_within_and_the_other_share_mirrors_it(counted: tuple[int, int]) -> None:
    part, whole = counted
    one, other = share_of(part, whole), share_of(whole - part, whole)
    assert 0 <= one.low <= one.share <= one.high <= 1
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)
