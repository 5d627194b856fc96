"""The community: what its organisers decide, in one row; the few settings of the machine stay in the environment."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base

NAME = "Hello, Stranger"
CADENCES = (1, 2, 4)  # weeks between two rounds


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


def community_of(session: Session) -> Community:
    """Return what this community has decided, or the usual, not stored, while it has decided nothing."""
    return session.get(Community, 1) or usual()


def usual() -> Community:
    """Return what holds while nobody has decided otherwise."""
    defaults = {
        column.key: column.default.arg
        for column in Community.__table__.columns
        if column.default is not None and column.default.is_scalar
    }
    return Community(**defaults)
