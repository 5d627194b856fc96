"""A round knows its deadlines, in the reader's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.round import (
    Round,
    is_round_week,
    monday_of,
    next_monday,
    next_round_monday,
    round_of,
    round_starts,
)
from tests import cast


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        ("2026-11-23T00:00", "2026-11-23"),
        ("2026-11-29T23:59", "2026-11-23"),
        ("2027-01-03T12:00", "2026-12-28"),  # week 53 of 2026
        ("2024-12-30T12:00", "2024-12-30"),  # week 1 of 2025
    ],
)
def test_a_week_is_named_by_its_monday(now: str, monday: str) -> None:
    assert monday_of(datetime.fromisoformat(now).replace(tzinfo=UTC)) == date.fromisoformat(monday)


def test_a_round_is_found_by_its_monday(session: Session) -> None:
    round_ = cast.run_round(session)
    assert round_of(session, cast.MONDAY) is round_
    assert round_of(session, date(2026, 11, 30)) is None


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Copenhagen", "2026-11-25T19:00"),
        ("Pacific/Auckland", "2026-11-25T07:00"),
        ("America/New_York", "2026-11-26T01:00"),
    ],
)
def test_an_answer_is_due_on_wednesday_evening_where_the_reader_is(zone: str, moment: str) -> None:
    round_ = Round(monday=cast.MONDAY)
    assert round_.answer_by(zone) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


def test_eight_in_the_morning_stays_eight_when_the_clocks_change() -> None:
    before, after = Round(monday=date(2026, 10, 19)), Round(monday=date(2026, 10, 26))
    assert before.letters_from("Europe/Copenhagen") == datetime(2026, 10, 19, 6, tzinfo=UTC)
    assert after.letters_from("Europe/Copenhagen") == datetime(2026, 10, 26, 7, tzinfo=UTC)


def test_rematching_ends_on_thursday_evening() -> None:
    assert Round(monday=cast.MONDAY).rematch_until == cast.at("thu 20:00")


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  aware so
MONDAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1)).map(lambda day: day - timedelta(days=day.weekday()))
CADENCES = st.sampled_from([1, 2, 4])
ZONES = st.sampled_from(["Pacific/Kiritimati", "Europe/Copenhagen", "America/New_York", "Pacific/Pago_Pago"])
DEADLINES = st.fixed_dictionaries(
    {
        "answer_days": st.integers(1, 3),
        "answer_hour": st.integers(6, 23),
        "rematch_days": st.integers(3, 5),
        "rematch_hour": st.integers(6, 23),
        "agree_within_hours": st.integers(1, 168),
    }
)


@given(MONDAYS, CADENCES, MOMENTS)
def test_the_next_round_is_a_multiple_of_so_many_weeks_after_the_latest_and_still_to_come(
    latest: date, cadence: int, now: datetime
) -> None:
    monday = next_round_monday(latest, cadence, now)
    assert monday > latest
    assert (monday - latest) % timedelta(weeks=cadence) == timedelta(0)
    assert now < round_starts(monday)
    before = monday - timedelta(weeks=cadence)
    assert before <= latest or now >= round_starts(before)  # and none of them is earlier


@given(MONDAYS, MOMENTS)
def test_once_a_week_the_next_round_is_on_the_next_monday_unless_that_was_run_ahead(
    latest: date, now: datetime
) -> None:
    assert next_round_monday(latest, 1, now) == max(next_monday(now), latest + timedelta(weeks=1))


@given(CADENCES, MOMENTS)
def test_while_there_has_been_no_round_the_first_is_on_the_next_monday(cadence: int, now: datetime) -> None:
    assert next_round_monday(None, cadence, now) == next_monday(now)
    assert is_round_week(monday_of(now), None, cadence)


@given(MONDAYS, MONDAYS, CADENCES)
def test_a_week_has_a_round_when_it_is_the_next_one_before_that_monday_begins(
    monday: date, latest: date, cadence: int
) -> None:
    midnight = datetime.combine(monday, time(), UTC)
    assert is_round_week(monday, latest, cadence) == (next_round_monday(latest, cadence, midnight) == monday)


@given(MONDAYS, DEADLINES, ZONES)
def test_the_deadlines_a_round_keeps_are_days_and_hours_on_the_readers_clock(
    monday: date, deadlines: dict[str, int], zone: str
) -> None:
    round_ = Round(monday=monday, deadlines=deadlines)
    local = round_.answer_by(zone).astimezone(ZoneInfo(zone))
    days, hour = deadlines["answer_days"], deadlines["answer_hour"]
    assert (local.date(), local.hour, local.minute) == (monday + timedelta(days=days), hour, 0)
    until = datetime.combine(monday + timedelta(days=deadlines["rematch_days"]), time(deadlines["rematch_hour"]), UTC)
    assert round_.rematch_until == until
    assert round_.agree_within(timedelta(0)) == timedelta(hours=deadlines["agree_within_hours"])


def test_a_round_that_kept_nothing_has_the_usual_deadlines() -> None:
    usual, decided = Round(monday=cast.MONDAY), Round(monday=cast.MONDAY, deadlines={})
    assert usual.rematch_until == decided.rematch_until
    assert usual.answer_by("UTC") == decided.answer_by("UTC") == cast.at("wed 20:00")
    assert usual.agree_within(timedelta(hours=7)) == timedelta(hours=7)
