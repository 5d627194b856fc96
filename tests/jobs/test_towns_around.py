"""The towns around some members, and no others."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.venues import Venue
from jobs import towns_around as module
from jobs.towns import Home, Towns
from jobs.towns_around import places_around, towns_around
from tests.cast import ADA, BEN, DAN, EVA, FINN, PLACES, at, join, place


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    """Every place of the cast is listed, with one café and one bar."""
    for name in PLACES:
        place(session, name)
    for kind, name in (("cafe", "Café Europa"), ("bar", "Loud Bar")):
        session.add(Venue(kind=kind, name=name, latitude=55.676, longitude=12.566, opening_hours="24/7"))
    session.flush()


def names(towns: Towns) -> set[str]:
    return {town.name for town in towns._towns}


def test_around_ada_there_is_malmo_but_neither_aarhus_nor_auckland(session: Session) -> None:
    assert names(towns_around(session, [join(session, ADA), join(session, BEN)])) == {"Copenhagen", "Malmö"}


def test_around_people_far_apart_there_are_their_own_towns(session: Session) -> None:
    found = towns_around(session, [join(session, EVA), join(session, FINN)])
    assert "Auckland" in names(found)
    assert "Aarhus" in names(found)


def test_around_nobody_there_is_nothing(session: Session) -> None:
    assert names(towns_around(session, [])) == set()


def test_very_many_bands_are_read_at_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BOXES", 0)
    assert names(towns_around(session, [join(session, DAN)])) == set(PLACES)


def test_across_the_date_line_the_band_goes_round_the_world(session: Session) -> None:
    finn = join(session, FINN)
    finn.longitude = -179.9
    assert "Auckland" in names(towns_around(session, [finn]))


def test_strangers_meet_in_a_cafe_not_in_a_loud_bar(session: Session) -> None:
    towns = towns_around(session, [join(session, ADA)])
    assert [venue.name for venue in towns._venues] == ["Café Europa"]
    assert towns.between([Home(55.676, 12.566, 10.0)]) is not None


def test_hidden_nameless_and_far_venues_are_never_read(session: Session) -> None:
    session.add(Venue(kind="cafe", name="Hidden", latitude=55.676, longitude=12.566, hidden_at=at("mon 06:00")))
    session.add(Venue(kind="cafe", name="", latitude=55.676, longitude=12.566))
    session.add(Venue(kind="bank", name="A bank", latitude=55.676, longitude=12.566))
    session.add(Venue(kind="cafe", name="Café Auckland", latitude=-36.85, longitude=174.76))
    places = places_around(session, [(55.676, 12.566)])
    assert [venue.name for venue in places._venues] == ["Café Europa", "Loud Bar"]
    assert {town.name for town in places._towns._towns} == {"Copenhagen", "Malmö"}
    assert places_around(session, [])._venues == []


def test_places_around_very_many_homes_are_read_at_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BOXES", 0)
    assert len(places_around(session, [(0.0, 0.0)])._venues) == 2
