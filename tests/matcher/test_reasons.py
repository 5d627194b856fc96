"""The reason is what speaks loudest of what they said about themselves; whoever is left over is told the true cause."""

from __future__ import annotations

import numpy as np

from matcher.features import FEATURES
from matcher.pairing import SOMEONE_NEW
from matcher.reasons import PRIVATE, SHOWN
from matcher.value import PRIOR, ValueModel
from tests.matcher.strangers import (
    ADA,
    BEN,
    DAYTIME,
    NIGHT,
    NO_REPEATS,
    paired,
    past,
    silent,
    strangers,
)

NOTHING = {name: silent(2) for name in ("profession", "offers", "wants", "topics")}
SAME = np.array([[1.0, 0.0], [1.0, 0.0]])


def test_two_who_share_topics_are_told_so() -> None:
    assert paired(strangers(2, **NOTHING | {"topics": SAME})).reason == ["shared_topics"]


def test_two_whose_wishes_meet_are_told_so_before_their_topics() -> None:
    people = strangers(2, **NOTHING | {"topics": SAME, "offers": SAME, "wants": SAME})
    assert paired(people).reason == ["offers_meet_wants"]


def test_two_with_some_common_ground_at_work_are_told_so() -> None:
    some = np.array([[1.0, 0.0], [0.45, np.sqrt(1 - 0.45**2)]])
    assert paired(strangers(2, **NOTHING | {"profession": some})).reason == ["profession"]


def test_living_near_each_other_is_the_reason_only_when_nothing_they_said_speaks() -> None:
    assert paired(strangers(2, **NOTHING)).reason == ["nearness"]


def test_callers_who_said_nothing_are_simply_new_to_each_other() -> None:
    people = strangers(2, latitude=[0.0, 50.0], by_call=True, **NOTHING)
    assert paired(people).reason == [SOMEONE_NEW]


def test_a_feature_that_was_learned_to_mean_nothing_is_no_reason() -> None:
    model = ValueModel(PRIOR | {"shared_topics": 0.0, "nearness": 0.0})
    assert paired(strangers(2, **NOTHING | {"topics": SAME}), model=model).reason == [SOMEONE_NEW]


def test_how_well_somebody_keeps_what_they_accept_is_never_the_reason() -> None:
    assert "both_keep" not in SHOWN
    assert set(SHOWN) | set(PRIVATE) == set(FEATURES)
    loud = ValueModel(PRIOR | {"both_keep": 50.0})
    for said, reason in ({"topics": SAME}, "shared_topics"), ({}, "nearness"):
        assert paired(strangers(2, kept=1.0, **NOTHING | said), model=loud).reason == [reason]
    far = strangers(2, kept=1.0, latitude=[0.0, 50.0], by_call=True, **NOTHING)
    assert paired(far, model=loud).reason == [SOMEONE_NEW]
    three = {name: silent(3) for name in NOTHING}
    assert paired(strangers(3, trio=True, kept=1.0, **three), model=loud).trio_reason == ["nearness"]


def test_two_who_are_free_at_different_hours_are_told_so_even_next_door() -> None:
    assert paired(strangers(2, free=[DAYTIME, NIGHT])).why_left == ["no_common_hour"] * 2
    assert paired(strangers(2, free=[DAYTIME, 0])).why_left == ["no_common_hour"] * 2


def test_a_trio_has_the_reason_that_speaks_for_its_three_pairs() -> None:
    said = {name: silent(3) for name in NOTHING} | {"topics": np.array([[1.0, 0.0]] * 3)}
    assert paired(strangers(3, trio=True, **said)).trio_reason == ["shared_topics"]


def test_nobody_in_reach_is_said_to_who_has_neither_neighbours_nor_calls() -> None:
    assert paired(strangers(2, latitude=[55.0, 0.0])).why_left == ["nobody_in_reach"] * 2
    assert paired(strangers(2, in_person=False)).why_left == ["nobody_in_reach"] * 2


def test_who_is_kept_apart_is_as_good_as_not_there() -> None:
    assert paired(strangers(2, by_call=True), past(apart=[(ADA, BEN)])).why_left == ["nobody_in_reach"] * 2


def test_callers_who_are_never_free_together_are_told_so() -> None:
    people = strangers(3, latitude=[55.0, 0.0, 20.0], by_call=[True, True, False], free=[DAYTIME, NIGHT, DAYTIME])
    assert paired(people).why_left == ["no_common_hour", "no_common_hour", "nobody_in_reach"]


def test_who_met_everyone_is_told_so_where_repeats_are_not_allowed() -> None:
    assert paired(strangers(2), past((ADA, BEN, 3)), NO_REPEATS).why_left == ["met_everyone_in_reach"] * 2


def test_the_odd_one_is_told_so() -> None:
    assert paired(strangers(3)).why_left == ["odd_one"]
    assert paired(strangers(3), past((0, 1, 3), (0, 2, 3), (1, 2, 3))).why_left == ["odd_one"]


def test_hundreds_left_over_are_each_told_why() -> None:
    latitude = np.linspace(-80, 80, 300)
    assert paired(strangers(300, latitude=latitude)).why_left == ["nobody_in_reach"] * 300
