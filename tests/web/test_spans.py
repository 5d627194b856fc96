"""How hours of a week and days of a trip are said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.free_hours import ALL_HOURS, EVENINGS_AND_WEEKENDS, PARTS, USUAL_HOURS, bit_of
from web.spans import STRETCHES, days_in_words, days_of_week, hours_in_words


@pytest.mark.parametrize(
    ("free_hours", "words"),
    [
        (USUAL_HOURS, "Weekdays at lunch and after work; Saturday and Sunday until 17:00"),
        (EVENINGS_AND_WEEKENDS, "Weekdays after work; Saturday and Sunday all day"),
        (ALL_HOURS, "Every day all day"),
        (
            bit_of(0, "morning") | bit_of(2, "morning") | bit_of(4, "morning"),
            "Monday, Wednesday and Friday for morning coffee",
        ),
        (bit_of(5, "evening"), "Saturday in the evening"),
        (sum(bit_of(day, "lunch") for day in range(1, 6)), "Tuesday to Saturday at lunch"),
        (sum(bit_of(day, "evening") for day in range(7)), "Every day in the evening"),
        (bit_of(1, "afternoon") | bit_of(1, "evening") | bit_of(3, "lunch"), "Tuesday from 14:00; Thursday at lunch"),
        (0, "Never"),
    ],
)
def test_a_week_is_said_in_one_line(free_hours: int, words: str) -> None:
    assert hours_in_words(free_hours) == words


@given(st.integers(0, ALL_HOURS), st.integers(0, ALL_HOURS))
def test_two_different_weeks_are_never_said_alike(one: int, other: int) -> None:
    assert (hours_in_words(one) == hours_in_words(other)) == (one == other)


def test_there_are_words_for_every_choice_of_parts() -> None:
    assert set(STRETCHES) == set(range(1, 1 << len(PARTS)))
    assert len(set(STRETCHES.values())) == len(STRETCHES)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([0, 1], "Monday and Tuesday"),
        ([0, 1, 2], "Monday to Wednesday"),
        ([0, 1, 2, 5, 6], "Monday to Wednesday, Saturday and Sunday"),
        ([0, 1, 2, 3, 4], "Weekdays"),
        ([6], "Sunday"),
    ],
)
def test_days_of_a_week_are_said_as_one_says_them(days: list[int], words: str) -> None:
    assert days_of_week(days) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2027, 5, 3), date(2027, 5, 9), "3\u20139 May 2027"),
        (date(2027, 5, 28), date(2027, 6, 2), "28 May\u2009\u2013\u20092 Jun 2027"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 Dec 2026\u2009\u2013\u20093 Jan 2027"),
        (date(2027, 5, 3), date(2027, 5, 3), "3 May 2027"),
    ],
)
def test_the_days_of_a_trip_are_said_as_one_says_them(first: date, last: date, words: str) -> None:
    assert days_in_words(first, last) == words
