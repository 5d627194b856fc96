"""Trips: told in one line, refused kindly where they cannot be, and taken back with one press."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.cells import snap
from data.member import Member
from data.move import Move
from data.trip import Trip, trips_of
from tests.cast import BEN, MONDAY, PLACES, join
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, fresh, one_database
from tests.web.lists import list_names
from tests.web.racing import at_once

MAY = {"place": "Malmö", "first_day": "2027-05-03", "last_day": "2027-05-09"}


@pytest.fixture(autouse=True)
def lists(session: Session) -> None:
    """The places and professions of the cast."""
    list_names(session)


def trips(session: Session) -> list[Trip]:
    found = list(session.scalars(select(Trip).order_by(Trip.id).execution_options(populate_existing=True)))
    session.commit()
    return found


def days(first: date, last: date) -> dict[str, str]:
    return {"place": "Malmö", "first_day": first.isoformat(), "last_day": last.isoformat()}


def test_ada_goes_to_malmo_and_stays_at_home_after_all(session: Session, adas: Browser, ada: Member) -> None:
    assert "Where are you going?" in adas.open("/profile/trips").text
    page = adas.press("/profile/trips", MAY, follow=True).text
    assert "Malmö, 3\u20139 May 2027: noted" in page
    assert "Malmö, Skåne, Sweden" in page
    assert "Malmö, 3\u20139 May 2027" in adas.open("/profile").text
    [trip] = trips(session)
    assert (trip.member_id, trip.first_day, trip.last_day) == (ada.id, date(2027, 5, 3), date(2027, 5, 9))
    assert (trip.latitude, trip.longitude) == snap(PLACES["Malmö"]["latitude"], PLACES["Malmö"]["longitude"])
    for _ in range(2):
        answer = adas.press(f"/profile/trips/{trip.id}/removal", follow=True)
        assert "That trip is off" in answer.text
    assert trips(session) == []


@one_database
def test_a_short_trip_says_that_nobody_is_met_there(adas: Browser) -> None:
    page = adas.press("/profile/trips", MAY | {"last_day": "2027-05-04"}, follow=True).text
    assert "too short to meet somebody there" in page


@one_database
def test_a_name_of_several_places_asks_which(session: Session, adas: Browser) -> None:
    asked = adas.press("/profile/trips", MAY | {"place": "Springfield"})
    assert asked.status_code == 422
    assert "Springfield, Missouri, United States" in asked.text
    assert adas.press("/profile/trips", MAY | {"place": "Springfield", "place_id": "1"}).status_code == 303
    assert [trip.place.region for trip in trips(session)] == ["Illinois"]


@one_database
@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"place": ""}, "place", "where you will be"),
        ({"place": "Xyzzyville"}, "place", "do not know this place"),
        ({"first_day": ""}, "first_day", "Please choose a day"),
        ({"first_day": "May"}, "first_day", "Please choose a day"),
        ({"last_day": ""}, "last_day", "Please choose a day"),
        ({"last_day": "2027-05-02"}, "last_day", "before the first day"),
        ({"first_day": "2026-11-01", "last_day": "2026-11-22"}, "last_day", "This day is past"),
        ({"first_day": "2027-11-20", "last_day": "2027-11-25"}, "last_day", "within a year"),
        ({"last_day": "2027-08-01"}, "last_day", "90 days"),
        ({"first_day": "0001-01-01"}, "last_day", "90 days"),
        ({"last_day": "9999-12-31"}, "last_day", "within a year"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_the_form_is_kept(
    session: Session, adas: Browser, changes: dict[str, str], field: str, sentence: str
) -> None:
    answer = adas.press("/profile/trips", MAY | changes)
    assert answer.status_code == 422
    wrong = answer.text.partition(f'id="{field}-wrong"')[2][:200]
    assert sentence in wrong
    for value in {**MAY, **changes}.values():
        assert f'value="{value}"' in answer.text
    assert trips(session) == []


@one_database
@pytest.mark.parametrize(
    ("first", "last"), [("2027-05-09", "2027-05-12"), ("2027-05-01", "2027-05-03"), ("2027-05-04", "2027-05-05")]
)
def test_trips_do_not_overlap(session: Session, adas: Browser, first: str, last: str) -> None:
    adas.press("/profile/trips", MAY)
    answer = adas.press("/profile/trips", {"place": "Malmö", "first_day": first, "last_day": last})
    assert "overlap another trip: Malmö, 3\u20139 May 2027" in answer.text
    assert len(trips(session)) == 1


@one_database
def test_ninety_days_and_a_trip_right_after_another_are_fine(session: Session, adas: Browser) -> None:
    today = MONDAY
    adas.press("/profile/trips", days(today, today + timedelta(days=89)))
    adas.press("/profile/trips", days(today + timedelta(days=90), today + timedelta(days=90)))
    assert len(trips(session)) == 2


@one_database
def test_a_tenth_trip_is_the_last(session: Session, adas: Browser, ada: Member) -> None:
    there = trips_to_malmo(session, ada, 10)
    answer = adas.press(
        "/profile/trips", days(there[-1].last_day + timedelta(days=1), there[-1].last_day + timedelta(days=1))
    )
    assert "You have planned ten trips" in answer.text
    assert len(trips(session)) == 10


def trips_to_malmo(session: Session, member: Member, how_many: int) -> list[Trip]:
    malmo = session.get_one(type(member.place), PLACES["Malmö"]["id"]) if member.place else None
    assert malmo is not None
    first = MONDAY + timedelta(days=7)
    made = [Trip.to(member, malmo, first + timedelta(days=n), first + timedelta(days=n)) for n in range(how_many)]
    session.add_all(made)
    session.commit()
    return made


def test_nobody_moves_about_all_week_neither_by_trips_nor_at_home(
    session: Session, adas: Browser, ada: Member, clock: Clock
) -> None:
    """A trip taken back has told its tale: it counts as well."""
    for number in range(3):
        first = MONDAY + timedelta(weeks=2 + number)
        assert adas.press("/profile/trips", days(first, first)).status_code == 303
    adas.press(f"/profile/trips/{trips(session)[-1].id}/removal")
    first = MONDAY + timedelta(weeks=9)
    refused = adas.press("/profile/trips", days(first, first))
    assert refused.status_code == 422
    assert "three times within a week" in refused.text
    assert "From Monday 30 November at 13:00 on" in refused.text
    home = {"first_name": "Ada", "profession": "Nurse", "place": "Malmö", "reach_km": "10", "meets": "either"}
    assert "three times within a week" in adas.press("/profile", home).text
    fresh(session, ada)
    assert ada.place_id == PLACES["Copenhagen"]["id"]
    clock.now += timedelta(days=7)
    assert adas.press("/profile/trips", days(first, first)).status_code == 303


@one_database
def test_nobody_takes_back_the_trip_of_another(
    session: Session, adas: Browser, ada: Member, signed_in: SigningIn
) -> None:
    adas.press("/profile/trips", MAY)
    ben = signed_in(join(session, BEN))
    assert ben.press(f"/profile/trips/{trips(session)[0].id}/removal").status_code == 404
    assert [trip.member_id for trip in trips(session)] == [ada.id]


def test_two_trips_planned_at_one_moment_do_not_overlap(
    session: Session, ada: Member, signed_in: SigningIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _plan_together(signed_in, ada, monkeypatch) == [303, 422]
    assert len(trips(session)) == 1
    assert len(session.scalars(select(Move)).all()) == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_lock_she_would_be_at_two_places_at_once(
    session: Session, ada: Member, signed_in: SigningIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control. SQLite has one writer at a time, so that only PostgreSQL can show it."""
    for module in ("trips", "town_form"):
        monkeypatch.setattr(f"web.{module}.lock_member", lambda _session, _number: None)
    assert _plan_together(signed_in, ada, monkeypatch, patience=10) == [303, 303]
    assert len(trips(session)) == 2


def _plan_together(
    signed_in: SigningIn, ada: Member, monkeypatch: pytest.MonkeyPatch, patience: float = 0.5
) -> list[int]:
    """Plan two trips for the same days at once; whoever has seen none waits a while for the other before going on."""
    browsers = [signed_in(ada) for _ in range(2)]
    together = threading.Barrier(2)

    def linger(session: Session, member_id: int, since: date) -> list[Trip]:
        seen = trips_of(session, member_id, since)
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock: so it should be
            together.wait(timeout=patience)
        return seen

    monkeypatch.setattr("web.trips.trips_of", linger)
    answers = at_once([partial(browser.press, "/profile/trips", MAY) for browser in browsers])
    return sorted(answer.status_code for answer in answers)
