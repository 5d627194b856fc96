"""The model in use is the newest that was found good enough."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.trained_model import TrainedModel, model_in_use
from tests import cast


def test_without_a_model_the_prior_speaks(session: Session) -> None:
    assert model_in_use(session) is None


def test_a_model_that_did_not_beat_the_one_in_use_is_kept_but_not_used(session: Session) -> None:
    first, second = cast.at("sun 20:00", weeks=-2), cast.at("sun 20:00", weeks=-1)
    good = TrainedModel(trained_at=first, weights={"profession": 1.0}, figures={}, in_use_from=first)
    worse = TrainedModel(trained_at=second, weights={"profession": -1.0}, figures={})
    session.add_all([good, worse])
    session.flush()
    assert model_in_use(session) is good
