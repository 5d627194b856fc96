"""Weeks of life in one town: who comes every week meets somebody new for as long as that can be, and sits out fairly."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.pairing import Pairing
from matcher.rules import Rules
from tests.matcher.strangers import NO_REPEATS, PAIR_ONLY, groups, live, strangers


def repeats(weeks: list[Pairing]) -> int:
    return int(sum(pairing.figures["repeats"] for pairing in weeks))


def back_to_back(weeks: list[Pairing]) -> int:
    return int(sum((pairing.weeks_ago == 1).sum() for pairing in weeks))


def times_out(weeks: list[Pairing]) -> Counter[int]:
    return Counter(person for pairing in weeks for person in pairing.left_over.tolist())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(
    ("n", "weeks", "fewest_repeats", "out", "worst"),
    [(20, 12, 0, 0, 0), (21, 12, 0, 12, 1), (12, 16, 30, 0, 0), (13, 16, 18, 16, 2), (8, 16, 36, 0, 0)],
)
def test_a_pool_has_no_more_repeats_than_it_must_and_sits_out_evenly(  # noqa: PLR0913, PLR0917  the rows of a table
    n: int, weeks: int, fewest_repeats: int, out: int, worst: int, seed: int
) -> None:
    lived = list(live(strangers(n, seed), weeks, PAIR_ONLY, seed))
    waited = times_out(lived)
    assert repeats(lived) == fewest_repeats
    assert back_to_back(lived) == 0
    assert waited.total() == out
    assert max(waited.values(), default=0) == worst


@pytest.mark.parametrize("n", [3, 5, 9, 21])
def test_with_trios_nobody_sits_out(n: int) -> None:
    for pairing in live(strangers(n, trio=True), 12, Rules()):
        assert len(pairing.left_over) == 0
        assert len(pairing.trios) == 1


def test_twenty_one_of_whom_all_agree_to_trios_meet_somebody_new_for_twelve_weeks() -> None:
    assert repeats(list(live(strangers(21, trio=True), 12, Rules()))) == 0


def test_twenty_one_of_whom_four_agree_to_trios_never_leave_one_out_for_want_of_moving_partners() -> None:
    trio = np.arange(21) < 4
    assert times_out(list(live(strangers(21, trio=trio), 4, Rules()))).total() == 0


@settings(max_examples=15)
@given(st.integers(3, 11), st.integers(0, 99), st.sampled_from(["when_odd", "never"]), st.data())
def test_nobody_sits_out_twice_while_another_has_not_sat_out_once(
    n: int, seed: int, trios: str, data: st.DataObject
) -> None:
    agree = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    waited = np.zeros(n, int)
    for pairing in live(strangers(n, seed, trio=agree), 2 * n, Rules(trios=trios), seed):  # type: ignore[arg-type]
        before = waited.copy()
        waited[pairing.left_over] += 1
        seated = np.setdiff1d(np.arange(n), pairing.left_over)
        could_stay_out = [person for person in seated if not any(person in trio for trio in pairing.trios.tolist())]
        for person in pairing.left_over:
            assert (before[could_stay_out] >= before[person]).all()


def test_nobody_of_five_sits_out_twice_in_a_row() -> None:
    weeks = list(live(strangers(5), 20, PAIR_ONLY))
    out = [pairing.left_over.tolist() for pairing in weeks]
    assert all(this != next_ for this, next_ in pairwise(out))
    assert set(times_out(weeks).values()) == {4}


def test_without_repeats_a_pool_goes_on_until_all_have_met() -> None:
    weeks = list(live(strangers(6), 9, NO_REPEATS))
    met = [group for pairing in weeks for group in groups(pairing)]
    assert len(met) == len(set(met)) == 15
    assert weeks[-1].why_left == ["met_everyone_in_reach"] * 6


def test_a_pool_that_has_met_does_not_begin_again_with_the_pairs_of_the_first_week() -> None:
    weeks = list(live(strangers(20), 20, PAIR_ONLY))
    assert back_to_back(weeks) == 0
    assert repeats(weeks) <= 12


def test_scattered_callers_and_two_towns_leave_out_nobody_twice_before_everybody_once() -> None:
    latitude = np.array([55.68] * 5 + [48.2] * 4 + [0.0, 10.0, 20.0, -30.0])
    people = strangers(13, latitude=latitude, by_call=True)
    waited = np.zeros(13, int)
    for pairing in live(people, 13, PAIR_ONLY):
        assert len(pairing.left_over) == 1
        waited[pairing.left_over] += 1
        assert waited.max() - waited.min() <= 1
