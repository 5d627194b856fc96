"""A round knows its deadlines, in the reader's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from data.round import Round, monday_of, round_of
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
