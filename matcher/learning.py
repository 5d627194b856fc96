"""Learns the weights of the value model from past meetings, and keeps them only if they foretell later ones better."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from matcher.features import FEATURES, Floats
from matcher.people import NEWCOMER_KEPT
from matcher.value import PRIOR, START, Lessons, ValueModel, value_of

FEWEST = 50  # lessons; with fewer the prior speaks
HELD_OUT = 0.25  # of the lessons at least, whole weeks, the latest
SURE = 2.0  # standard errors by which new weights must be better
LEARNED = np.array([name != "both_keep" for name in FEATURES])


class Learner:
    """Logistic regression that leans on a prior: as if `prior_lessons` had been seen that went as the prior says.

    They stand evenly at the corners of what the features can be. No feature's weight falls below 0, or saying
    nothing about oneself would pay. The weight of both_keep stays the prior's: lessons are of meetings that took place,
    and cannot tell what it costs when one does not. After `fit`: weights_, by name, as ValueModel takes them.
    """

    def __init__(self, prior: Mapping[str, float] | None = None, prior_lessons: float = 60.0) -> None:
        self.prior = prior
        self.prior_lessons = prior_lessons

    def fit(self, features: Floats, enjoyed: NDArray[np.bool_]) -> Learner:
        """Learn from features (m, f), columns as in FEATURES, and whether each meeting was enjoyed (m,)."""
        active = LEARNED.copy()
        while True:
            start, weights = self._regress(features, enjoyed, active)
            if weights.min() >= 0:
                break
            active[np.argmin(weights)] = False
        self.weights_ = {START: start} | dict(zip(FEATURES, weights.tolist(), strict=True))
        return self

    def _regress(self, features: Floats, enjoyed: NDArray[np.bool_], active: NDArray[np.bool_]) -> tuple[float, Floats]:
        """Return the start and the weights (f,), 0 where not active unless it is not learned at all."""
        prior = self.prior or PRIOR
        corners = np.array(list(product((0.0, 1.0), repeat=len(FEATURES))))
        corners[:, ~LEARNED] = NEWCOMER_KEPT**2
        expected = value_of(log_odds(prior, corners))
        each = self.prior_lessons / len(corners)
        rows = np.concatenate([features, corners, corners])
        labels = np.concatenate([enjoyed, np.ones(len(corners), bool), np.zeros(len(corners), bool)])
        counts = np.concatenate([np.ones(len(features)), each * expected, each * (1 - expected)])
        weights = np.where(LEARNED, 0.0, [prior[name] for name in FEATURES])
        # Without active features a column of zeros keeps the regression happy: only the start is learned.
        regression = LogisticRegression(C=np.inf, max_iter=1000).fit(rows * active, labels, sample_weight=counts)
        weights[active] = regression.coef_[0][active]
        return float(regression.intercept_[0] - weights[~LEARNED].sum() * NEWCOMER_KEPT**2), weights


@dataclass(frozen=True, eq=False)
class Learned:
    """What came of it. model: the one to use from now on. adopted: whether it is new. said: one sentence for the log.

    figures: lessons, and where there were enough: held_out, enjoyed (share of those), the mean log-losses loss_in_use,
    loss_level (the weights in use with their START set right), loss_start (a START alone) and loss_learned, and
    better_by, with its standard_error: against the closer of the rivals level and start.
    weights: the learned ones, adopted or not; empty when there was too little to learn from.
    """

    model: ValueModel
    adopted: bool
    said: str
    figures: dict[str, float]
    weights: dict[str, float] = field(default_factory=dict)


def learn(lessons: Lessons, in_use: ValueModel) -> Learned:
    """Return new weights if, learned on the earlier weeks, they foretell the later weeks better than those in use.

    Better by more than SURE standard errors than two rivals: the weights in use with their START set right, for that
    meetings are enjoyed more often than thought says nothing about who should meet whom; and a START alone, for what
    was learned from chance must not replace what is known.
    """
    figures: dict[str, float] = {"lessons": len(lessons)}
    if len(lessons) < FEWEST:
        return Learned(in_use, False, f"{len(lessons)} meetings told us how they went, fewer than {FEWEST}", figures)
    later = _later_weeks(lessons.weeks_ago)
    earlier, later_ones = lessons.take(~later), lessons.take(later)
    if not all(0 < part.enjoyed.sum() < len(part) for part in (earlier, later_ones)):
        return Learned(in_use, False, "The meetings were all alike, or of one week: nothing to tell apart", figures)
    weights = Learner().fit(earlier.features, earlier.enjoyed).weights_
    figures |= _compare(earlier, later_ones, in_use.weights, weights)
    adopted = figures["better_by"] > SURE * figures["standard_error"]
    said = "foretell later meetings better than" if adopted else "are not surely better than"
    said = f"The weights learned from {len(earlier)} meetings {said} those in use ({len(later_ones)} meetings)"
    return Learned(ValueModel(weights) if adopted else in_use, adopted, said, figures, weights)


def log_odds(weights: Mapping[str, float], features: Floats) -> Floats:
    """Return the log-odds of features (m, f)."""
    return np.asarray(weights[START] + features @ np.array([weights[name] for name in FEATURES]))


def _later_weeks(weeks_ago: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Tell which lessons are of the latest weeks: the fewest whole weeks that make up the share to hold out."""
    latest = np.sort(weeks_ago)[int(np.ceil(HELD_OUT * len(weeks_ago))) - 1]
    return np.asarray(weeks_ago <= latest)


def _compare(
    earlier: Lessons, later: Lessons, in_use: Mapping[str, float], new: Mapping[str, float]
) -> dict[str, float]:
    nothing = dict.fromkeys(FEATURES, 0.0) | {START: 0.0}
    judged = {
        "in_use": in_use,
        "level": _levelled(in_use, earlier),
        "start": _levelled(nothing, earlier),
        "learned": new,
    }
    losses = {name: _losses(log_odds(weights, later.features), later.enjoyed) for name, weights in judged.items()}
    gains = [losses[rival] - losses["learned"] for rival in ("level", "start")]
    errors = [float(gain.std(ddof=1) / np.sqrt(len(gain))) for gain in gains]
    least = min((0, 1), key=lambda rival: gains[rival].mean() - SURE * errors[rival])
    return {f"loss_{name}": float(loss.mean()) for name, loss in losses.items()} | {
        "held_out": len(later),
        "enjoyed": float(later.enjoyed.mean()),
        "better_by": float(gains[least].mean()),
        "standard_error": errors[least],
    }


def _levelled(weights: Mapping[str, float], lessons: Lessons) -> dict[str, float]:
    """Return the weights with a START by which as many meetings would be enjoyed as were."""
    odds = log_odds(weights, lessons.features)
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if value_of(odds + middle).sum() < lessons.enjoyed.sum() else (low, middle)
    return dict(weights) | {START: weights[START] + low}


def _losses(odds: Floats, enjoyed: NDArray[np.bool_]) -> Floats:
    return np.asarray(np.logaddexp(0.0, np.where(enjoyed, -odds, odds)))
