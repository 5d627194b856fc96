"""Numbers as they may be shown: a figure of fewer than ten people is not told, or it would be about somebody."""

from __future__ import annotations

from functools import lru_cache

from data.wilson import share_of
from web.language import gettext as _
from web.language import spoken
from web.wording import number, percent

FEWEST = 10
DRAWN_FOR_FEW = 5  # whatever it is from 0 to 9


def counted(people: int) -> str:
    """Return a number of people or of meetings in words: "1,024", or "under 10"."""
    return _("under 10") if people < FEWEST else _number(people, spoken().code)


def drawn(people: int) -> int:
    """Return the number by which a figure is drawn: the same for all under ten."""
    return DRAWN_FOR_FEW if people < FEWEST else people


def shared(part: int, whole: int) -> str:
    """Return a share with how far it can be trusted: "82% (79% to 85%)"; of fewer than ten nothing."""
    if whole < FEWEST:
        return _("too few to tell")
    share = share_of(part, whole)
    of, low, high = (in_percent(each) for each in share)
    return _("%(share)s (%(low)s to %(high)s)", share=of, low=low, high=high)


def in_percent(share: float) -> str:
    """Return a share in whole per cent."""
    return _percent(round(share * 100), spoken().code)


# A page says hundreds of numbers, and the formatter takes its time for each.
@lru_cache(maxsize=4096)
def _number(count: int, _language: str) -> str:
    return str(count) if count < 1000 else number(count)


@lru_cache(maxsize=512)
def _percent(hundredths: int, _language: str) -> str:
    return percent(hundredths / 100)
