"""A member's record: whom they have met, what they learned, and how many weeks in a row, gently counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal, NamedTuple

from data.feedback import Feedback
from data.match import Seat
from data.member import Member
from data.silence import was_silent_week
from web.meeting import state_of

WeekState = Literal["met", "ahead", "free", "silent"]
A_WEEK = timedelta(weeks=1)
MOST_WEEKS = 53  # a calendar shows a year


class Week(NamedTuple):
    """One week of the calendar."""

    monday: date
    state: WeekState
    met: list[Member]


class Record(NamedTuple):
    """One new stranger a week, and something learned from each: how many it has been so far."""

    strangers: int
    lessons: int
    in_a_row: int
    weeks: list[Week]
    countries: Counter[str]  # in which the strangers live, by the country's code


def record_of(seats: Sequence[Seat], said: Mapping[int, Feedback], now: datetime) -> Record:
    """Return the record of the member whose seats these are; `said` is what they told, by the number of the seat."""
    held = [seat for seat in seats if _was_held(seat, said)]
    strangers = {other.member_id: other.member for seat in held for other in _others(seat)}
    weeks = _weeks(seats, said, now)
    return Record(
        strangers=len(strangers),
        lessons=sum(bool(said[seat.id].learned) for seat in held),
        in_a_row=_in_a_row(weeks),
        weeks=weeks[-MOST_WEEKS:],
        countries=Counter(one.place.country_code for one in strangers.values() if one.place),
    )


def _weeks(seats: Sequence[Seat], said: Mapping[int, Feedback], now: datetime) -> list[Week]:
    """Return every week from the first in which somebody was introduced to them, the earliest first."""
    in_order = sorted(seats, key=_monday_of)
    by_monday = {monday: list(those) for monday, those in groupby(in_order, key=_monday_of)}
    if not by_monday:
        return []
    first, last = min(by_monday), max(by_monday)
    return [
        _week(first + number * A_WEEK, by_monday.get(first + number * A_WEEK, []), said, now)
        for number in range((last - first) // A_WEEK + 1)
    ]


def _week(monday: date, seats: list[Seat], said: Mapping[int, Feedback], now: datetime) -> Week:
    held = [seat for seat in seats if _was_held(seat, said)]
    if held:
        return Week(monday, "met", [other.member for seat in held for other in _others(seat)])
    open_ = any(state_of(seat, now) not in {"off", "declined"} and seat.id not in said for seat in seats)
    return Week(monday, "ahead" if open_ else "silent" if was_silent_week(seats) else "free", [])


def _in_a_row(weeks: Sequence[Week]) -> int:
    """Count the weeks with a meeting since the last one in which a letter was left without an answer.

    Holidays, a no, nobody found, and a meeting the other had to call off break nothing: a row is no duty.
    """
    count = 0
    for week in reversed(weeks):
        if week.state == "silent":
            break
        count += week.state == "met"
    return count


def _was_held(seat: Seat, said: Mapping[int, Feedback]) -> bool:
    return seat.id in said and said[seat.id].met == "yes"


def _others(seat: Seat) -> list[Seat]:
    """The seats of those they met: who had fallen out before was not there."""
    return [other for other in seat.match.live_seats if other is not seat]


def _monday_of(seat: Seat) -> date:
    return seat.match.round.monday
