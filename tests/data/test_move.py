"""Moves: three a week, counted also when a trip is taken back, and none of them in the round that is under way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.move import Move, add_trip, homes_left, move_home, next_move_at, trips_added
from data.trip import Trip
from tests.cast import ADA, BEN, MONDAY, at, join, place

BEGAN = at("mon 06:00")


def test_after_three_moves_one_waits_until_the_first_is_a_week_old(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    for when, town in (("mon 10:00", "Malmö"), ("tue 10:00", "Aarhus"), ("wed 10:00", "Malmö")):
        assert next_move_at(session, ada.id, at(when)) is None
        move_home(session, ada, place(session, town), at(when))
        session.flush()
    again = at("mon 10:00", weeks=1)
    assert next_move_at(session, ada.id, at("wed 10:00")) == again
    assert next_move_at(session, ada.id, again - timedelta(seconds=1)) == again
    assert next_move_at(session, ada.id, again) is None
    assert next_move_at(session, ben.id, at("wed 10:00")) is None


def test_trips_count_as_well_and_taking_one_back_undoes_nothing(session: Session) -> None:
    ada = join(session, ADA)
    for hour in (7, 8, 9):
        first = MONDAY + timedelta(weeks=hour)
        add_trip(session, Trip.to(ada, place(session, "Aarhus"), first, first), at(f"mon 0{hour}:00"))
    session.execute(delete(Trip))
    assert next_move_at(session, ada.id, at("mon 10:00")) == at("mon 07:00", weeks=1)


def test_the_round_under_way_knows_where_people_lived_when_it_began(session: Session) -> None:
    ada, ben = join(session, ADA), join(session, BEN)
    move_home(session, ben, place(session, "Aarhus"), at("mon 05:00"))
    move_home(session, ada, place(session, "Malmö"), at("mon 07:00"))
    move_home(session, ada, place(session, "Aarhus"), at("tue 07:00"))
    session.flush()
    left = homes_left(session, BEGAN)
    assert {number: home.place.name for number, home in left.items()} == {ada.id: "Copenhagen"}
    assert ada.place is not None
    assert ada.place.name == "Aarhus"


def test_the_round_under_way_knows_which_trips_came_later(session: Session) -> None:
    ada = join(session, ADA)
    trips = [
        Trip.to(ada, place(session, "Aarhus"), MONDAY + timedelta(days=n), MONDAY + timedelta(days=n)) for n in (2, 4)
    ]
    add_trip(session, trips[0], BEGAN)
    add_trip(session, trips[1], BEGAN + timedelta(seconds=1))
    assert trips_added(session, BEGAN) == {trips[1].id}


def test_a_first_place_leaves_none_behind(session: Session) -> None:
    ada = join(session, ADA, place=None)
    ada.place = ada.place_id = None
    move_home(session, ada, place(session, "Aarhus"), at("mon 07:00"))
    session.flush()
    assert session.scalars(select(Move)).all() == []


def test_a_move_is_one_of_home_or_a_trip(session: Session) -> None:
    ada = join(session, ADA)
    session.add(Move(member_id=ada.id, moved_at=BEGAN))
    with pytest.raises(IntegrityError):
        session.flush()
