"""The model learns from what was said, and what it learned is used only when it foretells later weeks surely better."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pytest

from matcher.features import FEATURES
from matcher.learning import FEWEST, LEARNED, Learner, learn, log_odds
from matcher.people import NEWCOMER_KEPT
from matcher.value import PRIOR, START, Lessons, ValueModel, value_of

TRUTH = {
    START: PRIOR[START] - 1.1, "profession": 0.2, "offers_meet_wants": 4.0, "shared_topics": 3.0, "nearness": 0.5,
    "both_keep": PRIOR["both_keep"],
}  # fmt: skip
LEARNT = [name for name, learned in zip(FEATURES, LEARNED, strict=True) if learned]
CHANCE = dict.fromkeys(FEATURES, 0.0) | {START: 0.4}


def lived(n: int, truth: Mapping[str, float], seed: int = 0, weeks: int = 8) -> Lessons:
    """N lessons of so many weeks, that went as `truth` has it."""
    chance = np.random.default_rng(seed)
    features = chance.beta(1.2, 2.0, size=(n, len(FEATURES)))
    features[:, ~LEARNED] = NEWCOMER_KEPT**2
    enjoyed = chance.random(n) < value_of(log_odds(truth, features))
    return Lessons(features, enjoyed, chance.integers(1, weeks + 1, n).astype(np.int32))


def test_enough_lessons_of_another_truth_are_learned_and_used() -> None:
    learned = learn(lived(1500, TRUTH), ValueModel())
    assert learned.adopted
    assert dict(learned.model.weights) == learned.weights
    assert learned.weights["offers_meet_wants"] > 2 * PRIOR["offers_meet_wants"]
    assert learned.weights["shared_topics"] > learned.weights["profession"]
    assert learned.figures["loss_learned"] < learned.figures["loss_level"] <= learned.figures["loss_in_use"] + 0.05
    assert "foretell later meetings better" in learned.said


def test_figures_and_weights_can_be_written_down() -> None:
    learned = learn(lived(300, TRUTH), ValueModel())
    assert json.loads(json.dumps([learned.weights, learned.figures])) == [learned.weights, learned.figures]


@pytest.mark.parametrize("seed", range(8))
def test_random_feedback_is_never_adopted(seed: int) -> None:
    learned = learn(lived(300, CHANCE, seed), ValueModel())
    assert not learned.adopted
    assert dict(learned.model.weights) == PRIOR
    assert "not surely better" in learned.said


def test_a_bad_model_in_use_is_replaced_and_a_good_one_is_not_replaced_by_chance() -> None:
    bad = ValueModel(dict.fromkeys(FEATURES, 0.0) | {START: 0.0, "profession": 5.0})
    assert learn(lived(1500, TRUTH), bad).adopted
    assert not learn(lived(1500, TRUTH, seed=1), ValueModel(TRUTH)).adopted


def test_more_meetings_enjoyed_than_thought_is_no_reason_to_pair_differently() -> None:
    happier = PRIOR | {START: PRIOR[START] + 2.4}
    learned = learn(lived(800, happier), ValueModel())
    assert learned.figures["loss_learned"] < learned.figures["loss_in_use"]
    assert not learned.adopted
    right_but_for_the_start = learn(lived(1500, TRUTH | {START: TRUTH[START] + 1.2}), ValueModel(TRUTH))
    assert right_but_for_the_start.figures["loss_learned"] < right_but_for_the_start.figures["loss_in_use"] - 0.02
    assert not right_but_for_the_start.adopted


def test_with_too_few_lessons_the_prior_speaks_and_says_so() -> None:
    learned = learn(lived(FEWEST - 1, TRUTH), ValueModel())
    assert (learned.adopted, learned.weights, learned.figures) == (False, {}, {"lessons": FEWEST - 1})
    assert learned.said == "49 meetings told us how they went, fewer than 50"


def test_nothing_at_all_to_learn_from_is_no_error() -> None:
    assert not learn(lived(0, TRUTH), ValueModel()).adopted


def test_meetings_that_all_went_alike_teach_nothing() -> None:
    same = lived(100, TRUTH)
    learned = learn(Lessons(same.features, np.ones(100, bool), same.weeks_ago), ValueModel())
    assert (learned.adopted, learned.weights) == (False, {})
    assert "nothing to tell apart" in learned.said


def test_lessons_of_one_week_cannot_be_held_out_and_teach_nothing() -> None:
    assert "of one week" in learn(lived(200, TRUTH, weeks=1), ValueModel()).said


def test_the_latest_weeks_are_held_out_whole() -> None:
    lessons = lived(200, TRUTH, weeks=4)
    held_out = learn(lessons, ValueModel()).figures["held_out"]
    sizes = np.cumsum(np.bincount(lessons.weeks_ago)[1:])
    assert held_out in sizes
    assert held_out == sizes[sizes >= 50][0]


def test_without_lessons_the_learner_says_what_the_prior_says() -> None:
    weights = Learner().fit(np.empty((0, len(FEATURES))), np.empty(0, bool)).weights_
    assert weights == pytest.approx(PRIOR, abs=0.01)


def test_no_weight_of_a_feature_is_learned_to_be_below_nothing() -> None:
    for name in LEARNT:
        against = PRIOR | {name: -4.0}
        weights = Learner().fit(lived(800, against).features, lived(800, against).enjoyed).weights_
        assert weights[name] == 0
        ValueModel(weights)


def test_when_every_feature_speaks_against_only_the_start_is_learned() -> None:
    against = dict.fromkeys(FEATURES, -5.0) | {START: 8.0}
    lessons = lived(3000, against)
    weights = Learner().fit(lessons.features, lessons.enjoyed).weights_
    assert all(weights[name] == 0 for name in LEARNT)
    assert np.isfinite(weights[START])


def test_what_keeping_is_worth_is_not_learned_from_meetings_that_took_place() -> None:
    for lessons in (lived(1500, TRUTH), lived(400, PRIOR | {START: 6.0}), lived(400, CHANCE)):
        assert Learner().fit(lessons.features, lessons.enjoyed).weights_["both_keep"] == PRIOR["both_keep"]


def test_the_same_lessons_teach_the_same() -> None:
    assert learn(lived(200, TRUTH), ValueModel()).weights == learn(lived(200, TRUTH), ValueModel()).weights
