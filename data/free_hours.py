"""Free hours: what people tick for a usual week by their own clocks, and what that means in UTC in a given week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
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
CLOCKS_KEPT = 2_000  # zones and weeks whose clocks are read once: a community shares a few
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


def free_in(free_hours: int, zone: str, window: Window) -> int:
    """Return a bit for each hour of `window` at which a meeting of 45 minutes lies in free hours all through.

    Each hour is read on the clocks of `zone` at that very moment, so that the weeks in which clocks change need no
    special case.
    """
    return sum(hours for parts, hours in _hours_by_parts(zone, window).items() if free_hours & parts == parts)


def on_days(days: Collection[date], zone: str, window: Window) -> int:
    """Return a bit for each hour of `window` that lies on one of these days by the calendar of `zone`."""
    return sum(hours for day, hours in _hours_by_day(zone, window).items() if day in days)


@lru_cache(maxsize=CLOCKS_KEPT)
def awake_in(zone: str, window: Window) -> int:
    """Return a bit for each hour of `window` at which a meeting disturbs nobody's night."""
    first, last = AWAKE
    return sum(bit for bit, start, end in _meetings(zone, window) if first <= start.time() and end.time() <= last)


@lru_cache(maxsize=CLOCKS_KEPT)
def _hours_by_parts(zone: str, window: Window) -> dict[int, int]:
    """For every choice of parts that some meeting takes up, the hours at which it takes up just those."""
    found: dict[int, int] = defaultdict(int)
    for bit, start, end in _meetings(zone, window):
        parts = _parts_taken_up(start, end)
        if parts:
            found[parts] |= bit
    return dict(found)


@lru_cache(maxsize=CLOCKS_KEPT)
def _hours_by_day(zone: str, window: Window) -> dict[date, int]:
    clock, found = ZoneInfo(zone), defaultdict[date, int](int)
    for hour in range(window.hours):
        found[window.moment(hour).astimezone(clock).date()] |= 1 << hour
    return dict(found)


def _meetings(zone: str, window: Window) -> Iterator[tuple[int, datetime, datetime]]:
    """Yield each hour's bit, and from when to when its meeting is by the clocks of `zone`; none past midnight."""
    clock = ZoneInfo(zone)
    for hour in range(window.hours):
        moment = window.moment(hour)
        start, end = moment.astimezone(clock), (moment + MEETING).astimezone(clock)
        if start.date() == end.date():
            yield 1 << hour, start, end


def _parts_taken_up(start: datetime, end: datetime) -> int:
    """Return the bits of all parts that a meeting lies in; none when some of it lies in no part."""
    parts = [name for name, (first, last) in PARTS.items() if start.time() < last and first < end.time()]
    spans = [PARTS[name] for name in parts]
    if not spans or start.time() < spans[0][0] or spans[-1][1] < end.time():
        return 0
    if any(before[1] != after[0] for before, after in pairwise(spans)):
        return 0
    return sum(bit_of(start.weekday(), name) for name in parts)
