"""The towns and venues around some homes, and no others."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from data.venues import Venue
from jobs import towns_around as module
from jobs.meeting_place import Places
from jobs.towns_around import places_around
from tests.cast import PLACES, at, place

CITY, AARHUS, AUCKLAND = (55.676, 12.566), (56.157, 10.211), (-36.848, 174.763)


@pytest.fixture(autouse=True)
def world(session: Session) -> None:
    """Every place of the cast is listed, with one café and one bar."""
    for name in PLACES:
        place(session, name)
    for kind, name in (("cafe", "Café Europa"), ("bar", "Loud Bar")):
        session.add(Venue(kind=kind, name=name, latitude=55.676, longitude=12.566, opening_hours="24/7"))
    session.flush()


def towns(places: Places) -> set[str]:
    return {town.name for town in places._towns._towns}


def venues(places: Places) -> list[str]:
    return [venue.name for venue in places._venues]


def test_around_copenhagen_there_is_malmo_but_neither_aarhus_nor_auckland(session: Session) -> None:
    assert towns(places_around(session, [CITY])) == {"Copenhagen", "Malmö"}


def test_around_people_far_apart_there_are_their_own_towns(session: Session) -> None:
    assert towns(places_around(session, [AARHUS, AUCKLAND])) >= {"Aarhus", "Auckland"}


def test_around_nobody_there_is_nothing(session: Session) -> None:
    assert towns(places_around(session, [])) == set()
    assert venues(places_around(session, [])) == []


def test_very_many_bands_are_read_at_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BOXES", 0)
    everywhere = places_around(session, [(0.0, 0.0)])
    assert towns(everywhere) == set(PLACES)
    assert venues(everywhere) == ["Café Europa", "Loud Bar"]


def test_across_the_date_line_the_band_goes_round_the_world(session: Session) -> None:
    assert "Auckland" in towns(places_around(session, [(AUCKLAND[0], -179.9)]))


def test_hidden_nameless_and_far_venues_are_never_read(session: Session) -> None:
    session.add(Venue(kind="cafe", name="Hidden", latitude=55.676, longitude=12.566, hidden_at=at("mon 06:00")))
    session.add(Venue(kind="cafe", name="", latitude=55.676, longitude=12.566))
    session.add(Venue(kind="bank", name="A bank", latitude=55.676, longitude=12.566))
    session.add(Venue(kind="cafe", name="Café Auckland", latitude=-36.85, longitude=174.76))
    assert venues(places_around(session, [CITY])) == ["Café Europa", "Loud Bar"]
