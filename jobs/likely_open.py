"""How likely venues are open at the times a pair is offered, each hour of each opening asked about once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.match import LENGTH
from data.opening_hours import SPARE, is_open_by_the_clock

FOR_THE_EVENING = ("bar", "pub")  # whatever their hours: before, strangers would sit alone among the chairs
EVENING = 17  # o'clock
OPEN, UNSURE, SHUT = 1.0, 0.5, 0.0
NOT_ASKED = -1.0


class LikelyOpen:
    """The opening hours of a list of venues; many share theirs."""

    def __init__(self, hours_and_kinds: Sequence[tuple[str, str]]) -> None:
        keys = [(hours, kind in FOR_THE_EVENING) for hours, kind in hours_and_kinds]
        self._keys = sorted(set(keys))
        number = {key: n for n, key in enumerate(self._keys)}
        self._key_of = np.array([number[key] for key in keys], np.intp)
        self._asked: dict[tuple[datetime, str], NDArray[np.float64]] = {}

    def share(self, rows: NDArray[np.intp], times: Sequence[datetime], zone: str) -> NDArray[np.float64]:
        """Return, for the venues in `rows`, at what share of `times` they are open; hours nobody knows count half."""
        if not times:
            return np.full(len(rows), UNSURE)
        return np.asarray(np.mean([self._at(rows, time, zone) for time in times], axis=0))

    def _at(self, rows: NDArray[np.intp], time: datetime, zone: str) -> NDArray[np.float64]:
        answers = self._asked.setdefault((time, zone), np.full(len(self._keys), NOT_ASKED))
        keys = self._key_of[rows]
        clock = ZoneInfo(zone)
        start, end = (moment.astimezone(clock).replace(tzinfo=None) for moment in (time, time + LENGTH + SPARE))
        for key in np.unique(keys[answers[keys] == NOT_ASKED]):
            hours, in_the_evening = self._keys[key]
            answers[key] = _likely(hours, in_the_evening, start, end)
        return answers[keys]


def _likely(hours: str, in_the_evening: bool, start: datetime, end: datetime) -> float:  # noqa: FBT001  a fact, handed on
    if in_the_evening and start.hour < EVENING:
        return SHUT
    answer = is_open_by_the_clock(hours, start, end)
    return UNSURE if answer is None else OPEN if answer else SHUT
