"""Trips: whoever is away for most of a week meets somebody there, and nobody is offered a day on which they are elsewhere."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from data.cells import snap
from data.member import Member
from data.places import Place
from data.trip import OldHome, Stay, Trip, stay_of, trips_in, trips_of
from tests.cast import ADA, BEN, MONDAY, PLACES, join, place

LAST_DAY = MONDAY + timedelta(days=13)
COPENHAGEN, AUCKLAND, AARHUS = (Place(name=name, **PLACES[name]) for name in ("Copenhagen", "Auckland", "Aarhus"))
DAYS = st.integers(-8, 21).map(lambda day: MONDAY + timedelta(days=day))


def ada() -> Member:
    """Ada, at home in Copenhagen, in no database."""
    member = Member(id=1, first_name="Ada")
    member.settle_in(COPENHAGEN)
    return member


def away(there: Place, first: date, last: date) -> Trip:
    return Trip.to(ada(), there, first, last)


def day(number: int) -> date:
    """Return a day of the round: 0 is its Monday."""
    return MONDAY + timedelta(days=number)


def stay(*trips: Trip) -> Stay:
    return stay_of(ada(), trips, MONDAY, LAST_DAY)


@given(days=st.lists(DAYS, min_size=2, max_size=2).map(sorted), there=st.sampled_from([AUCKLAND, AARHUS]))
def test_a_trip_counts_when_three_of_the_five_days_from_wednesday_on_fall_in_it(days: list[date], there: Place) -> None:
    first, last = days
    found = stay(away(there, first, last))
    meeting_days = sum(first <= day(number) <= last for number in (2, 3, 4, 5, 6))
    assert found.on_a_trip == (meeting_days >= 3)
    assert found.place is (there if found.on_a_trip else COPENHAGEN)
    for number in range(14):
        if found.on_a_trip:  # there only as long as it lasts
            assert (day(number) in found.elsewhere) == (not first <= day(number) <= last)
        elif first <= day(number) <= last:
            assert day(number) in found.elsewhere


@given(days=st.lists(DAYS, min_size=2, max_size=2).map(sorted))
def test_at_home_no_moment_of_a_trip_is_a_day_of_hers_across_the_date_line_either(days: list[date]) -> None:
    first, last = days
    found = stay(away(AUCKLAND, first, last))
    midnight = datetime.combine(MONDAY, time(), ZoneInfo("Europe/Copenhagen"))
    for hour in range(0 if found.on_a_trip else 14 * 24):
        moment = midnight + timedelta(hours=hour)
        if first <= moment.astimezone(ZoneInfo("Pacific/Auckland")).date() <= last:
            assert moment.date() in found.elsewhere


def test_of_two_trips_in_a_week_the_one_that_takes_most_of_it_counts() -> None:
    short, long = away(AARHUS, day(0), day(3)), away(AUCKLAND, day(4), day(8))
    assert stay(short, long).place is AUCKLAND
    assert stay(long, short).place is AUCKLAND
    assert day(3) in stay(short, long).elsewhere
    assert day(9) in stay(short, long).elsewhere


def test_two_short_trips_leave_her_at_home_on_the_days_between() -> None:
    found = stay(away(AARHUS, day(2), day(3)), away(AARHUS, day(5), day(6)))
    assert found.place is COPENHAGEN
    assert found.elsewhere == {day(2), day(3), day(5), day(6)}


def test_whoever_has_moved_lives_for_this_round_where_they_did() -> None:
    found = stay_of(ada(), [], MONDAY, LAST_DAY, left=OldHome(AUCKLAND, *snap(AUCKLAND.latitude, AUCKLAND.longitude)))
    assert (found.place, found.zone) == (AUCKLAND, "Pacific/Auckland")
    assert (found.latitude, found.longitude) == snap(AUCKLAND.latitude, AUCKLAND.longitude)


def test_only_the_cell_of_a_place_is_kept_for_a_trip() -> None:
    trip = away(AUCKLAND, day(0), day(6))
    assert (trip.latitude, trip.longitude) == snap(AUCKLAND.latitude, AUCKLAND.longitude)
    assert (trip.latitude, trip.longitude) != (AUCKLAND.latitude, AUCKLAND.longitude)


@pytest.mark.parametrize(("first", "last"), [(2, 4), (4, 6), (5, 12), (0, 20)])
def test_somebody_is_met_on_a_trip_that_takes_up_most_of_a_week(first: int, last: int) -> None:
    assert away(AARHUS, day(first), day(last)).meets_people


@pytest.mark.parametrize(("first", "last"), [(0, 3), (3, 4), (5, 7), (6, 9), (2, 2)])
def test_nobody_is_met_on_a_shorter_one(first: int, last: int) -> None:
    assert not away(AARHUS, day(first), day(last)).meets_people


def test_trips_are_found_while_they_last_and_a_day_around_for_other_calendars(session: Session) -> None:
    member, ben = join(session, ADA), join(session, BEN)
    auckland = place(session, "Auckland")
    spans = [(-9, -2), (-3, -1), (3, 5), (14, 15), (15, 20)]
    trips = [Trip.to(member, auckland, day(first), day(last)) for first, last in spans]
    session.add_all([*trips, Trip.to(ben, auckland, day(1), day(2))])
    session.flush()
    assert trips_in(session, MONDAY, LAST_DAY)[member.id] == trips[1:4]
    assert trips_of(session, member.id, day(4)) == trips[2:]
