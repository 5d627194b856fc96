"""The community: what its organisers decide, in one row; the few settings of the machine stay in the environment."""

from __future__ import annotations

import json
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import CheckConstraint, Integer, String, Text, func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base
from data.round import Round, next_round_monday

NAME = "Hello, Stranger"
CADENCES = (1, 2, 4)  # weeks between two rounds
MOST_AGREE_HOURS = 168
DEADLINES = ("answer_days", "answer_hour", "rematch_days", "rematch_hour", "agree_within_hours")
DECIDED = ("name", "words", "cadence_weeks", "reach_km", *DEADLINES, "call_url_template")
Decisions = dict[str, Any]  # a word or a number each


class Community(Base):
    """Its name and words, how often people are paired, and by when they answer."""

    __tablename__ = "community"
    __table_args__ = (
        CheckConstraint("id = 1", name="one"),
        CheckConstraint("cadence_weeks IN (1, 2, 4)", name="cadence"),
        CheckConstraint("reach_km IN (5, 10, 25, 50)", name="reach"),
        CheckConstraint("answer_days BETWEEN 1 AND 3 AND rematch_days BETWEEN answer_days AND 5", name="days"),
        CheckConstraint("answer_hour BETWEEN 6 AND 23 AND rematch_hour BETWEEN 6 AND 23", name="hours"),
        CheckConstraint("agree_within_hours BETWEEN 1 AND 168", name="agree_within"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, default=1)
    name: Mapped[str] = mapped_column(String(60), default=NAME)
    words: Mapped[str] = mapped_column(Text, default="")  # in a few lines, on the front page and the community's
    cadence_weeks: Mapped[int] = mapped_column(Integer, default=1)
    reach_km: Mapped[int] = mapped_column(Integer, default=10)  # of whoever signs up, until they choose
    answer_days: Mapped[int] = mapped_column(Integer, default=2)  # after the Monday, in the reader's own time
    answer_hour: Mapped[int] = mapped_column(Integer, default=20)
    rematch_days: Mapped[int] = mapped_column(Integer, default=3)  # after the Monday, in UTC
    rematch_hour: Mapped[int] = mapped_column(Integer, default=20)
    agree_within_hours: Mapped[int] = mapped_column(Integer, default=24)
    call_url_template: Mapped[str] = mapped_column(String(300), default="")  # empty: the environment's

    @property
    def decisions(self) -> Decisions:
        """All that can be decided, by name."""
        return {name: getattr(self, name) for name in DECIDED}


class DecidedMeanwhile(Exception):
    """Somebody else has just decided for the first time."""


def community_of(session: Session) -> Community:
    """Return what this community has decided, or the usual, not stored, while it has decided nothing.

    It is read once a session, however many letters that session writes.
    """
    known: Community | None = session.info.get("community")
    if known is None:
        known = session.info["community"] = session.get(Community, 1) or usual()
    return known


def lock_community(session: Session) -> Community:
    """Return what is decided as it stands now, its row locked until the transaction ends; the usual has no row yet."""
    locked = session.get(Community, 1, with_for_update=True, populate_existing=True)
    session.info["community"] = locked or usual()
    return community_of(session)


def decide(session: Session, decisions: Decisions) -> None:
    """Let this hold from now on; what is decided already is to be locked. Raises DecidedMeanwhile."""
    community = community_of(session)
    for name, value in decisions.items():
        setattr(community, name, value)
    if not is_decided(community):
        try:
            with session.begin_nested():
                session.add(community)
        except IntegrityError as error:
            raise DecidedMeanwhile from error


def digest_of(decisions: Decisions) -> str:
    """Return a short name for decisions: another one as soon as any of them is."""
    return sha256(json.dumps(decisions, sort_keys=True).encode()).hexdigest()[:16]


def deadlines_to_keep(session: Session) -> dict[str, int] | None:
    """Return the deadlines a round that begins now keeps to its end; none while nothing is decided."""
    community = community_of(session)
    return {name: getattr(community, name) for name in DEADLINES} if is_decided(community) else None


def is_decided(community: Community) -> bool:
    """Whether somebody has decided anything: it stands in the database."""
    return inspect(community).persistent


def coming_monday(session: Session, now: datetime) -> date:
    """Return the Monday of the first round still to come at `now`."""
    latest = session.scalar(select(func.max(Round.monday)))
    return next_round_monday(latest, community_of(session).cadence_weeks, now)


def usual() -> Community:
    """Return what holds while nobody has decided otherwise."""
    defaults = {
        column.key: column.default.arg
        for column in Community.__table__.columns
        if column.default is not None and column.default.is_scalar
    }
    return Community(**defaults)
