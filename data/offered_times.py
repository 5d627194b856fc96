"""Which times to offer to people: those that suit all of them, spread over days, the kindest hour of each day first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from data.free_hours import Window

MOST_TIMES = 6
BEST_HOUR = 18.0  # on everybody's own clock: after work, before it is late
APART = timedelta(hours=3)  # between two times of one day


def times_to_offer(
    window: Window, free: Sequence[int], awake: Sequence[int], zones: Sequence[str], limit: int = MOST_TIMES
) -> list[datetime]:
    """Return up to `limit` moments, in order of time: first those free for all, then those free for one and awake for all.

    Args:
        window: what bit h of the numbers stands for.
        free, awake: a number for each person, a bit for each hour of the window.
        zones: each person's IANA zone; a day is one by the first person's calendar.
        limit: how many at most.
    """
    all_free, all_awake, any_free = -1, -1, 0
    for mine, up in zip(free, awake, strict=True):
        all_free, all_awake, any_free = all_free & mine, all_awake & up, any_free | mine
    clocks = [ZoneInfo(zone) for zone in zones]
    chosen = _spread([], list(window.moments(all_free)), clocks, limit)
    if chosen:
        chosen = _spread(chosen, list(window.moments(all_awake & any_free)), clocks, limit)
    return sorted(chosen)


def _spread(chosen: list[datetime], moments: list[datetime], clocks: Sequence[ZoneInfo], limit: int) -> list[datetime]:
    """Add the kindest hour of each day, the earliest day first; then a second hour of a day, and so on."""
    chosen, left = list(chosen), [moment for moment in moments if moment not in chosen]
    while left and len(chosen) < limit:
        taken = {_day(moment, clocks) for moment in chosen}
        rounds = [moment for moment in left if _day(moment, clocks) not in taken] or [
            moment for moment in left if all(abs(moment - other) >= APART for other in chosen)
        ]
        if not rounds:
            break
        first = min(_day(moment, clocks) for moment in rounds)
        best = min(
            (moment for moment in rounds if _day(moment, clocks) == first), key=lambda moment: _hardship(moment, clocks)
        )
        chosen.append(best)
        left.remove(best)
    return chosen


def _day(moment: datetime, clocks: Sequence[ZoneInfo]) -> tuple[int, int]:
    return moment.astimezone(clocks[0]).isocalendar()[0], moment.astimezone(clocks[0]).timetuple().tm_yday


def _hardship(moment: datetime, clocks: Sequence[ZoneInfo]) -> tuple[float, float, datetime]:
    """How far from the best hour this is for whoever is worst off, then for all."""
    away = [abs(local.hour + local.minute / 60 - BEST_HOUR) for local in map(moment.astimezone, clocks)]
    return max(away), sum(away), moment
