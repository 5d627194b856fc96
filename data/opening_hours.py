"""Whether a venue is open, from its hours as OpenStreetMap writes them: "Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00; PH off"."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, ParserError

SPARE = timedelta(minutes=15)  # nobody likes to be swept out with the crumbs


def is_open(hours: str, start: datetime, end: datetime, zone: str) -> bool | None:
    """Whether a venue in `zone` is open from `start` until a little after `end`; None when its hours say nothing.

    Public holidays differ by country and are left aside.
    """
    read = _read(hours.strip())
    if read is None:
        return None
    clock = ZoneInfo(zone)
    local_start = start.astimezone(clock).replace(tzinfo=None)
    local_end = (end + SPARE).astimezone(clock).replace(tzinfo=None)
    if read.is_unknown(local_start):
        return None
    changes = read.next_change(local_start)
    return bool(read.is_open(local_start)) and (changes is None or changes >= local_end)


@lru_cache(maxsize=10_000)
def _read(hours: str) -> OpeningHours | None:
    try:
        return OpeningHours(hours)
    except ParserError:
        return None
