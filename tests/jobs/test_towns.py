"""Where people look for a place where none is listed: a town both can reach, in public, never halfway."""

from __future__ import annotations

from jobs.towns import Home, Spot, Towns

COPENHAGEN = Spot("Copenhagen", 55.6759, 12.5655, 1153615)
MALMO = Spot("Malmö", 55.6059, 13.0007, 362133)
DRAGOR = Spot("Dragør", 55.5928, 12.6722, 14494)
AARHUS = Spot("Århus", 56.1567, 10.2108, 285273)
TOWNS = [COPENHAGEN, MALMO, DRAGOR, AARHUS]


def home(spot: Spot, reach_km: float) -> Home:
    return Home(spot.latitude, spot.longitude, reach_km)


def town(*homes: Home) -> str | None:
    found = Towns(TOWNS).between(homes)
    return found.name if found else None


def test_two_in_malmo_do_not_cross_the_bridge_however_far_they_would_go() -> None:
    assert town(home(MALMO, 50), home(MALMO, 50)) == "Malmö"


def test_ada_in_copenhagen_and_dan_in_malmo_meet_in_the_larger_town() -> None:
    assert town(home(COPENHAGEN, 50), home(MALMO, 50)) == "Copenhagen"


def test_who_would_go_less_far_is_not_asked_to() -> None:
    assert town(home(COPENHAGEN, 50), home(DRAGOR, 13)) == "Copenhagen"
    assert town(home(COPENHAGEN, 50), home(DRAGOR, 5)) == "Dragør"


def test_three_meet_where_all_three_can_come() -> None:
    assert town(home(COPENHAGEN, 50), home(DRAGOR, 50), home(MALMO, 50)) == "Copenhagen"


def test_where_no_town_is_in_reach_there_is_none() -> None:
    assert town(Home(0.0, -30.0, 10), Home(0.0, -30.0, 10)) is None
