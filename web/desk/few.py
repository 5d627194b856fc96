"""Numbers as they may be shown: a figure of fewer than ten people is not told, or it would be about somebody."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from data.few import FEWEST
from data.wilson import share_of
from web.language import gettext as _
from web.language import spoken
from web.wording import date_of, number, percent

DRAWN_FOR_FEW = 5  # whatever it is from 0 to 9


def counted(people: int) -> str:
    """Return a number of people or of meetings in words: "1,024", or "under 10"."""
    if people < FEWEST:
        return _("under 10")
    return _number(people, spoken().code) if people >= 1000 else str(people)  # alike in every language of ours


def drawn(people: int) -> int:
    """Return the number by which a figure is drawn: the same for all under ten."""
    return DRAWN_FOR_FEW if people < FEWEST else people


def shared(part: int, whole: int) -> str:
    """Return a share with how far it can be trusted: "82% (79% to 85%)"; of fewer than ten nothing."""
    if whole < FEWEST:
        return _("too few to tell")
    code = spoken().code
    of, low, high = (_percent(round(each * 100), code) for each in share_of(part, whole))
    return _("%(share)s (%(low)s to %(high)s)", share=of, low=low, high=high)


def in_percent(share: float) -> str:
    """Return a share in whole per cent."""
    return _percent(round(share * 100), spoken().code)


def week_of(monday: date) -> str:
    """Return a Monday as one says it: "23 November"."""
    return _date(monday, spoken().code)


# A page says hundreds of numbers and dates, and the formatter takes its time for each.
@lru_cache(maxsize=4096)
def _number(count: int, _language: str) -> str:
    return number(count)


@lru_cache(maxsize=512)
def _percent(hundredths: int, _language: str) -> str:
    return percent(hundredths / 100)


@lru_cache(maxsize=512)
def _date(day: date, _language: str) -> str:
    return date_of(day)
