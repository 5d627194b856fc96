"""How people agree upon a time: yes with the times that suit, no, a time of one's own, another time; never past a promise."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Literal

from data.match import Match, Seat, Why
from data.meeting_time import MeetingTime, Tick
from data.opening_hours import is_open
from data.venues import Venue

NOTICE = timedelta(hours=4)  # between fixing a time, or asking for another one, and the meeting
SHORT_NOTICE = timedelta(hours=1)  # the same, for a rescue on the very day
OWN_PROPOSALS = 2  # times that one seat may propose when none suits all
# What came of it: the meeting is on, all have said yes but to no common time, another time is asked for, or nothing new.
Outcome = Literal["on", "no_common_time", "another_time", "nothing_new"]


class CannotAnswer(Exception):
    """This invitation is closed: the time to answer has passed, or the match is off."""


class NoTimeTicked(Exception):
    """A yes needs at least one time: please tick those that suit you."""


def accept(seat: Seat, ticked: Collection[datetime], now: datetime, minutes: int | None = None) -> Outcome:
    """Say yes to some of the offered times; said again, the newer ticks count, until the meeting is on.

    `minutes` is how long one would like to meet, if not as usual. The match is to be locked (`seat_to_answer`).
    """
    if seat.match.is_on and seat.accepted_at is not None and seat.freed_at is None:
        return "nothing_new"
    _check_open(seat, now)
    times = [time for time in seat.match.times if time.starts_at in set(ticked) and time in still_good(seat.match, now)]
    if not times:
        raise NoTimeTicked
    seat.accepted_at = seat.accepted_at or now
    seat.declined_at = seat.declined_why = None
    seat.minutes = minutes
    for time in seat.match.times:
        (_tick if time in times else _untick)(time, seat)
    return settle(seat.match, now)


def propose(seat: Seat, moments: Collection[datetime], now: datetime) -> Outcome:
    """Add times of one's own, ticked, while all have said yes and none suits all."""
    if not seat.match.is_agreeing or seat.freed_at is not None:
        raise CannotAnswer
    own = sum(time.proposed_by_id == seat.id for time in seat.match.times)
    known = {time.starts_at: time for time in seat.match.times}
    for moment in sorted(moments):
        time = known.get(moment)
        if time is None and own < OWN_PROPOSALS:
            time, own = MeetingTime(match_id=seat.match.id, starts_at=moment, proposed_by_id=seat.id), own + 1
            seat.match.times.append(time)
        if time is not None:
            _tick(time, seat)
    return settle(seat.match, now)


def decline(seat: Seat, now: datetime, why: Why, word: str = "") -> None:
    """Say no, or cancel a yes, with a word to the others if one likes; `rematch` acts on it."""
    if seat.declined_at is not None:
        return
    if seat.freed_at is not None or seat.match.has_begun(now):
        raise CannotAnswer
    seat.cancelled_at = now if seat.accepted_at is not None else None
    seat.match.sequence += bool(seat.match.sequence)  # whoever has it in a calendar hears of the change
    seat.accepted_at = None
    seat.declined_at, seat.declined_why, seat.word = now, why, word


def ask_to_move(seat: Seat, moments: Collection[datetime], now: datetime) -> Outcome:
    """Ask for another time, once, up to NOTICE before the meeting, by naming some; the others confirm one, or it is off."""
    match = seat.match
    if not may_move(seat, now):
        raise CannotAnswer
    if not moments:
        raise NoTimeTicked
    seat.move_asked_at = match.agreeing_since = now
    match.on_at = match.meets_at = None
    known = {time.starts_at: time for time in match.times}
    for time in match.times:
        time.ticks = []
    match.times = [known.get(moment) or MeetingTime(starts_at=moment) for moment in sorted(moments)]
    for time in match.times:
        time.proposed_by_id = seat.id
        _tick(time, seat)
    return "another_time"


def may_move(seat: Seat, now: datetime) -> bool:
    """Whether a seat may still ask for another time."""
    match = seat.match
    on = match.is_on and seat.freed_at is None and seat.move_asked_at is None
    return on and match.meets_at is not None and now <= match.meets_at - NOTICE


def mover_of(match: Match) -> Seat | None:
    """Return the seat that has asked for another time and waits for the others, if one does."""
    asked = (seat for seat in match.live_seats if seat.move_asked_at and seat.move_asked_at == match.agreeing_since)
    return next(asked, None) if match.is_agreeing else None


def settle(match: Match, now: datetime) -> Outcome:
    """Once all have said yes: fix the earliest time that suits all, with a place open then; else let them look on."""
    if match.is_off or match.is_falling_through or not all(seat.accepted_at for seat in match.live_seats):
        return "nothing_new"
    if match.is_on:
        return "nothing_new"
    common = _times_for_all(match, now)
    if not common:
        begun = match.agreeing_since is None
        match.agreeing_since = match.agreeing_since or now
        return "no_common_time" if begun else "nothing_new"
    match.meets_at, match.on_at, match.agreeing_since = common[0].starts_at, now, None
    match.minutes = _minutes_agreed(match)
    match.sequence += 1
    if match.mode == "in_person" and not match.meeting_place:
        match.meeting_place = _place_open([one.venue for one in match.suggestions], match)
    return "on"


def notice_of(match: Match) -> timedelta:
    """Return how long before a meeting its time must be fixed."""
    return NOTICE if match.answer_until is None else SHORT_NOTICE


def still_good(match: Match, now: datetime) -> list[MeetingTime]:
    """Return the times of a match that can still be agreed upon."""
    return [time for time in match.times if time.starts_at > now + notice_of(match)]


def _times_for_all(match: Match, now: datetime) -> list[MeetingTime]:
    """The times still good that everybody who may still come has ticked, the earliest first."""
    coming = {seat.id for seat in match.live_seats}
    return [time for time in still_good(match, now) if coming <= time.ticked_by]


def _check_open(seat: Seat, now: datetime) -> None:
    match = seat.match
    closed = seat.freed_at is not None or match.is_off or match.is_falling_through
    late = now > seat.answer_by and not match.is_agreeing
    if closed or late:
        raise CannotAnswer


def _tick(time: MeetingTime, seat: Seat) -> None:
    if seat.id not in time.ticked_by:
        time.ticks.append(Tick(seat_id=seat.id))


def _untick(time: MeetingTime, seat: Seat) -> None:
    for tick in [tick for tick in time.ticks if tick.seat_id == seat.id]:
        time.ticks.remove(tick)


def _minutes_agreed(match: Match) -> int:
    wished = {seat.minutes for seat in match.live_seats}
    return next(iter(wished)) or 45 if len(wished) == 1 else 45


def _place_open(venues: list[Venue], match: Match) -> str:
    """The best place that is open then; failing that, one whose hours are unknown; failing that, the first."""
    if not venues or match.meets_at is None or match.ends_at is None:
        return ""
    zone = match.live_seats[0].time_zone
    opens = {venue.id: is_open(venue.opening_hours, match.meets_at, match.ends_at, zone) for venue in venues}
    ranked = sorted(venues, key=lambda venue: [True, None, False].index(opens[venue.id]))
    return ranked[0].in_words
