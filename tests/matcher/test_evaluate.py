"""Figures of a pairing can be compared from week to week, and with what no pairing exceeds."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.evaluate import ceiling, shares_of
from matcher.people import Past
from matcher.value import ValueModel
from tests.matcher.strangers import ADA, BEN, NO_REPEATS, PAIR_ONLY, paired, past, strangers


def test_the_figures_of_an_odd_town_with_a_repeat_and_a_caller() -> None:
    people = strangers(5, latitude=[55.68, 55.68, 0.0, 20.0, -40.0], by_call=True)
    pairing = paired(people, past((ADA, BEN, 1), apart=[(one, other) for one in (ADA, BEN) for other in (2, 3, 4)]))
    shares = shares_of(pairing)
    assert shares["repeats"] == shares["back_to_back"] == 1
    assert shares["nearby_share"] == 0.5
    assert shares["left_over_share"] == 0.2
    assert shares["mean_value"] == pytest.approx(pairing.value.mean())


def test_an_empty_round_has_figures_too() -> None:
    assert set(shares_of(paired(strangers(0))).values()) == {0}


def test_trios_count_in_the_mean_value() -> None:
    pairing = paired(strangers(3, trio=True))
    assert shares_of(pairing)["mean_value"] == pytest.approx(pairing.trio_value[0])


def test_no_pairing_exceeds_the_ceiling_and_two_reach_it() -> None:
    assert paired(strangers(2)).figures["weight"] == pytest.approx(
        ceiling(strangers(2), Past(), PAIR_ONLY, ValueModel())
    )
    for seed in range(5):
        people = strangers(15, seed, by_call=np.arange(15) % 2 == 0)
        assert paired(people, rules=PAIR_ONLY).figures["weight"] <= ceiling(people, Past(), PAIR_ONLY, ValueModel())


def test_the_ceiling_knows_whom_nobody_may_meet() -> None:
    assert ceiling(strangers(2), past((ADA, BEN, 1)), NO_REPEATS, ValueModel()) == 0
    assert ceiling(strangers(2), past((ADA, BEN, 1)), PAIR_ONLY, ValueModel()) > 0
