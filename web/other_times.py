"""To which times a meeting could be moved: hours in which all of them are usually free, until the Sunday after next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from data.availability import availability, span_to_move
from data.match import Seat
from data.offered_times import times_to_offer

MOST = 8


def other_times(session: Session, seat: Seat, now: datetime) -> list[datetime]:
    """Return up to MOST times that suit everybody of a match, without the one that is fixed."""
    match = seat.match
    span = span_to_move(match.round, now)
    people = availability(session, [one.member for one in match.live_seats], match.round, span, now)
    if len(people) < len(match.live_seats):
        return []
    zones = [one.time_zone for one in match.live_seats]
    times = times_to_offer(span.window, [one.free for one in people], [one.awake for one in people], zones, MOST + 1)
    return [time for time in times if time != match.meets_at][:MOST]
