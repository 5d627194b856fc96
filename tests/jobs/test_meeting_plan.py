"""When people meet, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from data.round import Round
from jobs.meeting_plan import NOTICE, awake_hours, when_nearby, when_to_call
from tests.cast import MONDAY, at

WEEKS = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(104)]
ZONES = ["Europe/Copenhagen", "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland", "UTC"]


def answered(monday: date, *zones: str) -> datetime:
    """When everybody in `zones` has answered, as a round has it."""
    round_ = Round(monday=monday)
    return max(round_.answer_by(zone) for zone in zones)


def local(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%a %H:%M}"


def test_ada_and_ben_meet_on_thursday_after_work() -> None:
    meets_at = when_nearby(MONDAY, "Europe/Copenhagen", answered(MONDAY, "Europe/Copenhagen"))
    assert meets_at == at("thu 16:30")
    assert local(meets_at, "Europe/Copenhagen") == "Thu 17:30"


def test_half_past_five_stays_half_past_five_when_the_clocks_change() -> None:
    """Yelp/beans PR 148: a slot kept in UTC in winter is an hour off in May."""
    winter, summer = date(2021, 1, 4), date(2021, 5, 17)
    for monday, utc in ((winter, 1), (summer, 0)):
        meets_at = when_nearby(monday, "America/Los_Angeles", answered(monday, "America/Los_Angeles"))
        assert local(meets_at, "America/Los_Angeles") == "Thu 17:30"
        assert meets_at.astimezone(UTC).hour == utc


@pytest.mark.parametrize("zone", ZONES)
def test_two_years_of_thursdays_are_at_half_past_five_and_a_full_notice_after_the_last_answer(zone: str) -> None:
    for monday in WEEKS:
        round_ = Round(monday=monday)
        meets_at = when_nearby(monday, zone, round_.answer_by(zone))
        assert local(meets_at, zone) == "Thu 17:30"
        assert meets_at >= round_.answer_by(zone) + NOTICE
        assert local(round_.answer_by(zone), zone) == "Wed 20:00"
        assert local(round_.letters_from(zone), zone) == "Mon 08:00"


def test_a_match_made_on_wednesday_night_meets_on_saturday_before_lunch() -> None:
    assert local(when_nearby(MONDAY, "Europe/Copenhagen", at("thu 21:00")), "Europe/Copenhagen") == "Sat 11:00"


@pytest.mark.parametrize("zone", [*ZONES, "Pacific/Kiritimati", "Pacific/Niue"])
def test_the_last_match_of_a_week_can_still_be_answered_and_met(zone: str) -> None:
    answer_by = at("fri 20:00")  # a day after the last moment for pairing
    meets_at = when_nearby(MONDAY, zone, answer_by)
    assert answer_by + NOTICE <= meets_at < at("mon 00:00", weeks=1)
    assert local(meets_at, zone) in {"Sat 11:00", "Sun 11:00"}


def test_eva_and_finn_talk_when_both_are_awake_and_neither_is_at_work() -> None:
    zones = "Europe/Copenhagen", "Pacific/Auckland"
    meets_at = when_to_call(MONDAY, zones, answered(MONDAY, *zones))
    assert local(meets_at, "Europe/Copenhagen") == "Thu 08:00"
    assert local(meets_at, "Pacific/Auckland") == "Thu 20:00"


def test_two_in_one_zone_talk_at_six_on_thursday() -> None:
    meets_at = when_to_call(MONDAY, ["Europe/Copenhagen"] * 2, answered(MONDAY, "Europe/Copenhagen"))
    assert local(meets_at, "Europe/Copenhagen") == "Thu 18:00"


def test_copenhagen_and_new_york_talk_at_the_weekend_rather_than_at_work() -> None:
    zones = "Europe/Copenhagen", "America/New_York"
    meets_at = when_to_call(MONDAY, zones, answered(MONDAY, *zones))
    assert local(meets_at, "Europe/Copenhagen") == "Sat 20:00"
    assert local(meets_at, "America/New_York") == "Sat 14:00"


@pytest.mark.parametrize("zone", ZONES)
def test_who_shares_an_awake_hour_is_never_called_at_night(zone: str) -> None:
    """Two years of weeks, those in which the clocks change included."""
    for monday in WEEKS[::3]:
        zones = "Europe/Copenhagen", zone
        shared = awake_hours(monday, zones[0]) & awake_hours(monday, zone)
        if shared:
            meets_at = when_to_call(monday, zones, answered(monday, *zones))
            for clock in zones:
                start = meets_at.astimezone(ZoneInfo(clock))
                assert 8 <= start.hour + start.minute / 60 <= 20.25, (monday, clock, start)


def test_the_week_in_which_the_clocks_go_back_on_sunday_is_no_special_case() -> None:
    monday = date(2026, 10, 19)  # in Europe the clocks go back on 25 October, in America a week later
    zones = "Europe/Copenhagen", "America/New_York"
    meets_at = when_to_call(monday, zones, datetime(2026, 10, 24, 9, tzinfo=UTC))
    assert (local(meets_at, zones[0]), local(meets_at, zones[1])) == ("Sun 20:00", "Sun 15:00")


def test_nobody_awake_together_still_gets_the_least_bad_hour() -> None:
    zones = "Europe/Copenhagen", "Pacific/Auckland", "America/Los_Angeles"
    meets_at = when_to_call(MONDAY, zones, answered(MONDAY, *zones))
    assert at("thu 00:00") <= meets_at < at("mon 00:00", weeks=1)


def test_awake_is_eight_to_nine_in_the_evening_on_ones_own_clock() -> None:
    assert awake_hours(MONDAY, "UTC") == sum(1 << hour for hour in range(8, 21))
    assert awake_hours(MONDAY, "Europe/Copenhagen") == sum(1 << hour for hour in range(7, 20))
    assert awake_hours(date(2026, 7, 6), "Europe/Copenhagen") == sum(1 << hour for hour in range(6, 19))
    assert awake_hours(MONDAY, "Pacific/Auckland") == sum(1 << hour % 24 for hour in range(19, 32))


def test_in_a_zone_of_half_hours_only_whole_hours_count() -> None:
    kolkata = awake_hours(MONDAY, "Asia/Kolkata")  # 8:00 there is 2:30 UTC, 21:00 is 15:30
    assert kolkata == sum(1 << hour for hour in range(3, 15))
