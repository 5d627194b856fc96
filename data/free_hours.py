"""Free hours: what people tick for a usual week by their own clocks, and what that means in UTC in a given week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

# The four parts of a day. Afternoon and evening touch, so that a meeting may begin in one and end in the other.
PARTS = {
    "morning": (time(8), time(11)),
    "lunch": (time(11, 30), time(14)),
    "afternoon": (time(14), time(17)),
    "evening": (time(17), time(21)),
}
ALL_HOURS = (1 << 28) - 1
MEETING = timedelta(minutes=45)
HOUR = timedelta(hours=1)
AWAKE = (time(8), time(21))  # nobody is asked to meet earlier or later, on their own clock


def bit_of(weekday: int, part: str) -> int:
    """Return the bit of a part of a day, in the 28 bits of a week; Monday is 0."""
    return 1 << (weekday * len(PARTS) + list(PARTS).index(part))


# After work and at lunch on working days, and the weekend until it is evening: what suits most.
USUAL_HOURS = sum(bit_of(day, part) for day in range(5) for part in ("lunch", "evening")) | sum(
    bit_of(day, part) for day in (5, 6) for part in ("morning", "lunch", "afternoon")
)
EVENINGS_AND_WEEKENDS = sum(bit_of(day, "evening") for day in range(5)) | ALL_HOURS & -bit_of(5, "morning")


class Window(NamedTuple):
    """The hours in which meetings may begin: bit h of a number stands for h hours after `start`, a full hour in UTC."""

    start: datetime
    hours: int

    def moment(self, hour: int) -> datetime:
        """Return the moment a bit stands for."""
        return self.start + hour * HOUR

    def moments(self, bits: int) -> Iterator[datetime]:
        """Yield the moments of all bits that are set, the earliest first."""
        return (self.moment(hour) for hour in range(self.hours) if bits >> hour & 1)


def window_between(first: datetime, last: datetime) -> Window:
    """Return the window of all full UTC hours from `first` to `last`, both included."""
    start = first.astimezone(UTC)
    full = start.replace(minute=0, second=0, microsecond=0)
    start = full if full == start else full + HOUR
    return Window(start, max(0, int((last - start) / HOUR) + 1))


@lru_cache(maxsize=20_000)  # a community shares a few zones and mostly the usual hours
def free_in(free_hours: int, zone: str, window: Window) -> int:
    """Return a bit for each hour of `window` at which a meeting of 45 minutes lies in free hours all through.

    Each hour is read on the clocks of `zone` at that very moment, so that the weeks in which clocks change need no
    special case.
    """
    clock = ZoneInfo(zone)
    spans = [_spans(free_hours, weekday) for weekday in range(7)]
    bits = 0
    for hour in range(window.hours):
        start = window.moment(hour)
        local, end = start.astimezone(clock), (start + MEETING).astimezone(clock)
        if local.date() == end.date() and any(
            first <= local.time() and end.time() <= last for first, last in spans[local.weekday()]
        ):
            bits |= 1 << hour
    return bits


@lru_cache(maxsize=20_000)
def on_days(days: frozenset[date], zone: str, window: Window) -> int:
    """Return a bit for each hour of `window` that lies on one of these days by the calendar of `zone`."""
    clock = ZoneInfo(zone)
    hours = (hour for hour in range(window.hours) if window.moment(hour).astimezone(clock).date() in days)
    return sum(1 << hour for hour in hours)


def awake_in(zone: str, window: Window) -> int:
    """Return a bit for each hour of `window` at which a meeting disturbs nobody's night."""
    return free_in(_AROUND_THE_DAY, zone, window)


def _spans(free_hours: int, weekday: int) -> list[tuple[time, time]]:
    """The free spans of a day; parts that touch are one span."""
    if free_hours == _AROUND_THE_DAY:
        return [AWAKE]
    spans: list[tuple[time, time]] = []
    for part, (first, last) in PARTS.items():
        if free_hours & bit_of(weekday, part):
            if spans and spans[-1][1] == first:
                spans[-1] = (spans[-1][0], last)
            else:
                spans.append((first, last))
    return spans


_AROUND_THE_DAY = -1  # no choice of parts: from AWAKE's first to its last minute
