"""Who is due a letter by the clock: before a meeting, after it, and before the next round; numbers only, to be read anew."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.letter import Kind, Letter
from data.match import Match, Seat
from data.member import Member, ready_in
from data.places import Place


def zones_of_members(session: Session) -> list[str]:
    """Return the time zones in which somebody lives."""
    zones = select(Place.time_zone).join(Member, Member.place_id == Place.id).distinct()
    return list(session.scalars(zones.order_by(Place.time_zone)))


def members_to_announce(session: Session, monday: date, zones: Collection[str], since: datetime) -> list[int]:
    """Return the members in `zones` who are in the round of `monday` and were not told so since a moment."""
    told = exists().where(Letter.member_id == Member.id, Letter.kind == "next_week", Letter.written_at >= since)
    ready = select(Member.id).join(Place, Place.id == Member.place_id).where(ready_in(monday), ~told)
    return list(session.scalars(ready.where(Place.time_zone.in_(zones)).order_by(Member.id)))


def seats_meeting(session: Session, after: datetime, until: datetime, since: datetime) -> list[int]:
    """Return the seats of matches that are on and meet in (after, until], not reminded since a moment."""
    meets = Match.meets_at > after, Match.meets_at <= until, Match.on_at.is_not(None)
    return _seats(session, *meets, ~_written("reminder", since))


def seats_that_met(session: Session, after: datetime, until: datetime, since: datetime) -> list[int]:
    """Return the seats of matches that were on and began in (after, until], without feedback, not asked since a moment."""
    met = Match.meets_at > after, Match.meets_at <= until, Match.on_at.is_not(None)
    unheard = ~exists().where(Feedback.seat_id == Seat.id)
    return _seats(session, *met, unheard, ~_written("how_was_it", since))


def _seats(session: Session, *conditions: ColumnElement[bool]) -> list[int]:
    live = select(Seat.id).join(Match, Match.id == Seat.match_id).where(Seat.freed_at.is_(None), *conditions)
    here = live.join(Member, Member.id == Seat.member_id).where(Member.left_at.is_(None))
    return list(session.scalars(here.where(Member.unsubscribed_at.is_(None)).order_by(Seat.id)))


def _written(kind: Kind, since: datetime) -> ColumnElement[bool]:
    """Whether the member of a seat has had a letter of this kind about its match since a moment."""
    mine = Letter.member_id == Seat.member_id, Letter.match_id == Seat.match_id
    return exists().where(*mine, Letter.kind == kind, Letter.written_at >= since)
