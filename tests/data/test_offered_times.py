"""Which times are offered: never one that does not suit, spread over days, the kindest hour of each."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from data.free_hours import ALL_HOURS, PARTS, USUAL_HOURS, Window, awake_in, bit_of, free_in
from data.offered_times import APART, MOST_TIMES, times_to_offer
from tests.data.zones import MONDAYS, ZONES

TWO_WEEKS = 14 * 24
EVERY_HOUR = (1 << TWO_WEEKS) - 1
TICKS = st.integers(0, ALL_HOURS) | st.just(USUAL_HOURS)


def window_of(week: int) -> Window:
    monday = MONDAYS[week]
    return Window(datetime(monday.year, monday.month, monday.day, 6, tzinfo=UTC), TWO_WEEKS)


@given(
    week=st.integers(0, len(MONDAYS) - 1),
    people=st.lists(st.tuples(TICKS, st.sampled_from(ZONES)), min_size=2, max_size=3),
)
def test_every_offer_is_good_and_the_best_there_are(week: int, people: list[tuple[int, str]]) -> None:
    window, zones = window_of(week), [zone for _, zone in people]
    free = [free_in(ticks, zone, window) for ticks, zone in people]
    awake = [awake_in(zone, window) for zone in zones]
    times = times_to_offer(window, free, awake, zones)
    suits_all = [moment for moment in window.moments(EVERY_HOUR) if all(_has(window, bits, moment) for bits in free)]
    assert bool(times) == bool(suits_all)
    assert times == sorted(set(times))
    assert len(times) <= MOST_TIMES
    for moment in times:
        assert any(_has(window, bits, moment) for bits in free)
        assert all(_has(window, bits, moment) for bits in awake)
    _is_spread([moment for moment in times if moment in suits_all], suits_all, times, zones[0])


def _is_spread(good: list[datetime], suits_all: list[datetime], times: list[datetime], zone: str) -> None:
    """No day has two while another that suits all has none, and what suits one only fills what is left."""
    clock = ZoneInfo(zone)
    days = Counter(moment.astimezone(clock).date() for moment in good)
    suiting = {moment.astimezone(clock).date() for moment in suits_all}
    assert set(days) == suiting or set(days.values()) <= {1}
    if len(good) < len(times):
        assert set(days) == suiting
    for one, other in pairwise(times):
        assert one.astimezone(clock).date() != other.astimezone(clock).date() or other - one >= APART


def test_the_best_hour_is_six_in_the_evening_for_whoever_is_worst_off() -> None:
    window = window_of(47)
    zones = ["Europe/Berlin", "America/New_York"]
    everything = [free_in(ALL_HOURS, zone, window) for zone in zones]
    times = times_to_offer(window, everything, [awake_in(zone, window) for zone in zones], zones)
    assert [moment.astimezone(ZoneInfo("Europe/Berlin")).hour for moment in times] == [20] * 6


def test_a_single_common_day_gives_hours_well_apart_and_what_suits_one_fills_the_rest() -> None:
    window, berlin = window_of(47)._replace(hours=7 * 24), "Europe/Berlin"
    sunday = sum(bit_of(6, part) for part in PARTS)
    free = [free_in(ticks, berlin, window) for ticks in (sunday, sunday | bit_of(2, "evening"))]
    times = times_to_offer(window, free, [awake_in(berlin, window)] * 2, [berlin] * 2)
    local = [moment.astimezone(ZoneInfo(berlin)) for moment in times]
    assert [(moment.weekday(), moment.hour) for moment in local] == [(2, 18), (6, 9), (6, 12), (6, 15), (6, 18)]


def test_a_day_gets_a_third_time_only_when_the_others_have_two() -> None:
    window, berlin = window_of(47)._replace(hours=7 * 24), "Europe/Berlin"
    weekend = sum(bit_of(day, part) for day in (5, 6) for part in PARTS)
    free = [free_in(weekend, berlin, window)] * 2
    local = [
        moment.astimezone(ZoneInfo(berlin))
        for moment in times_to_offer(window, free, [awake_in(berlin, window)] * 2, [berlin] * 2)
    ]
    assert Counter(moment.weekday() for moment in local) == {5: 3, 6: 3}


def test_new_year_comes_after_new_years_eve() -> None:
    window = Window(datetime(2026, 12, 31, 6, tzinfo=UTC), 40)
    everything, berlin = (1 << 40) - 1, "Europe/Berlin"
    awake = awake_in(berlin, window)
    days = [moment.day for moment in times_to_offer(window, [everything], [awake], [berlin], limit=1)]
    assert days == [31]


def test_nobody_is_offered_a_time_that_suits_only_one() -> None:
    window = window_of(3)
    one, other = 0b1, 0b10
    assert times_to_offer(window, [one, other], [0b11, 0b11], ["UTC", "UTC"]) == []


def _has(window: Window, bits: int, moment: datetime) -> bool:
    return bool(bits >> int((moment - window.start) / timedelta(hours=1)) & 1)
