"""Retraining: on Sunday evening the value model learns from what was said, and is used only if it has become better."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from data.community import coming_monday
from data.falling_through import lock_round
from data.member import members_numbered
from data.past_pairs import past_pairs
from data.round import latest_round, round_starts
from data.trained_model import TrainedModel, latest_model, model_in_use
from data.words import Words
from jobs.long_work import CannotBeDone, Outcome, Work
from jobs.translate import lessons_from, model_of
from matcher.learning import Learned, learn
from web.settings import Settings

BEFORE_THE_ROUND = timedelta(hours=12)


def retrain(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:  # noqa: ARG001  every job is called alike
    """Learn from all feedback so far, once before each round; return one line about it.

    What was learned is kept with the figures that speak for or against it, and used only if it is better. The
    latest round is locked meanwhile, so that two processes do not both learn.
    """
    with sessions() as session:
        monday = coming_monday(session, now)
        begins = round_starts(monday) - BEFORE_THE_ROUND
        if now < begins:
            return f"The model learns before the round, from {begins:%A %H:%M} UTC"
        latest = latest_round(session)
        if latest is None:
            return "No round has been run yet: the prior speaks"
        lock_round(session, latest)
        last = latest_model(session)
        if last is not None and last.trained_at >= begins:
            return f"The model has learned this week, at {last.trained_at:%Y-%m-%d %H:%M} UTC"
        line = _learn_and_keep(session, monday, now)
        session.commit()
    return line


def learn_now(work: Work) -> Outcome:
    """Learn at once, because an organiser has asked for it. Raises CannotBeDone before the first round."""
    with work.sessions() as session:
        latest = latest_round(session)
        if latest is None:
            raise CannotBeDone("No round has been run yet: there is nothing to learn from.")
        lock_round(session, latest)
        line = _learn_and_keep(session, coming_monday(session, work.now), work.now)
        session.commit()
    return Outcome(line)


def _learn_and_keep(session: Session, monday: date, now: datetime) -> str:
    """Keep what was learned, with whether it is used; return one line about it."""
    in_use = model_in_use(session)
    learned = _learn(session, in_use, monday)
    if learned.weights:
        session.add(_written_down(learned, now))
    speaks = (
        "the new weights speak" if learned.adopted else "the prior speaks" if in_use is None else "the old ones speak"
    )
    return f"{learned.said}: {speaks}"


def _learn(session: Session, in_use: TrainedModel | None, monday: date) -> Learned:
    pairs = [pair for pair in past_pairs(session) if pair.enjoyed is not None]
    numbers = {number for pair in pairs for number in (pair.one_id, pair.other_id)}
    here = [member for member in members_numbered(session, numbers) if member.latitude is not None]
    return learn(lessons_from(pairs, here, monday, Words.load().vectors), model_of(in_use))


def _written_down(learned: Learned, now: datetime) -> TrainedModel:
    used = now if learned.adopted else None
    return TrainedModel(trained_at=now, weights=learned.weights, figures=learned.figures, in_use_from=used)
