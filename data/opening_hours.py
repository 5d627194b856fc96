"""Whether a venue is open, from its hours as OpenStreetMap writes them: "Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00; PH off"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State, validate

SPARE = timedelta(minutes=15)  # nobody likes to be swept out with the crumbs
BY_THE_SUN = re.compile(r"sunrise|sunset|dawn|dusk", re.IGNORECASE)  # without coordinates the library guesses a clock


def is_open(hours: str, start: datetime, end: datetime, zone: str) -> bool | None:
    """Whether a venue in `zone` is open from `start` until a little after `end`; None when its hours do not say.

    A comment ("by appointment", "at events") makes hours unsure: what it says only people can read. Hours that follow
    the sun are unsure without the place, and so are those nobody can parse. Public holidays are left aside.
    """
    clock = ZoneInfo(zone)
    local_start = start.astimezone(clock).replace(tzinfo=None)
    return is_open_by_the_clock(hours, local_start, (end + SPARE).astimezone(clock).replace(tzinfo=None))


def is_open_by_the_clock(hours: str, local_start: datetime, local_end: datetime) -> bool | None:
    """Whether a venue is open all the while between two times on its own clock, without a zone; None as `is_open`."""
    read = _read(hours.strip())
    if read is None:
        return None
    # A bounded look: `next_change` of "9:00-15:00; Mo-Su off" searches every day up to the year 9999.
    stretches = [(state, comment) for _, _, state, comment in read.intervals(local_start, local_end)]
    if any(state == State.CLOSED for state, _ in stretches):
        return False
    sure = bool(stretches) and all(state == State.OPEN and not comment for state, comment in stretches)
    return True if sure else None


def is_readable(hours: str) -> bool:
    """Whether hours say when a venue is open, in the way OpenStreetMap writes them."""
    return _read(hours.strip()) is not None


@lru_cache(maxsize=10_000)
def _read(hours: str) -> OpeningHours | None:
    readable = hours and not BY_THE_SUN.search(hours) and validate(hours)
    return OpeningHours(hours) if readable else None
