"""Who is due a letter by the clock: before a meeting, after it, and before the next round; to be read anew before writing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, select, tuple_
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.letter import Kind, Letter
from data.match import Match, Seat
from data.member import Member
from data.places import Place
from data.readiness import is_asked, ready_in, who_only_sit_in


class Slot(NamedTuple):
    """When some people meet, how long, and by whose clocks: many share one, so it is decided once for all of them."""

    meets_at: datetime
    minutes: int
    zone: str


class DueSeat(NamedTuple):
    """A seat that is due a letter about its meeting, as that stood when it was looked for."""

    match_id: int
    seat_id: int
    slot: Slot
    on_at: datetime


def zones_of_members(session: Session) -> list[str]:
    """Return the time zones in which somebody lives."""
    zones = select(Place.time_zone).join(Member, Member.place_id == Place.id).distinct()
    return list(session.scalars(zones.order_by(Place.time_zone)))


def members_to_announce(session: Session, monday: date, zones: Collection[str], since: datetime) -> list[int]:
    """Return the members in `zones` who are in the round of `monday` and were not told so since a moment.

    A host who sits in is not: whether they are, the round shows.
    """
    return _members(session, and_(ready_in(monday), ~who_only_sit_in()), zones, since)


def members_to_ask(session: Session, monday: date, zones: Collection[str], since: datetime) -> list[int]:
    """Return the members in `zones` who are in the round of `monday` only if they say so, and were not asked since."""
    return _members(session, is_asked(monday), zones, since)


def slots_between(session: Session, after: datetime, until: datetime) -> list[Slot]:
    """Return when people meet in (after, until], each slot once however many share it."""
    columns = select(Match.meets_at, Match.minutes, Seat.time_zone).join(Seat, Seat.match_id == Match.id)
    on = Match.meets_at > after, Match.meets_at <= until, Match.on_at.is_not(None), Seat.freed_at.is_(None)
    found = session.execute(columns.where(*on).distinct())
    return [Slot(meets_at, minutes, zone) for meets_at, minutes, zone in found if meets_at is not None]


def seats_to_remind(session: Session, slots: Collection[Slot], number: int) -> list[DueSeat]:
    """Return the seats that meet in one of `slots` and have not had reminder `number` since their time was fixed."""
    return _seats(session, slots, ~_written("reminder", number))


def seats_to_ask(session: Session, slots: Collection[Slot], number: int) -> list[DueSeat]:
    """Return the seats that met in one of `slots`, without feedback, not yet asked for the `number`th time.

    Whoever was asked for their side has been asked once more already.
    """
    unheard = ~exists().where(Feedback.seat_id == Seat.id)
    return _seats(session, slots, unheard, ~_written("how_was_it", number), ~_of_kind("your_side"))


def lock_seats(session: Session, due: Sequence[DueSeat]) -> dict[int, Seat]:
    """Return the seats by their numbers, as they stand now, their matches locked until the transaction ends.

    In the order of the matches' numbers, as everybody who locks several does it: so nobody waits in a circle.
    """
    numbers = {one.match_id for one in due}
    locked = select(Match).where(Match.id.in_(numbers)).order_by(Match.id).with_for_update(of=Match)
    matches = session.scalars(locked.execution_options(populate_existing=True))
    return {seat.id: seat for match in matches for seat in match.seats}


def _members(session: Session, who: ColumnElement[bool], zones: Collection[str], since: datetime) -> list[int]:
    kinds = Letter.kind.in_(("next_week", "are_you_in"))
    told = exists().where(Letter.member_id == Member.id, kinds, Letter.written_at >= since)
    due = select(Member.id).join(Place, Place.id == Member.place_id).where(who, ~told)
    return list(session.scalars(due.where(Place.time_zone.in_(zones)).order_by(Member.id)))


def _seats(session: Session, slots: Collection[Slot], *conditions: ColumnElement[bool]) -> list[DueSeat]:
    if not slots:
        return []
    slot = Match.meets_at, Match.minutes, Seat.time_zone
    columns = select(Seat.match_id, Seat.id, *slot, Match.on_at).join(Match, Match.id == Seat.match_id)
    live = tuple_(*slot).in_(slots), Match.on_at.is_not(None), Seat.freed_at.is_(None), *conditions
    here = Member.left_at.is_(None), Member.unsubscribed_at.is_(None)
    due = columns.join(Member, Member.id == Seat.member_id).where(*live, *here).order_by(Seat.match_id, Seat.id)
    return [
        DueSeat(match_id, seat_id, Slot(meets_at, minutes, zone), on_at)
        for match_id, seat_id, meets_at, minutes, zone, on_at in session.execute(due)
        if meets_at is not None and on_at is not None
    ]


def _written(kind: Kind, number: int) -> ColumnElement[bool]:
    """Whether a seat has had the `number`th letter of this kind since the time of its meeting was fixed."""
    mine = Letter.member_id == Seat.member_id, Letter.match_id == Seat.match_id, Letter.kind == kind
    return exists().where(*mine, Letter.occasion.like(f"{kind} % {number} %"), Letter.written_at >= Match.on_at)


def _of_kind(kind: Kind) -> ColumnElement[bool]:
    mine = Letter.member_id == Seat.member_id, Letter.match_id == Seat.match_id
    return exists().where(*mine, Letter.kind == kind)
