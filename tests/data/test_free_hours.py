"""Free hours: what is ticked on a local clock, against every minute of two years in zones whose clocks change oddly."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import numpy as np
import pytest

from data.free_hours import (
    ALL_HOURS,
    EVENINGS_AND_WEEKENDS,
    USUAL_HOURS,
    Window,
    _parts_taken_up,
    awake_in,
    bit_of,
    free_in,
    on_days,
    window_between,
)
from tests.data import zones

A_WEEK = timedelta(days=7) - timedelta(hours=1)
LATER = 7 * 24


def weeks(monday: date) -> Window:
    """Return the window of a week: a week from its Monday on."""
    start = datetime.combine(monday, time(), UTC)
    return window_between(start, start + A_WEEK)


def some_weeks_of_ticks() -> list[int]:
    """What people tick: the usual, every single part, and a few at random."""
    chance = Random(7)
    singles = [bit_of(day, part) for day in range(7) for part in ("morning", "lunch", "afternoon", "evening")]
    return [USUAL_HOURS, ALL_HOURS, EVENINGS_AND_WEEKENDS, *chance.sample(singles, 3), chance.getrandbits(28)]


@pytest.mark.parametrize("zone", zones.ZONES)
def test_every_hour_of_two_years_is_free_just_when_its_45_minutes_are_ticked(zone: str) -> None:
    for ticks in some_weeks_of_ticks():
        truth = zones.whole_meetings(zones.ticked_minutes(zone, ticks))
        for monday in zones.MONDAYS:
            window = weeks(monday)
            bits = free_in(ticks, zone, window)
            first = zones.hour_of(window.start)
            assert [bool(bits >> hour & 1) for hour in range(window.hours)] == truth[first : first + LATER].tolist()


@pytest.mark.parametrize("zone", zones.ZONES)
def test_nobody_is_asked_to_meet_before_8_or_after_21_by_their_own_clock(zone: str) -> None:
    minute = zones.local_minutes(zone) % 1440
    truth = zones.whole_meetings((minute >= 480) & (minute < 1260))
    for monday in zones.MONDAYS:
        window = weeks(monday)
        bits, first = awake_in(zone, window), zones.hour_of(window.start)
        assert [bool(bits >> hour & 1) for hour in range(window.hours)] == truth[first : first + LATER].tolist()


@pytest.mark.parametrize("zone", zones.ZONES)
def test_a_day_is_one_by_the_local_calendar(zone: str) -> None:
    local_day = zones.local_minutes(zone)[::60] // 1440
    for week, monday in enumerate(zones.MONDAYS):
        window = weeks(monday)
        days = frozenset(monday + timedelta(days=day) for day in (2, 3, 6))
        numbers = [week * 7 + day for day in (2, 3, 6)]
        truth = np.isin(local_day, numbers)
        bits, first = on_days(days, zone, window), zones.hour_of(window.start)
        assert [bool(bits >> hour & 1) for hour in range(window.hours)] == truth[first : first + LATER].tolist()


def test_a_window_holds_full_hours_only() -> None:
    start = datetime(2026, 11, 23, 6, 1, tzinfo=UTC)
    window = window_between(start, start + timedelta(hours=2))
    assert (window.start, window.hours) == (datetime(2026, 11, 23, 7, tzinfo=UTC), 2)
    assert list(window.moments(0b10)) == [datetime(2026, 11, 23, 8, tzinfo=UTC)]
    assert window_between(start, start - timedelta(hours=9)).hours == 0


def test_afternoon_and_after_work_touch_and_morning_and_lunch_do_not() -> None:
    """A meeting may begin at 16:45 and end at 17:30; one from 10:45 to 11:30 is in nobody's coffee hours."""
    monday = weeks(date(2026, 11, 23))
    kathmandu = "Asia/Kathmandu"  # 5:45 ahead: its meetings begin at a quarter to
    both = bit_of(0, "afternoon") | bit_of(0, "evening")
    assert free_in(both, kathmandu, monday) >> 11 & 1
    assert not free_in(bit_of(0, "afternoon"), kathmandu, monday) >> 11 & 1
    assert not free_in(bit_of(0, "morning") | bit_of(0, "lunch"), kathmandu, monday) >> 5 & 1


def test_a_meeting_across_the_half_hour_between_coffee_and_lunch_lies_in_neither() -> None:
    start = datetime(2026, 11, 23, 10, 50, tzinfo=UTC)  # by the clocks of a zone that is ten minutes off; none is now
    assert _parts_taken_up(start, start + timedelta(minutes=45)) == 0


def test_what_suits_most_is_lunch_and_evenings_on_working_days_and_weekends_by_daylight() -> None:
    assert USUAL_HOURS == 125479594  # the migration gives it to those who joined before
    assert EVENINGS_AND_WEEKENDS.bit_count() == 5 + 8
