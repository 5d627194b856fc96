"""Availability: where and when each can meet somebody in a round, from the day after tomorrow by their own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from data.availability import Available, availability, span_at_short_notice, span_of, span_to_move
from data.busy_day import keep_free
from data.free_hours import ALL_HOURS, USUAL_HOURS
from data.member import Member
from data.move import add_trip, move_home
from data.places import Place
from data.round import Round
from data.trip import Trip
from tests.cast import ADA, MONDAY, at, join, place, run_round
from tests.data import zones
from tests.web.conftest import one_database

HONOLULU = "Pacific/Honolulu"


def local_days(session: Session, member: Member, round_: Round, now: datetime) -> set[date]:
    """Return the days, by their own calendar, on which a member could be offered something."""
    [found] = availability(session, [member], round_, span_of(round_, now), now)
    return days_of(found, round_, now)


def days_of(found: Available, round_: Round, now: datetime) -> set[date]:
    clock = ZoneInfo(found.stay.zone)
    return {moment.astimezone(clock).date() for moment in span_of(round_, now).window.moments(found.awake)}


def living_in(session: Session, zone: str) -> Member:
    """Return Ada, always free, in a town of that zone."""
    town = Place(
        id=1, name="Somewhere", region="", country_code="XX", country="", latitude=10.0, longitude=10.0, population=9,
        time_zone=zone,
    )  # fmt: skip
    session.add(town)
    member = join(session, ADA, free_hours=ALL_HOURS)
    member.settle_in(town)
    session.flush()
    return member


def days(first: int, last: int) -> set[date]:
    return {MONDAY + timedelta(days=number) for number in range(first, last + 1)}


@one_database
@pytest.mark.parametrize("zone", zones.ZONES)
def test_every_week_of_two_years_each_hour_offered_is_ticked_and_lies_in_the_span(session: Session, zone: str) -> None:
    member = living_in(session, zone)
    member.free_hours = USUAL_HOURS
    truth = zones.whole_meetings(zones.ticked_minutes(zone, USUAL_HOURS))
    local_day = zones.local_minutes(zone)[::60] // 1440
    for week, monday in enumerate(zones.MONDAYS[:-2]):
        now = datetime.combine(monday, time(6), UTC)
        round_ = Round(monday=monday, seed=1, started_at=now)
        span = span_of(round_, now)
        [found] = availability(session, [member], round_, span, now)
        first = zones.hour_of(span.window.start)
        today = now.astimezone(ZoneInfo(zone)).date()
        earliest, latest = (max(today, monday) - zones.FIRST_MONDAY).days + 2, week * 7 + 13
        for hour in range(span.window.hours):
            wanted = truth[first + hour] and earliest <= local_day[first + hour] <= latest
            assert bool(found.free >> hour & 1) == wanted, (monday, hour)


def test_from_the_day_after_tomorrow_to_the_sunday_after_next(session: Session) -> None:
    ada, round_ = join(session, ADA, free_hours=ALL_HOURS), run_round(session)
    assert local_days(session, ada, round_, at("mon 06:00")) == days(2, 13)
    assert local_days(session, ada, round_, at("wed 12:00")) == days(4, 13)


@one_database
def test_where_it_is_still_sunday_tuesday_is_not_offered(session: Session) -> None:
    """The letter is read on Monday there too, and then Tuesday is tomorrow."""
    ada, round_ = living_in(session, HONOLULU), run_round(session)
    assert local_days(session, ada, round_, at("mon 06:00")) == days(2, 13)


@one_database
@pytest.mark.parametrize(
    ("zone", "now", "first", "last"),
    [("Europe/Berlin", "fri 12:00", 4, 5), (HONOLULU, "fri 12:00", 4, 5), (HONOLULU, "fri 06:00", 3, 4),
     ("Pacific/Auckland", "fri 12:00", 5, 6)],
)  # fmt: skip
def test_at_short_notice_it_is_today_or_tomorrow_by_the_clocks_there(
    session: Session, zone: str, now: str, first: int, last: int
) -> None:
    assert span_at_short_notice(at(now)).days(zone, at(now)) == days(first, last)
    assert next(span_at_short_notice(at(now)).window.moments(1)) == at(now) + timedelta(hours=3)
    assert living_in(session, zone).time_zone == zone


@one_database
def test_a_meeting_may_be_moved_to_this_very_day_with_due_notice(session: Session) -> None:
    span = span_to_move(run_round(session), at("wed 10:00"))
    assert span.window.start == at("wed 14:00")
    assert span.days("Europe/Berlin", at("wed 10:00")) == days(2, 13)


def test_busy_days_are_never_offered(session: Session) -> None:
    ada, round_ = join(session, ADA, free_hours=ALL_HOURS), run_round(session)
    keep_free(session, ada.id, days(0, 13), days(3, 4))
    assert local_days(session, ada, round_, at("mon 06:00")) == days(2, 13) - days(3, 4)


def test_on_a_trip_she_is_free_there_and_only_while_it_lasts(session: Session) -> None:
    ada, round_ = join(session, ADA, free_hours=ALL_HOURS), run_round(session)
    trip = Trip.to(ada, place(session, "Auckland"), MONDAY + timedelta(days=1), MONDAY + timedelta(days=8))
    add_trip(session, trip, at("sun 10:00", weeks=-1))
    [found] = availability(session, [ada], round_, span_of(round_, at("mon 06:00")), at("mon 06:00"))
    assert (found.stay.zone, found.stay.on_a_trip) == ("Pacific/Auckland", True)
    assert days_of(found, round_, at("mon 06:00")) == days(2, 8)


def test_a_trip_planned_after_the_round_began_only_keeps_its_days_free(session: Session) -> None:
    ada, round_ = join(session, ADA, free_hours=ALL_HOURS), run_round(session)
    trip = Trip.to(ada, place(session, "Aarhus"), MONDAY + timedelta(days=2), MONDAY + timedelta(days=6))
    add_trip(session, trip, at("mon 07:00"))
    assert local_days(session, ada, round_, at("mon 08:00")) == days(7, 13)
    next_round = run_round(session, weeks=1)
    [found] = availability(
        session, [ada], next_round, span_of(next_round, at("mon 06:00", weeks=1)), at("mon 06:00", weeks=1)
    )
    assert not found.stay.on_a_trip


def test_a_new_home_counts_from_the_next_round_on(session: Session) -> None:
    ada, round_ = join(session, ADA), run_round(session)
    before = ada.latitude, ada.longitude
    move_home(session, ada, place(session, "Auckland"), at("mon 07:00"))
    session.flush()
    [found] = availability(session, [ada], round_, span_of(round_, at("tue 06:00")), at("tue 06:00"))
    assert (found.stay.latitude, found.stay.longitude) == before
    assert found.stay.zone == "Europe/Copenhagen"
    later, now = run_round(session, weeks=1), at("mon 06:00", weeks=1)
    [found] = availability(session, [ada], later, span_of(later, now), now)
    assert found.stay.zone == "Pacific/Auckland"


def test_whoever_has_no_place_is_left_out(session: Session) -> None:
    ada, round_ = join(session, ADA), run_round(session)
    ada.leave(at("mon 05:00"))
    assert availability(session, [ada], round_, span_of(round_, at("mon 06:00")), at("mon 06:00")) == []
