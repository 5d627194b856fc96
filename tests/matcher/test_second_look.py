"""Nobody is left over in vain: a repeat, a call, or another partner for somebody else makes room."""

from __future__ import annotations

import numpy as np
import pytest

from matcher import candidates, second_look
from matcher.pairing import CALL, NEARBY
from tests.matcher.strangers import ADA, BEN, CLEO, DAN, DAYTIME, PAIR_ONLY, couples, paired, past, strangers


def test_a_pair_nearby_splits_up_to_call_two_who_would_be_alone_but_not_with_each_other() -> None:
    people = strangers(
        4, latitude=[55.68, 55.68, 0.0, 20.0], by_call=True, awake=[0b011, 0b110, 0b001, 0b100]
    )  # Cleo is awake with Ada only, Dan with Ben only
    pairing = paired(people)
    assert couples(pairing) == {(ADA, CLEO), (BEN, DAN)}
    assert pairing.mode.tolist() == [CALL, CALL]


def test_an_old_acquaintance_is_met_again_only_where_somebody_would_stay_alone() -> None:
    before = past((CLEO, DAN, 9), (ADA, BEN, 9), (ADA, CLEO, 9), (ADA, DAN, 9))
    assert couples(paired(strangers(4), before)) in (
        {(ADA, BEN), (CLEO, DAN)},
        {(ADA, CLEO), (BEN, DAN)},
        {(ADA, DAN), (BEN, CLEO)},
    )
    assert paired(strangers(4), before).figures["repeats"] == 1


def test_who_was_left_out_before_is_not_left_out_again_even_for_a_pair_nearby() -> None:
    people = strangers(3, latitude=[55.68, 55.68, 0.0], by_call=True, waited=[0, 0, 1])
    pairing = paired(people, rules=PAIR_ONLY)
    assert CLEO not in pairing.left_over
    assert pairing.mode.tolist() == [CALL]


def test_whoever_nobody_can_help_changes_nothing_for_the_others() -> None:
    people = strangers(5, latitude=[55.68] * 4 + [0.0], waited=[0, 0, 0, 0, 7])
    pairing = paired(people)
    assert pairing.left_over.tolist() == [4]
    assert pairing.mode.tolist() == [NEARBY, NEARBY]


@pytest.mark.parametrize("crowd", [13, 600])
def test_a_crowd_is_looked_at_again_only_round_those_left_over_and_as_well(
    crowd: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "CROWD", crowd)
    monkeypatch.setattr(second_look, "CROWD", crowd)
    chance = np.random.default_rng(4)
    town = np.repeat([55.68, 48.2, 41.0, 0.0], [11, 9, 7, 3])
    people = strangers(
        30, latitude=town, by_call=chance.random(30) < 0.5, awake=DAYTIME, waited=chance.integers(0, 3, 30)
    )
    pairing = paired(people, rules=PAIR_ONLY)
    assert len(pairing.left_over) <= 2
    assert (people.waited[pairing.left_over] == 0).all()
