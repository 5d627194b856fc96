"""Which matches of a round fall through, who falls out of them, and who of the round waits for somebody else."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import permutations
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from data.avoidance import Avoidance
from data.match import ANSWER_WITHIN, Match, Seat
from data.member import Member
from data.readiness import ready_in, who_only_sit_in
from data.round import Round

MOST_ROUNDS = 3  # the meetings of a round are over in its second week
FIRST_TO_ANSWER = "Pacific/Kiritimati"  # no zone is further ahead


class Waiting(NamedTuple):
    """A member who is ready and has no seat in the round, with all that decides who could be found for them."""

    member_id: int
    latitude: float | None
    longitude: float | None
    reach_km: int
    meets: str
    trio_ok: bool
    short_notice: bool
    sits_in: bool  # a host who meets only whoever would be left over
    let_down: bool  # held a seat in this round and lost it; a host who sat in is not: nobody was promised to them
    left_at: datetime | None  # when they lost the last of them, if it was somebody else's doing


def lock_round(session: Session, round_: Round) -> Round:
    """Return the round as it stands now, locked until the transaction ends: one process at a time acts on it."""
    locked = select(Round).where(Round.id == round_.id).with_for_update(of=Round)
    return session.scalars(locked.execution_options(populate_existing=True)).one()


def rounds_to_look_after(session: Session, now: datetime) -> list[Round]:
    """Return the rounds whose people may still meet, the latest first."""
    recent = session.scalars(select(Round).order_by(Round.monday.desc()).limit(MOST_ROUNDS))
    return [round_ for round_ in recent if now < round_.over_at]


def matches_falling_through(session: Session, round_: Round, now: datetime, agree_within: timedelta) -> list[Match]:
    """Return the matches ahead in which somebody said no, was silent too long, has gone, or is to avoid another.

    Also those whose people have looked for a common time for longer than `agree_within`. They are locked in the order
    of their numbers and as they stand now: an answer given at the same moment was heard before, so that `fallen_out`
    may find nobody after all.
    """
    ahead = _seats(round_).where(Seat.freed_at.is_(None), or_(Match.meets_at.is_(None), Match.meets_at > now))
    gone = Seat.declined_at.is_not(None), _is_gone(), _is_uneasy(), Match.agreeing_since < now - agree_within
    numbers = set(session.scalars(ahead.with_only_columns(Seat.match_id).where(or_(*gone))))
    unanswered = ahead.where(_is_unanswered())
    numbers |= set(session.scalars(unanswered.with_only_columns(Seat.match_id).where(Match.answer_until < now)))
    if now > round_.answer_by(FIRST_TO_ANSWER):
        late = unanswered.where(Match.answer_until.is_(None), Match.made_at < now - ANSWER_WITHIN)
        columns = late.with_only_columns(Seat.match_id, Seat.time_zone)
        numbers |= {number for number, zone in session.execute(columns) if now > round_.answer_by(zone)}
    locked = select(Match).where(Match.id.in_(numbers)).order_by(Match.id).with_for_update(of=Match)
    return list(session.scalars(locked.execution_options(populate_existing=True)))


def fallen_out(match: Match, now: datetime) -> list[Seat]:
    """Return the live seats whose member said no, has gone, or let the time to answer pass."""
    return [seat for seat in match.live_seats if seat.declined_at or _has_gone(seat) or was_silent(seat, now)]


def was_silent(seat: Seat, now: datetime) -> bool:
    """Whether a seat let the time to answer pass without a word."""
    return seat.accepted_at is None and seat.declined_at is None and now > seat.answer_by


def found_no_time(match: Match, now: datetime, agree_within: timedelta) -> bool:
    """Whether all have said yes, and have looked for a common time for too long."""
    return match.agreeing_since is not None and match.agreeing_since < now - agree_within


def is_uneasy(match: Match, apart: Collection[tuple[int, int]]) -> bool:
    """Whether two who may still come are to be kept apart; `apart` as `avoided_pairs` returns it."""
    return any(pair in apart for pair in permutations([seat.member_id for seat in match.live_seats], 2))


def waiting_in(session: Session, round_: Round) -> list[Waiting]:
    """Return who is ready and has no seat in the round: newcomers, the left over, those who lost their partner.

    Whoever said "not this week" or let a deadline pass in silence is not among them: a second partner would
    be stood up. In the order of their numbers.
    """
    mine = Seat.member_id == Member.id, Seat.round_id == round_.id
    seated = exists().where(*mine, Seat.freed_at.is_(None))
    refused = exists().where(*mine, Seat.declined_why == "not_this_week")
    sits_in = who_only_sit_in().label("sits_in")
    let_down = and_(exists().where(*mine), ~who_only_sit_in()).label("let_down")
    last = select(func.max(Seat.freed_at)).where(*mine).correlate(Member).scalar_subquery()
    theirs = select(Seat.freed_at).where(*mine, Seat.declined_at.is_(None), Seat.freed_at == last).limit(1)
    terms = Member.latitude, Member.longitude, Member.reach_km, Member.meets, Member.trio_ok, Member.short_notice
    ready = (
        select(Member.id, *terms, sits_in, let_down, theirs.correlate(Member).scalar_subquery())
        .where(ready_in(round_.monday), ~seated, ~refused)
        .order_by(Member.id)
    )
    silent = set(_silent_members(session, round_))
    return [waiting for waiting in map(Waiting._make, session.execute(ready)) if waiting.member_id not in silent]


def _seats(round_: Round) -> Select[Seat]:
    joined = select(Seat).join(Match, Match.id == Seat.match_id).join(Member, Member.id == Seat.member_id)
    return joined.where(Seat.round_id == round_.id)


def _is_gone() -> ColumnElement[bool]:
    """`_has_gone`, for a query."""
    unsubscribed = Member.unsubscribed_at.is_not(None), Seat.accepted_at.is_(None)
    return or_(Member.left_at.is_not(None), and_(*unsubscribed))


def _is_unanswered() -> ColumnElement[bool]:
    return and_(Seat.accepted_at.is_(None), Seat.declined_at.is_(None))


def _is_uneasy() -> ColumnElement[bool]:
    """Whether the member of a seat is to avoid another who holds a seat in the same match."""
    other = aliased(Seat)
    apart = or_(
        and_(Avoidance.first_id == Seat.member_id, Avoidance.second_id == other.member_id),
        and_(Avoidance.second_id == Seat.member_id, Avoidance.first_id == other.member_id),
    )
    return exists().where(other.match_id == Seat.match_id, other.freed_at.is_(None), apart)


def _silent_members(session: Session, round_: Round) -> Iterator[int]:
    """Who of the round had a seat freed after the time to answer it, without having answered."""
    freed = _seats(round_).where(_is_unanswered(), Seat.freed_at.is_not(None))
    columns = Seat.member_id, Seat.freed_at, Match.answer_until, Match.made_at, Seat.time_zone
    for member_id, freed_at, until, made_at, zone in session.execute(freed.with_only_columns(*columns)):
        if freed_at is not None and freed_at > (until or max(round_.answer_by(zone), made_at + ANSWER_WITHIN)):
            yield member_id


def _has_gone(seat: Seat) -> bool:
    """Whether the member has left, or wants no more letters and has promised nothing; what was promised stands."""
    member = seat.member
    return member.left_at is not None or (member.unsubscribed_at is not None and seat.accepted_at is None)
