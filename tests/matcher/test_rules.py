"""Who may be paired at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matcher.rules import CALL, NEARBY, NO_WAY, best_mode, near, share_an_hour
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


def test_a_call_needs_two_who_call_and_an_hour_at_which_both_are_free() -> None:
    people = strangers(4, by_call=[True, True, True, False], free=[DAYTIME, NIGHT | 1 << 8, NIGHT, DAYTIME])
    assert best_mode(replace(people, in_person=np.zeros(4, bool)), ONE, OTHERS).tolist() == [CALL, NO_WAY, NO_WAY]


def test_two_next_door_need_an_hour_too() -> None:
    people = strangers(4, free=[DAYTIME, DAYTIME, NIGHT, 0])
    assert best_mode(people, ONE, OTHERS).tolist() == [NEARBY, NO_WAY, NO_WAY]
    assert couples(paired(people)) == {(ADA, BEN)}


def test_an_hour_of_the_second_week_is_an_hour_in_common() -> None:
    people = strangers(4, free=[[0b01, 0b10], [0b10, 0b10], [0b10, 0b01], [0, 0]])
    assert share_an_hour(people, ONE, OTHERS).tolist() == [True, False, False]


@given(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=9))
def test_a_table_of_hours_in_common_says_the_same_as_a_list_of_pairs(hours: list[list[int]]) -> None:
    people, everybody = strangers(len(hours), free=hours), np.arange(len(hours))
    table = share_an_hour(people, *np.ix_(everybody[::2], everybody))
    one, other = np.meshgrid(everybody[::2], everybody, indexing="ij")
    assert np.array_equal(table, share_an_hour(people, one, other))
    assert table.tolist() == [[any(a & b for a, b in zip(x, y, strict=True)) for y in hours] for x in hours[::2]]


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
