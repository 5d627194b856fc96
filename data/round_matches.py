"""The matches of a round, a page at a time, and what was said of them afterwards."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, lazyload, selectinload

from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member


class Told(NamedTuple):
    """What people say of a meeting."""

    met: bool  # somebody says that they met


def matches_of(session: Session, round_id: int, most: int, after: int = 0) -> list[Match]:
    """Return matches of a round in their order, those with a number above `after`, with their seats and members."""
    seats = selectinload(Match.seats)
    alone = (
        lazyload(Match.times),
        seats.lazyload(Seat.match),
        seats.joinedload(Seat.member).options(lazyload(Member.place)),
        joinedload(Match.round),
    )
    wanted = select(Match).where(Match.round_id == round_id, Match.id > after).order_by(Match.id).limit(most)
    return list(session.scalars(wanted.options(*alone)))


def told_of(session: Session, match_ids: Collection[int]) -> dict[int, Told]:
    """Return what was said of these matches, of which something was said."""
    met = func.count().filter(Feedback.met == "yes")
    said = select(Seat.match_id, met).join(Feedback, Feedback.seat_id == Seat.id).where(Seat.match_id.in_(match_ids))
    return {number: Told(bool(yes)) for number, yes in session.execute(said.group_by(Seat.match_id))}
