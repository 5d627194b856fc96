"""Silence: a week in which somebody was introduced to a stranger, and said neither yes nor no."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from data.match import Match, Seat
from data.round import Round


def was_silent_week(seats: Collection[Seat]) -> bool:
    """Whether somebody let the time to answer pass, and answered nothing in that week; `seats` are all theirs in it."""
    answered = any(seat.accepted_at or seat.declined_at for seat in seats)
    return not answered and any(seat.freed_at is not None and seat.freed_at > seat.answer_by for seat in seats)


def seats_of_week(session: Session, seat: Seat) -> list[Seat]:
    """Return all seats that a member has held in the round of one of them."""
    return list(session.scalars(_seats_like(seat).where(Seat.round_id == seat.round_id)))


def seats_of_week_before(session: Session, seat: Seat) -> list[Seat]:
    """Return the seats of the last round before that one in which the member was introduced to somebody, if any."""
    earlier = _seats_like(seat).join(Round, Round.id == Seat.round_id).where(Round.monday < seat.match.round.monday)
    last = session.scalar(earlier.with_only_columns(func.max(Round.monday)).order_by(None))
    return list(session.scalars(earlier.where(Round.monday == last))) if last is not None else []


def _seats_like(seat: Seat) -> Select[Seat]:
    """The member's seats since they came back, those apart that they were asked to take at short notice."""
    mine = select(Seat).join(Match, Match.id == Seat.match_id).where(Seat.member_id == seat.member_id)
    mine = mine.where(Match.answer_until.is_(None)).order_by(Seat.id)
    back = seat.member.came_back_at
    return mine if back is None else mine.where(Match.made_at > back)
