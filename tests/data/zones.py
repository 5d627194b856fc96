"""Zones in which clocks change oddly, and what their clocks say, minute by minute, worked out another way than the code does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

# Half an hour of summer time, three quarters of an hour from everybody, a month without summer time, the date line.
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Auckland",
]
FIRST_MONDAY = date(2025, 12, 29)
MONDAYS = [FIRST_MONDAY + timedelta(weeks=week) for week in range(106)]  # every week that touches 2026 or 2027
BEGIN = datetime.combine(FIRST_MONDAY, time(), UTC) - timedelta(days=1)
HOURS = (106 * 7 + 16) * 24
# The parts of a day as the issue names them, in minutes after midnight: 8-11, 11:30-14, 14-17, 17-21.
PARTS = [(480, 660), (690, 840), (840, 1020), (1020, 1260)]


@cache
def local_minutes(zone: str) -> NDArray[np.int64]:
    """For each minute from BEGIN: the minutes on the local clock since the start of FIRST_MONDAY's own local day."""
    clock, offsets = ZoneInfo(zone), []
    for quarter in range(HOURS * 4):  # no clock changes but at a quarter of an hour
        moment = (BEGIN + timedelta(minutes=15 * quarter)).astimezone(clock)
        offset = moment.utcoffset()
        assert offset is not None
        offsets.append(int(offset.total_seconds()) // 60)
    utc = np.arange(HOURS * 60) - 24 * 60  # BEGIN is the day before
    minutes: NDArray[np.int64] = utc + np.repeat(np.array(offsets), 15)
    return minutes


def whole_meetings(wanted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """For each full UTC hour from BEGIN: whether all 45 minutes from it on are `wanted`, a truth for each minute."""
    whole: NDArray[np.bool_] = np.all(wanted.reshape(HOURS, 60)[:, :45], axis=1)
    return whole


def ticked_minutes(zone: str, free_hours: int) -> NDArray[np.bool_]:
    """For each minute from BEGIN: whether the local clock shows a ticked part of that day."""
    local = local_minutes(zone)
    day, minute = local // 1440, local % 1440
    wanted = np.zeros(len(local), np.bool_)
    for weekday in range(7):
        for part, (first, last) in enumerate(PARTS):
            if free_hours >> (weekday * 4 + part) & 1:
                wanted |= (day % 7 == weekday) & (first <= minute) & (minute < last)
    return wanted


def hour_of(moment: datetime) -> int:
    """Return how many full hours after BEGIN a moment is."""
    return int((moment - BEGIN) / timedelta(hours=1))
