"""Who is ready for a round: here, not away, not gone quiet, in the rhythm they chose, and in, if they are asked first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from data.match import Seat
from data.member import Member
from data.round import Round

LONGER_RHYTHMS = (2, 4)  # weeks; whoever meets every week never rests
# How somebody stands towards a round, in the order in which they win.
Standing = Literal["gone", "unsubscribed", "quiet", "paused", "rests", "asked", "in"]


def ready_in(monday: date) -> ColumnElement[bool]:
    """Return the condition of `is_ready`, for a query."""
    return and_(could_be_in(monday), or_(Member.ask_first.is_(False), Member.in_for == monday))


def could_be_in(monday: date) -> ColumnElement[bool]:
    """Return the condition of being ready, but for a word from those who are asked first."""
    not_paused = or_(Member.paused_until.is_(None), Member.paused_until <= monday)
    here = Member.confirmed_at.is_not(None), Member.left_at.is_(None), Member.unsubscribed_at.is_(None)
    return and_(*here, not_paused, Member.quiet_since.is_(None), ~_rests_in(monday))


def is_asked(monday: date) -> ColumnElement[bool]:
    """Return the condition of those who would be in the round of `monday` if they said so, and have not yet."""
    unsaid = or_(Member.in_for.is_(None), Member.in_for != monday)
    return and_(could_be_in(monday), Member.ask_first.is_(True), unsaid)


def is_ready(session: Session, member: Member, monday: date) -> bool:
    """Whether the member may be paired in the round of `monday`; `ready_in` says the same of everybody."""
    return standing_of(session, member, monday) == "in"


def who_only_sit_in() -> ColumnElement[bool]:
    """Return the condition of `Member.only_sits_in`, for a query."""
    return and_(Member.sits_in.is_(True), Member.role != "member")


def ready_members(session: Session, monday: date) -> list[Member]:
    """Return everyone who may be paired in the round of `monday`, in the order they signed up."""
    return list(session.scalars(select(Member).where(ready_in(monday)).order_by(Member.id)))


def standing_of(session: Session, member: Member, monday: date) -> Standing:
    """Return the one word for why the member is in the round of `monday`, or is not."""
    return standings_of(session, [member], monday)[member.id]


def standings_of(session: Session, members: Collection[Member], monday: date) -> dict[int, Standing]:
    """Return the same of several members by their numbers, with at most one question to the database."""
    rhythmic = [member.id for member in members if member.rhythm_weeks > 1]
    rests = _resting_of(session, rhythmic, monday) if rhythmic else set()
    return {member.id: _standing(member, monday, rests) for member in members}


def _resting_of(session: Session, member_ids: Collection[int], monday: date) -> set[int]:
    return set(session.scalars(select(Member.id).where(Member.id.in_(member_ids), _rests_in(monday))))


def _standing(member: Member, monday: date, rests: Collection[int]) -> Standing:
    if not member.is_confirmed:
        return "gone"
    if member.unsubscribed_at is not None:
        return "unsubscribed"
    if member.quiet_since is not None:
        return "quiet"
    if member.paused_until is not None and member.paused_until > monday:
        return "paused"
    if member.id in rests:
        return "rests"
    return "asked" if member.ask_first and member.in_for != monday else "in"


def _rests_in(monday: date) -> ColumnElement[bool]:
    """Whether the rhythm somebody chose leaves out the round of `monday`."""
    return or_(*(_rests(monday, weeks) for weeks in LONGER_RHYTHMS))


def _rests(monday: date, weeks: int) -> ColumnElement[bool]:
    """Whether somebody who meets every so many weeks holds a seat in one of the rounds that are less than that before."""
    since = monday - timedelta(weeks=weeks - 1)
    seat = Seat.member_id == Member.id, Seat.freed_at.is_(None), Seat.round_id == Round.id
    sat = exists().where(*seat, Round.monday >= since, Round.monday < monday)
    return and_(Member.rhythm_weeks == weeks, sat)
