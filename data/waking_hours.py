"""When people may be written to by the clock: never between ten in the evening and seven, on the reader's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

NIGHT_FROM, NIGHT_UNTIL = time(22), time(7)
LATE_EVENING = time(21)  # what would fall in the night, and must come before it
AT_EASE = time(8)  # what would fall in the night, and can wait
EVENING = time(19)
DAY = timedelta(days=1)


def is_night(moment: datetime, zone: str) -> bool:
    """Whether people in `zone` are to be left alone at a moment."""
    clock = moment.astimezone(ZoneInfo(zone)).time()
    return clock >= NIGHT_FROM or clock < NIGHT_UNTIL


def reminded_at(meets_at: datetime, before: timedelta, least: timedelta, zone: str) -> datetime:
    """Return when to remind somebody in `zone` of a meeting: so long before it, but never in the night.

    What would fall in the night comes at seven, if that still leaves `least` until the meeting; else at nine in the
    evening before.
    """
    due = meets_at - before
    if not is_night(due, zone):
        return due
    morning = next_at(NIGHT_UNTIL, due, zone)
    return morning if meets_at - morning >= least else _last_at(LATE_EVENING, due, zone)


def asked_at(due: datetime, zone: str) -> datetime:
    """Return when to ask somebody in `zone` something that was to be asked at `due`: in the night it waits until eight."""
    return next_at(AT_EASE, due, zone) if is_night(due, zone) else due


def told_in_the_evening(now: datetime, zone: str) -> datetime:
    """Return the first moment from `now` on at which it is evening in `zone`, and not yet night."""
    is_evening = now.astimezone(ZoneInfo(zone)).time() >= EVENING and not is_night(now, zone)
    return now if is_evening else next_at(EVENING, now, zone)


def next_at(clock: time, moment: datetime, zone: str) -> datetime:
    """Return the first moment, not before `moment`, at which the clocks of `zone` show `clock`."""
    today = _on_day_of(moment, clock, zone)
    return today if today >= moment else _on_day_of(moment, clock, zone, DAY)


def _last_at(clock: time, moment: datetime, zone: str) -> datetime:
    """The last moment, not after `moment`, at which the clocks of `zone` showed `clock`."""
    today = _on_day_of(moment, clock, zone)
    return today if today <= moment else _on_day_of(moment, clock, zone, -DAY)


def _on_day_of(moment: datetime, clock: time, zone: str, shift: timedelta = timedelta(0)) -> datetime:
    day = moment.astimezone(ZoneInfo(zone)).date() + shift
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
