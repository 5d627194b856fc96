"""How the hours of a usual week and the days of a trip are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from data.free_hours import PARTS, bit_of

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
WORKING_DAYS = range(5)
# By the parts of a day that are free: the first part is the lowest bit.
STRETCHES = {
    0b0001: "for morning coffee",
    0b0010: "at lunch",
    0b0011: "until 14:00",
    0b0100: "in the afternoon",
    0b0101: "for morning coffee and in the afternoon",
    0b0110: "from 11:30 to 17:00",
    0b0111: "until 17:00",
    0b1000: "after work",
    0b1001: "for morning coffee and after work",
    0b1010: "at lunch and after work",
    0b1011: "until 14:00 and after work",
    0b1100: "from 14:00",
    0b1101: "for morning coffee and from 14:00",
    0b1110: "from 11:30",
    0b1111: "all day",
}


def hours_in_words(free_hours: int) -> str:
    """Return a usual week as one says it: "Weekdays at lunch and after work; Saturday and Sunday until 17:00"."""
    by_day = [_parts_of(free_hours, day) for day in range(7)]
    alike: dict[int, list[int]] = {}
    for day, parts in enumerate(by_day):
        if parts:
            alike.setdefault(parts, []).append(day)
    return "; ".join(f"{days_of_week(days)} {_stretch(parts, days)}" for parts, days in alike.items()) or "Never"


def days_of_week(days: Sequence[int]) -> str:
    """Return days of the week, Monday being 0, as one says them: "Weekdays", "Monday, Wednesday and Friday"."""
    if len(days) == 7:
        return "Every day"
    if list(days) == list(WORKING_DAYS):
        return "Weekdays"
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda one: one[1] - one[0])]
    names = [name for run in runs for name in _run(run)]
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def days_in_words(first: date, last: date) -> str:
    """Return the days of a trip as one says them: "3 to 9 May 2027", "28 May to 2 June 2027", "3 May 2027"."""
    end = f"{last.day} {last:%B} {last.year}"
    if first == last:
        return end
    month = "" if (first.month, first.year) == (last.month, last.year) else f" {first:%B}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day}{month}{year} to {end}"


def _parts_of(free_hours: int, day: int) -> int:
    return sum(1 << place for place, part in enumerate(PARTS) if free_hours & bit_of(day, part))


def _run(days: list[int]) -> list[str]:
    return [f"{DAYS[days[0]]} to {DAYS[days[-1]]}"] if len(days) > 2 else [DAYS[day] for day in days]


def _stretch(parts: int, days: Sequence[int]) -> str:
    """Nobody comes from work on a Saturday."""
    words = STRETCHES[parts]
    return words if set(days) <= set(WORKING_DAYS) else words.replace("after work", "in the evening")
