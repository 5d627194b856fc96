"""When to try again what could not be posted: twice as long each time, and not all that failed together at once."""

from __future__ import annotations

from datetime import timedelta


def wait_before(tries: int, first: timedelta, longest: timedelta, number: int) -> timedelta:
    """Return how long to wait after so many tries: `first`, then doubled each time up to `longest`.

    The wait is stretched by up to a quarter by the number of what is tried, so that those that failed together do not
    all come back together.
    """
    wait: timedelta = min(first * 2 ** min(tries - 1, 20), longest)
    return wait * (1 + number * 37 % 100 / 400)
