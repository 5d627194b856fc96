"""A trio for the odd one who agrees: with people who agree, are near each other, and are new to each other."""

from __future__ import annotations

import numpy as np
import pytest

from matcher.pairing import CALL, NEARBY
from matcher.rules import Rules
from tests.matcher.strangers import ADA, BEN, CLEO, DAN, EVA, NO_REPEATS, couples, groups, paired, past, strangers


def test_three_who_agree_meet_as_a_trio_nearby() -> None:
    pairing = paired(strangers(3, trio=True))
    assert pairing.trios.tolist() == [[ADA, BEN, CLEO]]
    assert pairing.trio_mode.tolist() == [NEARBY]
    assert 0 < pairing.trio_value[0] < 1
    assert pairing.figures["trios"] == 1


def test_a_trio_of_callers_is_a_call() -> None:
    pairing = paired(strangers(3, trio=True, in_person=False, by_call=True))
    assert (pairing.trios.tolist(), pairing.trio_mode.tolist()) == ([[ADA, BEN, CLEO]], [CALL])


def test_one_who_would_rather_not_is_never_in_a_trio() -> None:
    for unwilling in (ADA, BEN, CLEO):
        pairing = paired(strangers(3, trio=np.arange(3) != unwilling))
        assert (len(pairing.trios), len(pairing.left_over)) == (0, 1)


def test_no_trio_when_the_rules_have_none() -> None:
    assert len(paired(strangers(3, trio=True), rules=Rules(trios="never")).trios) == 0


def test_one_who_would_rather_not_changes_places_with_one_who_agrees() -> None:
    waited = [0, 0, 0, 0, 1]  # Eva waited, so one of those who did not, unwilling or not, would stay over
    pairing = paired(strangers(5, trio=[True, True, True, False, False], waited=waited))
    assert pairing.trios.tolist() == [[ADA, BEN, CLEO]]
    assert couples(pairing) == {(DAN, EVA)}


def test_one_who_waited_and_does_not_agree_takes_the_place_of_one_who_joins_a_trio() -> None:
    waited = [3, 3, 3, 0, 0]  # all who agree waited longer, so an unwilling one is the fairest to stay over
    pairing = paired(strangers(5, trio=[True, True, True, False, False], waited=waited))
    assert pairing.trios.tolist() == [[ADA, BEN, CLEO]]
    assert couples(pairing) == {(DAN, EVA)}


def test_two_who_agree_leave_their_partners_who_can_meet_each_other() -> None:
    # Ada, Ben and Cleo agree; each of the others has met those who do not agree, but not Dan and Eva one another
    before = past((ADA, BEN, 2), apart=[])
    pairing = paired(strangers(5, trio=[True, True, True, False, False]), before)
    assert len(pairing.left_over) == 0


def test_three_who_are_new_to_each_other_come_before_three_who_are_not() -> None:
    before = past((ADA, BEN, 1), (ADA, CLEO, 1), (BEN, CLEO, 1), (ADA, DAN, 1), (ADA, EVA, 1))
    for seed in range(4):
        pairing = paired(strangers(7, trio=True), before, seed=seed)
        assert len(pairing.left_over) == 0
        assert pairing.figures["repeats"] == 0


def test_three_who_all_met_sit_together_again_only_when_repeats_are_allowed() -> None:
    before = past((ADA, BEN, 4), (ADA, CLEO, 5), (BEN, CLEO, 6))
    again = paired(strangers(3, trio=True), before)
    assert again.trios.tolist() == [[ADA, BEN, CLEO]]
    assert again.figures["repeats"] == 3
    assert groups(paired(strangers(3, trio=True), before, NO_REPEATS)) == []
    assert groups(paired(strangers(3, trio=True), before, Rules(repeats="never"))) == []


def test_two_who_avoid_each_other_are_never_in_one_trio() -> None:
    pairing = paired(strangers(3, trio=True), past(apart=[(ADA, CLEO)]))
    assert (len(pairing.trios), len(pairing.left_over)) == (0, 1)


def test_all_three_of_a_trio_nearby_are_near_each_other() -> None:
    people = strangers(
        3, trio=True, latitude=[55.60, 55.68, 55.76]
    )  # Ben in the middle reaches both, they not each other
    pairing = paired(people)
    assert (len(pairing.trios), len(pairing.pairs)) == (0, 1)


def test_a_pair_nearby_joins_a_call_of_three_only_where_somebody_would_stay_alone() -> None:
    nearby_and_alone = [55.68, 55.68, 0.0]
    pairing = paired(strangers(3, trio=True, by_call=True, latitude=nearby_and_alone))
    assert (pairing.trios.tolist(), pairing.trio_mode.tolist()) == ([[ADA, BEN, CLEO]], [CALL])
    two_more = paired(strangers(5, trio=True, by_call=True, latitude=[*nearby_and_alone, 20.0, -40.0]))
    assert couples(two_more) == {(ADA, BEN)}
    assert two_more.trios.tolist() == [[CLEO, DAN, EVA]]


def test_two_who_both_live_near_the_odd_one_but_not_near_each_other_make_no_trio() -> None:
    north, middle, south = 55.60, 55.68, 55.76  # who agrees: one in the north, one in the south, one between
    people = strangers(5, trio=[True, True, True, False, False], latitude=[north, south, middle, middle, middle])
    for seed in range(3):
        pairing = paired(people, seed=seed)
        assert (len(pairing.trios), len(pairing.left_over)) == (0, 1)


def test_in_two_towns_of_three_only_who_agrees_sits_as_three() -> None:
    people = strangers(6, trio=[True] * 5 + [False], latitude=[55.68] * 3 + [0.0] * 3)
    pairing = paired(people)
    assert pairing.trios.tolist() == [[0, 1, 2]]
    assert len(pairing.left_over) == 1


@pytest.mark.parametrize("way", [{}, {"in_person": False, "by_call": True}])
def test_three_of_whom_each_two_have_an_hour_but_not_all_three_make_no_trio(way: dict[str, bool]) -> None:
    pairing = paired(strangers(3, trio=True, free=[0b011, 0b110, 0b101], **way))
    assert (len(pairing.trios), len(pairing.pairs)) == (0, 1)
    with_one_for_all = paired(strangers(3, trio=True, free=[0b1011, 0b1110, 0b1101], **way))
    assert with_one_for_all.trios.tolist() == [[ADA, BEN, CLEO]]
