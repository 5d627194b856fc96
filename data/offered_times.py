"""Which times to offer to people: those that suit all of them, spread over days, the kindest hour of each day first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from data.free_hours import Window

MOST_TIMES = 6
BEST_HOUR = 18.0  # on everybody's own clock: after work, before it is late
APART = timedelta(hours=3)  # between two times of one day


class Option(NamedTuple):
    """A moment that could be offered; of two the better one is the smaller: the earlier day, then the kinder hour."""

    day: date
    worst: float  # hours from the best one, for whoever is worst off
    together: float  # the same, for all of them added up
    moment: datetime


def times_to_offer(
    window: Window, free: Sequence[int], awake: Sequence[int], zones: Sequence[str], limit: int = MOST_TIMES
) -> list[datetime]:
    """Return up to `limit` moments, in order of time: first those free for all, then those free for one and awake for all.

    Args:
        window: what bit h of the numbers stands for.
        free: a number for each person, a bit for each hour of the window at which they are free.
        awake: the same, for the hours at which a meeting would not disturb their night.
        zones: each person's IANA zone; a day is one by the first person's calendar.
        limit: how many at most.
    """
    all_free, all_awake, any_free = -1, -1, 0
    for mine, up in zip(free, awake, strict=True):
        all_free, all_awake, any_free = all_free & mine, all_awake & up, any_free | mine
    chosen = _spread([], _options(window.moments(all_free), tuple(zones)), limit)
    if 0 < len(chosen) < limit:
        chosen = _spread(chosen, _options(window.moments(all_awake & any_free), tuple(zones)), limit)
    return sorted(option.moment for option in chosen)


def _spread(chosen: list[Option], options: list[Option], limit: int) -> list[Option]:
    """Add the kindest hour of each day, the earliest day first; then a second hour of each day, and so on."""
    chosen, times_on = list(chosen), Counter(option.day for option in chosen)
    while len(chosen) < limit:
        left = [one for one in options if not times_on[one.day] or _is_apart(one, chosen)]
        if not left:
            break
        best = min(left, key=lambda option: (times_on[option.day], option))
        chosen.append(best)
        times_on[best.day] += 1
    return chosen


def _is_apart(option: Option, chosen: Iterable[Option]) -> bool:
    return all(abs(option.moment - other.moment) >= APART for other in chosen)


def _options(moments: Iterable[datetime], zones: tuple[str, ...]) -> list[Option]:
    return [_option(moment, zones) for moment in moments]


@lru_cache(maxsize=100_000)  # a community shares a few zones, and a week the same hours
def _option(moment: datetime, zones: tuple[str, ...]) -> Option:
    local = [moment.astimezone(ZoneInfo(zone)) for zone in zones]
    away = [abs(one.hour + one.minute / 60 - BEST_HOUR) for one in local]
    return Option(local[0].date(), max(away), sum(away), moment)
