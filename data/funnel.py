"""The funnel of a round: how far its people came, from being in to having met, counted from the rows themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select, update
from sqlalchemy.orm import Session

from data.feedback import ENJOYED, Feedback
from data.match import Match, Seat
from data.round import Round, monday_of
from data.travel import BANDS_KM, travel_bands

STILL_MET, STILL_TOLD_OF = timedelta(weeks=1), timedelta(weeks=6)  # after their Monday
NOW_AND_THEN = timedelta(minutes=30)


class Meetings(NamedTuple):
    """What became of the matches that were to meet in one way, in person or on a call."""

    made: int = 0
    fixed: int = 0  # at a time that suits everybody, and not called off since
    told: int = 0  # fixed, over, and somebody has said how it was
    held: int = 0  # of those, somebody says that they met
    rated: int = 0  # people who said whether they enjoyed it
    enjoyed: int = 0  # of those


class Funnel(NamedTuple):
    """How far the people of a round came, and their matches."""

    people: int = 0  # in the round, or called into it later
    paired: int = 0  # had a seat
    said_yes: int = 0  # even if they took it back
    fixed: int = 0  # sit in a meeting with a time
    held: int = 0  # met, by somebody's word
    left_over: int = 0  # never had a seat
    rescued: int = 0  # lost their partner, and another was found
    in_person: Meetings = Meetings()
    on_call: Meetings = Meetings()
    bands: tuple[int, ...] = (0,) * (len(BANDS_KM) + 1)  # people by the way to a fixed place: see `data.travel`

    @property
    def meetings(self) -> Meetings:
        """Of both ways together."""
        return Meetings(*(one + other for one, other in zip(self.in_person, self.on_call, strict=True)))

    def facts(self) -> dict[str, Any]:
        """Return it as it is kept in `Round.funnel`."""
        ways = {"in_person": self.in_person._asdict(), "on_call": self.on_call._asdict()}
        return self._asdict() | ways | {"bands": list(self.bands)}


def funnel_in(facts: Mapping[str, Any]) -> Funnel | None:
    """Return the funnel that was kept, or none when it was never counted."""
    if not facts:
        return None
    ways = {way: Meetings(**facts[way]) for way in ("in_person", "on_call")}
    return Funnel(**{**facts, **ways, "bands": tuple(facts["bands"])})


def count_funnel(session: Session, round_: Round, now: datetime) -> Funnel:
    """Count how far the people of one round have come until now: four questions, whatever its size."""
    paired, said_yes, fixed = session.execute(_people(round_.id)).one()
    people = max(round_.figures.get("people", 0), paired)
    ways = {way: Meetings(*map(int, counts)) for way, *counts in session.execute(_meetings(round_.id, now))}
    return Funnel(
        people=people,
        paired=paired,
        said_yes=said_yes,
        fixed=fixed,
        held=session.scalar(_held(round_.id)) or 0,
        left_over=people - paired,
        rescued=round_.figures.get("rescued", 0),
        in_person=ways.get("in_person", Meetings()),
        on_call=ways.get("call", Meetings()),
        bands=travel_bands(session, round_.id),
    )


def keep_funnel(session: Session, round_id: int, funnel: Funnel, now: datetime) -> None:
    """Keep what was counted, unless somebody has counted later; nothing else of the round is touched."""
    older = or_(Round.counted_at.is_(None), Round.counted_at <= now)
    kept = update(Round).where(Round.id == round_id, older).values(funnel=funnel.facts(), counted_at=now)
    session.execute(kept.execution_options(synchronize_session=False))


def rounds_to_count(session: Session, now: datetime) -> list[Round]:
    """Return the rounds to count at `now`, the latest first.

    Those of this week and the last each time; those of six weeks every half hour, for little more is said of them;
    older ones once, and then they keep their last figures.
    """
    monday = monday_of(now)
    young, told_of = Round.monday >= monday - STILL_MET, Round.monday >= monday - STILL_TOLD_OF
    wanted = or_(young, Round.counted_at.is_(None), and_(told_of, Round.counted_at <= now - NOW_AND_THEN))
    return list(session.scalars(select(Round).where(wanted).order_by(Round.monday.desc())))


def rounds_since(session: Session, monday: date) -> list[Round]:
    """Return the rounds from a Monday on, the latest first."""
    return list(session.scalars(select(Round).where(Round.monday >= monday).order_by(Round.monday.desc())))


def _people(round_id: int) -> Select[*tuple[Any, ...]]:
    """How many had a seat, said yes, and sit in a meeting that is fixed."""
    said_yes = or_(Seat.accepted_at.is_not(None), Seat.cancelled_at.is_not(None))
    fixed = and_(Seat.freed_at.is_(None), Match.on_at.is_not(None))
    people = func.count(distinct(Seat.member_id))
    seats = select(people, people.filter(said_yes), people.filter(fixed)).join(Match, Match.id == Seat.match_id)
    return seats.where(Match.round_id == round_id)


def _held(round_id: int) -> Select[*tuple[Any, ...]]:
    """How many kept their seat in a meeting of which somebody says that they met."""
    told = select(Seat.match_id).join(Feedback, Feedback.seat_id == Seat.id).join(Match, Match.id == Seat.match_id)
    told = told.where(Match.round_id == round_id, Feedback.met == "yes")
    return select(func.count(distinct(Seat.member_id))).where(Seat.match_id.in_(told), Seat.freed_at.is_(None))


def _meetings(round_id: int, now: datetime) -> Select[*tuple[Any, ...]]:
    """The matches of each way, and what became of them; each match is looked at once, with all that was said of it."""
    met = Feedback.met == "yes"
    rated = and_(met, or_(Feedback.rating.is_not(None), Feedback.again.is_not(None)))
    enjoyed = and_(rated, or_(Feedback.again.is_(True), Feedback.rating >= ENJOYED))
    each = (
        select(
            Match.mode,
            Match.on_at.is_not(None).label("is_on"),
            and_(Match.on_at.is_not(None), Match.meets_at < now).label("is_over"),
            _many(Seat.freed_at.is_(None)).label("live"),
            func.count(Feedback.id).label("told"),
            _many(met).label("met"),
            _many(rated).label("rated"),
            _many(enjoyed).label("enjoyed"),
        )
        .join(Seat, Seat.match_id == Match.id)
        .outerjoin(Feedback, Feedback.seat_id == Seat.id)
        .where(Match.round_id == round_id)
        .group_by(Match.id)
        .subquery()
        .c
    )
    fixed, told = and_(each.is_on, each.live > 1), and_(each.is_over, each.told > 0)
    counts = [_many(condition) for condition in (fixed, told, and_(told, each.met > 0))]
    return select(each.mode, func.count(), *counts, func.sum(each.rated), func.sum(each.enjoyed)).group_by(each.mode)


def _many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)
