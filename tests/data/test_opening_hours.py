"""Opening hours as people write them on the map."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time

import pytest

from data.opening_hours import is_open
from data.reference_files import read_rows

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def moment(day: int, clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return MONDAY + timedelta(days=day, hours=int(hours), minutes=int(minutes))


@pytest.mark.parametrize(
    ("hours", "day", "start", "end", "answer"),
    [
        ("Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00", 3, "17:00", "17:45", True),
        ("Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00", 3, "17:30", "18:15", False),
        ("Mo-Fr 07:00-18:00; Sa,Su 09:00-18:00", 5, "08:30", "09:15", False),
        ("10:00-24:00", 6, "23:00", "23:45", True),
        ("Mo-We 10:00-24:00, Th 10:00-01:00, Fr 10:00-02:00", 3, "23:30", "24:30", True),
        ("Mo-We 10:00-24:00, Th 10:00-01:00, Fr 10:00-02:00", 5, "12:00", "12:45", False),
        ("17:00-21:00; Mo-Tu off", 1, "18:00", "18:45", False),
        ("10:00-20:00; Su 10:00-16:00; Mo off", 6, "17:00", "17:45", False),
        ("Su-Th 10:00-23:00; Fr-Sa 10:00-24:00", 6, "22:00", "22:45", True),
        ("Mo-Fr 11:00-14:00,17:00-22:00", 2, "13:30", "14:15", False),
        ("Mo-Fr 11:00-14:00,17:00-22:00", 2, "17:30", "18:15", True),
        ("Mo,Tu 11:00-16:00; We-Sa 11:00-21:00+", 3, "17:30", "18:15", True),
        ("Mo-Fr 06:00-18:00; PH off", 3, "17:00", "17:45", True),
        ("24/7", 3, "03:00", "03:45", True),
        ('Mo-Su 10:00-20:00 "by appointment"', 3, "17:30", "18:15", None),
        ('Mo-Su 10:00-17:00 "by appointment"', 3, "17:30", "18:15", False),
        ("Mo-Su 10:00-20:00 unknown", 3, "17:30", "18:15", None),
        (
            "9:00-15:00; Mo-Su off",
            3,
            "10:00",
            "10:45",
            False,
        ),  # the library looks for its next opening up to the year 9999
        ("open most days", 3, "17:30", "18:15", None),
        ('"at events"', 3, "17:30", "18:15", None),
        ("Mo-Fr 08:00-sunset", 3, "17:30", "18:15", None),
        ("", 3, "17:30", "18:15", None),
    ],
)
def test_a_venue_is_open_shut_or_nobody_can_say(
    hours: str,
    day: int,
    start: str,
    end: str,
    answer: bool | None,  # noqa: FBT001  a column of the table above
) -> None:
    assert is_open(hours, moment(day, start), moment(day, end), "UTC") is answer


def test_a_city_of_venues_is_asked_about_in_no_time() -> None:
    hours = [row["opening_hours"] for row in read_rows("venues_copenhagen.tsv.xz")]
    began = process_time()
    answers = [is_open(one, moment(day, "17:30"), moment(day, "18:15"), "UTC") for one in hours for day in range(6)]
    assert process_time() - began < 2  # 0.4 s as measured; with the library's own `next_change` it takes ten
    assert {*answers} == {True, False, None}
