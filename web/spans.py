"""How the hours of a usual week and the days of a trip are put into words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from babel.dates import format_date, format_interval

from data.free_hours import PARTS, bit_of
from web.language import gettext as _
from web.language import lazy_gettext as _l
from web.language import locale_spoken, spoken
from web.wording import listed

WORKING_DAYS = range(5)
FULL_WIDTH = 6  # letters; Arabic abbreviates nothing where others do
# By the parts of a day that are free: the first part is the lowest bit.
STRETCHES = {
    0b0001: _l("for morning coffee"),
    0b0010: _l("at lunch"),
    0b0011: _l("until 14:00"),
    0b0100: _l("in the afternoon"),
    0b0101: _l("for morning coffee and in the afternoon"),
    0b0110: _l("from 11:30 to 17:00"),
    0b0111: _l("until 17:00"),
    0b1000: "%(evening)s",
    0b1001: _l("for morning coffee and %(evening)s"),
    0b1010: _l("at lunch and %(evening)s"),
    0b1011: _l("until 14:00 and %(evening)s"),
    0b1100: _l("from 14:00"),
    0b1101: _l("for morning coffee and from 14:00"),
    0b1110: _l("from 11:30"),
    0b1111: _l("all day"),
}


def hours_in_words(free_hours: int) -> str:
    """Return a usual week as one says it: "Weekdays at lunch and after work; Saturday and Sunday until 17:00"."""
    by_day = [_parts_of(free_hours, day) for day in range(7)]
    alike: dict[int, list[int]] = {}
    for day, parts in enumerate(by_day):
        if parts:
            alike.setdefault(parts, []).append(day)
    stretches = [
        _("%(days)s %(hours)s", days=days_of_week(days), hours=_stretch(parts, days)) for parts, days in alike.items()
    ]
    return _("; ").join(stretches) or _("Never")


def days_named() -> list[str]:
    """Return the days of the week, from Monday on."""
    names = locale_spoken().days["stand-alone"]["wide"]
    return [names[day] for day in range(7)]


def days_of_week(days: Sequence[int]) -> str:
    """Return days of the week, Monday being 0, as one says them: "Weekdays", "Monday, Wednesday and Friday"."""
    if len(days) == 7:
        return _("Every day")
    if list(days) == list(WORKING_DAYS):
        return _("Weekdays")
    runs = [[day for _, day in run] for _, run in groupby(enumerate(days), lambda one: one[1] - one[0])]
    names = [name for run in runs for name in _run(run)]
    return listed(names)


def days_shortened() -> list[str]:
    """Return the same as a narrow column has room for."""
    days = locale_spoken().days["stand-alone"]
    names = days["abbreviated"] if max(map(len, days["abbreviated"].values())) < FULL_WIDTH else days["short"]
    return [names[day] for day in range(7)]


def days_in_words(first: date, last: date) -> str:
    """Return the days of a trip as one says them, whole months and years once."""
    if first == last:
        return format_date(first, spoken().dated, locale=locale_spoken())
    return str(format_interval(first, last, "yMMMMd", locale=locale_spoken()))


def _parts_of(free_hours: int, day: int) -> int:
    return sum(1 << place for place, part in enumerate(PARTS) if free_hours & bit_of(day, part))


def _run(days: list[int]) -> list[str]:
    names = days_named()
    if len(days) > 2:
        return [_("%(first)s to %(last)s", first=names[days[0]], last=names[days[-1]])]
    return [names[day] for day in days]


def _stretch(parts: int, days: Sequence[int]) -> str:
    """Nobody comes from work on a Saturday."""
    evening = _("after work") if set(days) <= set(WORKING_DAYS) else _("in the evening")
    return str(STRETCHES[parts]) % {"evening": evening}
