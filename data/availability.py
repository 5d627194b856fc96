"""Where and when each member can meet somebody in a round: at home or on a trip, in their free hours, on no busy day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from data.answering import NOTICE
from data.busy_day import busy_days_in
from data.free_hours import Window, awake_in, free_in, on_days, window_between
from data.member import Member
from data.move import homes_left, trips_added
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
    not_before_day: date = date.min

    @property
    def window(self) -> Window:
        """The hours of the span, wide enough for every zone."""
        end = datetime.combine(self.last_day + timedelta(days=1), time(), UTC) + FURTHEST_ZONE
        return window_between(self.not_before, end - timedelta(hours=1))

    def days(self, zone: str, now: datetime) -> frozenset[date]:
        """Return the days by the calendar of `zone`; at short notice today and tomorrow."""
        today = now.astimezone(ZoneInfo(zone)).date()
        first = max(today + self.first_day, self.not_before_day)
        last = min(self.last_day, today + timedelta(days=1)) if self.at_short_notice else self.last_day
        return frozenset(first + timedelta(days=day) for day in range((last - first).days + 1))


def span_of(round_: Round, now: datetime) -> Span:
    """Return when the people of a round may meet: from the day after tomorrow to the Sunday after next."""
    # Where it is still Sunday when the pairs are made, their letter is read on Monday too.
    from_day = timedelta(days=FROM_DAY)
    return Span(now, from_day, round_.last_day, not_before_day=round_.monday + from_day)


def span_to_move(round_: Round, now: datetime) -> Span:
    """Return when a meeting of a round may be moved to: today at the earliest, with due notice."""
    return Span(now + NOTICE, timedelta(0), round_.last_day)


def span_at_short_notice(now: datetime) -> Span:
    """Return when a rescue on the very day may be: in three hours at the earliest, tomorrow at the latest."""
    last_day = now.astimezone(UTC).date() + timedelta(days=2)  # tomorrow where it is tomorrow already
    return Span(now + SAME_DAY_FROM, timedelta(0), last_day, at_short_notice=True)


def availability(
    session: Session, members: Sequence[Member], round_: Round, span: Span, now: datetime
) -> list[Available]:
    """Return how each of `members` can meet somebody within `span`; whoever has no place is left out.

    Who has moved since the round began still lives where they did; a trip planned since then only keeps its days free.
    """
    monday, last_day, began = round_.monday, round_.last_day, round_.started_at
    trips, busy = trips_in(session, monday, last_day), busy_days_in(session, monday, last_day)
    late, left = trips_added(session, began), homes_left(session, began)
    window, days_in, found = span.window, cache(partial(span.days, now=now)), []
    for member in members:
        if member.latitude is None:
            continue
        known = [trip for trip in trips.get(member.id, ()) if trip.id not in late]
        stay = stay_of(member, known, monday, last_day, left=left.get(member.id))
        away = [trip.days_away(stay.zone) for trip in trips.get(member.id, ()) if trip.id in late]
        days = days_in(stay.zone).difference(stay.elsewhere, busy.get(member.id, ()), *away)
        found.append(available_on(days, member, stay, window))
    return found


def available_on(days: frozenset[date], member: Member, stay: Stay, window: Window) -> Available:
    """Return how a member can meet somebody on some days by the calendar of where they stay."""
    here = on_days(days, stay.zone, window)
    free = free_in(member.free_hours, stay.zone, window)
    return Available(member, stay, free & here, awake_in(stay.zone, window) & here)
