"""The figures of a community that everybody may know: meetings held, of how many that were to be, and lines learned."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member


class Figures(NamedTuple):
    """How a community is doing."""

    members: int  # who may be paired
    held: int  # meetings that somebody says took place
    told: int  # meetings that were on, are over, and of which somebody has told
    lessons: int  # things people say they have learned

    @property
    def held_share(self) -> float:
        """The share of meetings held, of those that were on and of which we know; 0 when we know of none."""
        return self.held / self.told if self.told else 0.0


def figures_of(session: Session, now: datetime) -> Figures:
    """Count; one pass over what people have told."""
    over = Match.on_at.is_not(None), Match.meets_at < now
    told = select(func.count(distinct(Seat.match_id))).join(Feedback, Feedback.seat_id == Seat.id)
    told = told.join(Match, Match.id == Seat.match_id).where(*over)
    here = Member.confirmed_at.is_not(None), Member.left_at.is_(None)
    learned = select(func.count()).select_from(Feedback).where(Feedback.met == "yes", Feedback.learned != "")
    return Figures(
        members=session.scalar(select(func.count()).select_from(Member).where(*here)) or 0,
        held=session.scalar(told.where(Feedback.met == "yes")) or 0,
        told=session.scalar(told) or 0,
        lessons=session.scalar(learned) or 0,
    )
