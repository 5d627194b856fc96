"""Where and when each member can meet somebody in a round: at home or on a trip, in their free hours, on no busy day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from data.answering import NOTICE
from data.busy_day import busy_days_in
from data.free_hours import Window, awake_in, free_in, on_days, window_between
from data.member import Member
from data.round import Round
from data.trip import Stay, stay_of, trips_in

FROM_DAY = 2  # the day after tomorrow: people need to plan
FURTHEST_ZONE = timedelta(hours=14)  # of all zones from UTC
SAME_DAY_FROM = timedelta(hours=3)  # for a rescue on the very day


class Available(NamedTuple):
    """One member in one round; `free` and `awake` have a bit for each hour of the round's window."""

    member: Member
    stay: Stay
    free: int
    awake: int


class Span(NamedTuple):
    """The days on which meetings may be, by the clocks of whoever comes, and nothing before a moment."""

    not_before: datetime
    first_day: timedelta  # from today
    last_day: date
    at_short_notice: bool = False  # a rescue on the very day

    @property
    def window(self) -> Window:
        """The hours of the span, wide enough for every zone."""
        end = datetime.combine(self.last_day + timedelta(days=1), time(), UTC) + FURTHEST_ZONE
        return window_between(self.not_before, end - timedelta(hours=1))

    def days(self, zone: str, now: datetime) -> frozenset[date]:
        """Return the days by the calendar of `zone`."""
        first = now.astimezone(ZoneInfo(zone)).date() + self.first_day
        return frozenset(first + timedelta(days=day) for day in range((self.last_day - first).days + 1))


def span_of(round_: Round, now: datetime) -> Span:
    """Return when the people of a round may meet: from the day after tomorrow to the Sunday after next."""
    return Span(now, timedelta(days=FROM_DAY), round_.last_day)


def span_to_move(round_: Round, now: datetime) -> Span:
    """Return when a meeting of a round may be moved to: today at the earliest, with due notice."""
    return Span(now + NOTICE, timedelta(0), round_.last_day)


def span_at_short_notice(now: datetime) -> Span:
    """Return when a rescue on the very day may be: in three hours at the earliest, tomorrow at the latest."""
    return Span(now + SAME_DAY_FROM, timedelta(0), now.astimezone(UTC).date() + timedelta(days=1), at_short_notice=True)


def availability(
    session: Session, members: Sequence[Member], round_: Round, span: Span, now: datetime
) -> list[Available]:
    """Return how each of `members` can meet somebody within `span`; whoever has no place is left out."""
    monday = round_.monday
    trips = trips_in(session, monday, round_.last_day)
    busy = busy_days_in(session, monday, round_.last_day)
    found = []
    for member in members:
        if member.latitude is None:
            continue
        stay = stay_of(member, trips.get(member.id, ()), monday, round_.last_day)
        found.append(_available(member, stay, busy.get(member.id, set()), span, now))
    return found


def _available(member: Member, stay: Stay, busy: set[date], span: Span, now: datetime) -> Available:
    here = on_days(span.days(stay.zone, now) - stay.elsewhere - busy, stay.zone, span.window)
    free = free_in(member.free_hours, stay.zone, span.window)
    return Available(member, stay, free & here, awake_in(stay.zone, span.window) & here)
