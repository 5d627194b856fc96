"""Nobody is written to by the clock in the night: what would fall in it comes in the morning, or the evening before."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from data.waking_hours import asked_at, is_night, next_at, reminded_at, told_in_the_evening

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]
ZONES += ["Pacific/Auckland", "Pacific/Kiritimati", "America/Los_Angeles", "UTC"]
DAY, TWO_HOURS, LEAST = timedelta(hours=24), timedelta(hours=2), timedelta(minutes=45)
moments = some.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=some.just(UTC))  # noqa: DTZ001  Hypothesis adds the zone
zones = some.sampled_from(ZONES)


def local(clock: str, day: int = 26, zone: str = "Europe/Copenhagen") -> datetime:
    return datetime.combine(datetime(2026, 11, day, tzinfo=UTC), time.fromisoformat(clock), ZoneInfo(zone))


@pytest.mark.parametrize(
    ("meets", "reminded", "day"),
    [
        ("18:00", "16:00", 26),
        ("09:00", "07:00", 26),  # just not in the night any more
        ("08:59", "07:00", 26),
        ("08:10", "07:00", 26),  # 6:10 is night, and at seven there is time enough
        ("07:45", "07:00", 26),
        ("07:44", "21:00", 25),  # at seven it would be too late to be told
        ("00:30", "21:00", 25),
        ("23:59", "21:59", 26),
    ],
)
def test_two_hours_before_a_meeting_or_at_seven_or_the_evening_before(meets: str, reminded: str, day: int) -> None:
    at = reminded_at(local(meets), TWO_HOURS, LEAST, "Europe/Copenhagen")
    assert at == local(reminded, day)


@pytest.mark.parametrize(
    ("meets", "reminded", "day"),
    [("18:00", "18:00", 25), ("07:00", "07:00", 25), ("06:59", "21:00", 24), ("22:00", "21:00", 25)],
)
def test_a_day_before_a_meeting_or_the_evening_before_that_night(meets: str, reminded: str, day: int) -> None:
    assert reminded_at(local(meets), DAY, DAY, "Europe/Copenhagen") == local(reminded, day)


@pytest.mark.parametrize(
    ("due", "asked", "day"),
    [("21:59", "21:59", 26), ("22:00", "08:00", 27), ("03:00", "08:00", 26), ("07:00", "07:00", 26)],
)
def test_a_question_waits_until_eight(due: str, asked: str, day: int) -> None:
    assert asked_at(local(due), "Europe/Copenhagen") == local(asked, day)


@pytest.mark.parametrize(
    ("now", "told", "day"),
    [("12:00", "19:00", 26), ("19:00", "19:00", 26), ("21:30", "21:30", 26), ("22:00", "19:00", 27), ("01:00", "19:00", 26)],
)  # fmt: skip
def test_good_news_come_in_the_evening(now: str, told: str, day: int) -> None:
    assert told_in_the_evening(local(now), "Europe/Copenhagen") == local(told, day)


@given(moments, zones)
def test_nothing_is_ever_put_into_the_night_whatever_the_clocks_do(moment: datetime, zone: str) -> None:
    for before, least in ((DAY, DAY), (TWO_HOURS, LEAST)):
        at = reminded_at(moment, before, least, zone)
        assert not is_night(at, zone)
        assert LEAST <= moment - at <= before + timedelta(hours=11)
        assert at == moment - before or is_night(moment - before, zone)
    for at in (asked_at(moment, zone), told_in_the_evening(moment, zone)):
        assert not is_night(at, zone)
        assert timedelta(0) <= at - moment <= timedelta(hours=25)


@given(moments, zones)
def test_the_next_seven_o_clock_is_at_most_a_day_away_and_shows_seven(moment: datetime, zone: str) -> None:
    found = next_at(time(7), moment, zone)
    assert timedelta(0) <= found - moment <= timedelta(hours=25)
    assert found.astimezone(ZoneInfo(zone)).time() == time(7)
