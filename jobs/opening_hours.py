"""Reads the opening hours of a venue as OpenStreetMap writes them: "Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00; PH off"."""

from __future__ import annotations

import re
from datetime import datetime

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)"
_DAY_LIST = rf"{_DAY}(?:\s*-\s*{_DAY})?(?:\s*,\s*{_DAY}(?:\s*-\s*{_DAY})?)*"
_SPAN = r"\d\d:\d\d\s*-\s*\d\d:\d\d\+?"
RULE = re.compile(rf"(?P<days>{_DAY_LIST})?\s*(?P<hours>off|closed|{_SPAN}(?:\s*,\s*{_SPAN})*)")
MINUTES_A_DAY = 24 * 60


def is_open(hours: str, start: datetime, end: datetime) -> bool | None:
    """Whether a venue is open from `start` to `end`, both on its own clock; None when its hours cannot be read.

    Later rules win over earlier ones, as the format says; public holidays are unknown here and left aside.
    """
    if hours.strip() == "24/7":
        return True
    if RULE.sub("", hours).strip(" ;,") or not hours.strip():
        return None
    spans: list[tuple[int, int]] = []
    for rule in RULE.finditer(hours):
        if start.weekday() in _days(rule["days"]):
            spans = _spans(rule["hours"])
    opens, closes = _minutes(start), _minutes(start) + int((end - start).total_seconds() // 60)
    return any(first <= opens and closes <= last for first, last in spans)


def _days(words: str | None) -> set[int]:
    """The weekdays that a list such as "Mo-We,Sa" names; every day when there is none."""
    if words is None:
        return set(range(7))
    days: set[int] = set()
    for part in words.replace(" ", "").split(","):
        first, _, last = part.partition("-")
        if first in DAYS and (last or first) in DAYS:
            start, length = DAYS.index(first), (DAYS.index(last or first) - DAYS.index(first)) % 7
            days |= {(start + step) % 7 for step in range(length + 1)}
    return days


def _spans(words: str) -> list[tuple[int, int]]:
    """Opening and closing in minutes after midnight; a closing after midnight lies beyond the day's end."""
    spans = []
    for span in re.findall(r"(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)", words):
        first, last = int(span[0]) * 60 + int(span[1]), int(span[2]) * 60 + int(span[3])
        spans.append((first, last if last > first else last + MINUTES_A_DAY))
    return spans


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute
