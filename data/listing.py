"""Lists for other programs: members, rounds and matches in the order of their numbers, some at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, lazyload, selectinload

from data.feedback import Feedback
from data.match import Match, Seat
from data.member import Member
from data.round import Round


def members_after(session: Session, number: int, most: int) -> list[Member]:
    """Return the next members who are still here, confirmed or not, numbered above `number`."""
    here = select(Member).where(Member.left_at.is_(None), Member.id > number)
    return list(session.scalars(here.order_by(Member.id).limit(most)))


def rounds_after(session: Session, number: int, most: int, monday: date | None = None) -> list[Round]:
    """Return the next rounds numbered above `number`; with a Monday, its round alone."""
    rounds = select(Round).where(Round.id > number)
    if monday is not None:
        rounds = rounds.where(Round.monday == monday)
    return list(session.scalars(rounds.order_by(Round.id).limit(most)))


def matches_after(session: Session, number: int, most: int, monday: date | None = None) -> list[Match]:
    """Return the next matches numbered above `number`, with their seats; with a Monday, those of its round."""
    # Who the people are and which times they were offered is not asked for: nobody tells it.
    seats = selectinload(Match.seats).options(lazyload(Seat.member), lazyload(Seat.match))
    matches = select(Match).where(Match.id > number).options(seats, lazyload(Match.times))
    if monday is not None:
        matches = matches.join(Round, Round.id == Match.round_id).where(Round.monday == monday)
    return list(session.scalars(matches.order_by(Match.id).limit(most)))


def said_of(session: Session, match_ids: Collection[int]) -> dict[int, list[str]]:
    """Return what people answer to "did you meet?", by the number of the match; without those nobody has told of."""
    told = select(Seat.match_id, Feedback.met).join(Feedback, Feedback.seat_id == Seat.id)
    said: dict[int, list[str]] = defaultdict(list)
    for match_id, met in session.execute(told.where(Seat.match_id.in_(match_ids))):
        said[match_id].append(met)
    return dict(said)
