"""Retraining: once a week, kept with its figures, used only when better."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.retrain
from data.feedback import Feedback
from data.member import members_numbered
from data.task import Task
from data.trained_model import TrainedModel, model_in_use
from jobs.do_tasks import do_tasks
from jobs.retrain import retrain
from matcher.learning import Learned
from matcher.value import PRIOR, Lessons, ValueModel
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round
from tests.jobs.stage import at_once, everything
from web.settings import Settings

SUNDAY = at("sun 18:00")
NEW = dict.fromkeys(PRIOR, 0.5)


@pytest.fixture
def lived(sessions: sessionmaker[Session]) -> None:
    """Ada and Ben met and enjoyed it; Ada and Cleo met and did not."""
    with sessions.begin() as session:
        ada, ben, cleo = (join(session, role) for role in (ADA, BEN, CLEO))
        for weeks, other, rating in ((0, ben, 5), (1, cleo, 2)):
            match = bring_together(session, run_round(session, weeks=weeks - 1), ada, other)
            session.add(Feedback(seat=match.seats[0], given_at=at("fri 10:00"), met="yes", rating=rating))


@pytest.fixture
def learns(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Lessons]]:
    """Lets the model learn NEW from any two lessons; whether it is any better is up to the test."""
    heard: list[Lessons] = []

    def teach(*, adopted: bool) -> list[Lessons]:
        def learn(lessons: Lessons, in_use: ValueModel) -> Learned:
            heard.append(lessons)
            model = ValueModel(NEW) if adopted else in_use
            return Learned(model, adopted, "Learned from 2 meetings", {"lessons": 2, "better_by": 0.1}, dict(NEW))

        monkeypatch.setattr(jobs.retrain, "learn", learn)
        return heard

    return teach


def models(sessions: sessionmaker[Session]) -> list[TrainedModel]:
    with sessions() as session:
        return list(session.scalars(select(TrainedModel)))


@pytest.mark.usefixtures("lived")
def test_with_little_feedback_the_prior_speaks_and_the_log_says_so(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    line = retrain(sessions, settings, SUNDAY)
    assert line == "2 meetings told us how they went, fewer than 50: the prior speaks"
    assert models(sessions) == []


@pytest.mark.usefixtures("lived")
def test_better_weights_are_used_from_then_on(
    sessions: sessionmaker[Session], settings: Settings, learns: Callable[..., list[Lessons]]
) -> None:
    heard = learns(adopted=True)
    assert retrain(sessions, settings, SUNDAY) == "Learned from 2 meetings: the new weights speak"
    (model,) = models(sessions)
    assert (model.weights, model.in_use_from) == (NEW, SUNDAY)
    assert model.figures == {"lessons": 2, "better_by": 0.1}
    (lessons,) = heard
    assert lessons.enjoyed.tolist() == [True, False]
    assert lessons.weeks_ago.tolist() == [2, 1]
    assert np.isfinite(lessons.features).all()


@pytest.mark.usefixtures("lived")
def test_worse_weights_are_kept_for_the_record_only(
    sessions: sessionmaker[Session], settings: Settings, learns: Callable[..., list[Lessons]]
) -> None:
    learns(adopted=False)
    assert retrain(sessions, settings, SUNDAY) == "Learned from 2 meetings: the prior speaks"
    assert [model.in_use_from for model in models(sessions)] == [None]
    with sessions() as session:
        assert model_in_use(session) is None
    learns(adopted=True)
    retrain(sessions, settings, at("sun 18:00", weeks=1))
    learns(adopted=False)
    assert retrain(sessions, settings, at("sun 18:00", weeks=2)).endswith("the old ones speak")
    with sessions() as session:
        used = model_in_use(session)
    assert used is not None
    assert used.trained_at == at("sun 18:00", weeks=1)


@pytest.mark.usefixtures("lived")
def test_it_learns_once_a_week_between_sunday_evening_and_the_round(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, learns: Callable[..., list[Lessons]]
) -> None:
    learns(adopted=True)
    for early in (at("mon 06:00"), at("sun 17:59")):
        assert retrain(sessions, settings, early) == "The model learns before the round, from Sunday 18:00 UTC"
    retrain(sessions, settings, at("mon 05:59", weeks=1))
    before = everything(engine)
    assert "has learned this week" in retrain(sessions, settings, at("mon 05:59", weeks=1))
    assert everything(engine) == before


@pytest.mark.usefixtures("lived")
def test_two_processes_at_once_learn_once(
    sessions: sessionmaker[Session], engine: Engine, learns: Callable[..., list[Lessons]]
) -> None:
    learns(adopted=True)
    at_once(engine, retrain, SUNDAY)
    assert len(models(sessions)) == 1


def test_before_the_first_round_there_is_nothing_to_learn(sessions: sessionmaker[Session], settings: Settings) -> None:
    assert retrain(sessions, settings, SUNDAY) == "No round has been run yet: the prior speaks"


@pytest.mark.usefixtures("lived")
def test_a_crash_while_learning_leaves_nothing(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(engine)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(jobs.retrain, "learn", crash)
    with pytest.raises(KeyboardInterrupt):
        retrain(sessions, settings, SUNDAY)
    assert everything(engine) == before


@pytest.mark.usefixtures("lived")
def test_who_has_left_teaches_nothing(
    sessions: sessionmaker[Session], settings: Settings, learns: Callable[..., list[Lessons]]
) -> None:
    heard = learns(adopted=True)
    with sessions.begin() as session:
        members_numbered(session, [3])[0].leave(SUNDAY)
    retrain(sessions, settings, SUNDAY)
    assert len(heard[0]) == 1


@pytest.mark.usefixtures("lived")
def test_an_organiser_may_let_it_learn_on_any_day(
    sessions: sessionmaker[Session], settings: Settings, learns: Callable[..., list[Lessons]]
) -> None:
    learns(adopted=True)
    with sessions.begin() as session:
        session.add(Task(kind="retrain", asked_at=at("wed 10:00")))
    assert "Learned from 2 meetings: the new weights speak" in do_tasks(sessions, settings, at("wed 10:00"))
    assert [model.weights for model in models(sessions)] == [NEW]


def test_before_the_first_round_there_is_nothing_to_learn_from(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        session.add(Task(kind="retrain", asked_at=at("wed 10:00")))
    assert "there is nothing to learn from" in do_tasks(sessions, settings, at("wed 10:00"))
