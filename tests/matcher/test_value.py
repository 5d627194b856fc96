"""The value of a pair: between 0 and 1, explained by its features, and never won by saying nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.features import FEATURES
from matcher.value import PRIOR, START, Lessons, ValueModel, lessons_of
from tests.matcher.strangers import ADA, BEN, silent, strangers, words

weights = st.fixed_dictionaries({name: st.floats(-5 if name == START else 0, 5) for name in PRIOR})


@given(weights, st.integers(0, 99))
def test_a_value_is_between_0_and_1_and_the_same_from_both_sides(said: dict[str, float], seed: int) -> None:
    people, everybody = strangers(5, seed), np.arange(5)
    value = ValueModel(said).value(people, *np.ix_(everybody, everybody))
    assert ((value > 0) & (value < 1)).all()
    assert np.array_equal(value, value.T)


def test_the_parts_explain_the_whole() -> None:
    people, i, j = strangers(5), np.array([0, 1, 2]), np.array([3, 4, 0])
    model = ValueModel()
    parts = model.explain(people, i, j)
    assert list(parts) == list(FEATURES)
    assert np.allclose(PRIOR[START] + sum(parts.values()), model.log_odds(people, i, j))
    assert np.allclose(
        np.log(model.value(people, i, j) / (1 - model.value(people, i, j))), model.log_odds(people, i, j)
    )


@given(weights, st.integers(0, 99), st.sets(st.sampled_from(["profession", "offers", "wants", "topics"]), min_size=1))
def test_an_empty_profile_never_outranks_a_full_one(said: dict[str, float], seed: int, unsaid: set[str]) -> None:
    chance = np.random.default_rng(seed)
    full = {name: words(5, chance) for name in ("profession", "offers", "wants", "topics")}
    emptied = {name: np.concatenate([silent(1), column[1:]]) for name, column in full.items() if name in unsaid}
    others, ada, model = np.arange(1, 5), np.full(4, ADA), ValueModel(said)
    with_words = model.value(strangers(5, **full), ada, others)
    without = model.value(strangers(5, **full | emptied), ada, others)
    assert (without <= with_words + 1e-12).all()


def test_two_newcomers_who_said_nothing_far_apart_would_meet_in_two_of_five_cases() -> None:
    nothing = {name: silent(2) for name in ("profession", "offers", "wants", "topics")}
    people = strangers(2, latitude=[0.0, 50.0], **nothing)
    assert ValueModel().value(people, np.array([ADA]), np.array([BEN]))[0] == pytest.approx(0.4, abs=0.002)


def test_a_meeting_is_worth_about_half_with_one_who_keeps_half_as_many() -> None:
    people = strangers(3, kept=[0.9, 0.9, 0.45], latitude=[0.0, 50.0, -50.0], profession=silent(3), offers=silent(3),
                       wants=silent(3), topics=silent(3))  # fmt: skip
    reliable, other = ValueModel().value(people, np.array([ADA, ADA]), np.array([BEN, 2]))
    assert 0.5 < other / reliable < 0.6


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"topics": 1.0}, "wrongly"),
        (PRIOR | {"looks": 1.0}, "looks"),
        (PRIOR | {"nearness": -0.1}, "nearness: -0.1"),
        (PRIOR | {START: float("nan")}, "start: nan"),
    ],
)
def test_weights_that_make_no_sense_are_refused(wrong: dict[str, float], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ValueModel(wrong)


def test_weights_can_be_written_down_and_read_again() -> None:
    model = ValueModel(PRIOR | {"nearness": 0.25})
    again = ValueModel(json.loads(json.dumps(dict(model.weights))))
    people = strangers(2)
    assert again.value(people, np.array([ADA]), np.array([BEN])) == model.value(
        people, np.array([ADA]), np.array([BEN])
    )


def test_lessons_hold_what_spoke_for_each_past_pair() -> None:
    people = strangers(4)
    lessons = lessons_of(
        people, np.array([[0, 1], [2, 3]], np.int32), np.array([True, False]), np.array([1, 2], np.int32)
    )
    assert lessons.features.shape == (2, len(FEATURES))
    assert lessons.features[1, 2] == FEATURES["shared_topics"](people, np.array([2]), np.array([3]))[0]
    assert len(lessons.take(lessons.enjoyed)) == 1


def test_lessons_that_make_no_sense_are_refused() -> None:
    good = np.zeros((2, len(FEATURES)))
    with pytest.raises(ValueError, match="have shapes"):
        Lessons(good, np.ones(3, bool), np.ones(2, np.int32))
    with pytest.raises(ValueError, match="features, row 1"):
        Lessons(np.concatenate([good[:1], good[:1] + np.nan]), np.ones(2, bool), np.ones(2, np.int32))
