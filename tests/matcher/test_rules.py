"""Who may be paired at all."""

from __future__ import annotations

import numpy as np

from matcher.rules import callable_, near
from tests.matcher.strangers import (
    ADA,
    BEN,
    CLEO,
    COPENHAGEN,
    DAN,
    DAYTIME,
    MALMO,
    NIGHT,
    at,
    couples,
    paired,
    past,
    strangers,
)

ONE, OTHERS = np.array([ADA]), np.array([BEN, CLEO, DAN])


def test_near_is_within_the_smaller_of_the_two_reaches() -> None:
    people = strangers(4, reach_km=[50, 50, 10, 5], **at(COPENHAGEN, MALMO, MALMO, COPENHAGEN))
    assert near(people, ONE, OTHERS).tolist() == [True, False, True]


def test_near_needs_two_who_meet_in_person() -> None:
    assert near(strangers(4, in_person=[True, True, False, True]), ONE, OTHERS).tolist() == [True, False, True]


def test_a_reach_of_nothing_reaches_the_same_cell() -> None:
    people = strangers(3, reach_km=0, latitude=[55.68, 55.68, 55.681])
    assert near(people, ONE, np.array([BEN, CLEO])).tolist() == [True, False]


def test_a_call_needs_two_who_call_and_an_hour_at_which_both_are_awake() -> None:
    people = strangers(4, by_call=[True, True, True, False], awake=[DAYTIME, NIGHT | 1 << 8, NIGHT, DAYTIME])
    assert callable_(people, ONE, OTHERS).tolist() == [True, False, False]


def test_who_only_calls_and_who_never_calls_are_never_paired() -> None:
    people = strangers(2, in_person=[True, False], by_call=[False, True])
    assert len(paired(people).pairs) == 0


def test_who_is_kept_apart_is_never_paired_from_either_side_nor_in_a_trio() -> None:
    for pair in ((ADA, BEN), (BEN, ADA)):
        assert couples(paired(strangers(2), past(apart=[pair]))) == set()
    pairing = paired(strangers(3, trio=True), past(apart=[(BEN, ADA)]))
    assert len(pairing.trios) == 0
    assert (ADA, BEN) not in couples(pairing)


def test_who_met_and_is_kept_apart_since_is_never_paired() -> None:
    assert couples(paired(strangers(2), past((ADA, BEN, 40), apart=[(ADA, BEN)]))) == set()
