"""Where people near each other meet: a town both can reach, in public, never halfway."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobs.towns import Home, Spot, Towns
from tests.cast import at

COPENHAGEN = Spot("Copenhagen", 55.6759, 12.5655, 1153615, "Europe/Copenhagen")
MALMO = Spot("Malmö", 55.6059, 13.0007, 362133, "Europe/Stockholm")
DRAGOR = Spot("Dragør", 55.5928, 12.6722, 14494, "Europe/Copenhagen")
AARHUS = Spot("Århus", 56.1567, 10.2108, 285273, "Europe/Copenhagen")
TOWNS = [COPENHAGEN, MALMO, DRAGOR, AARHUS]
ALL_DAY = "Mo-Su 08:00-23:00"
EUROPA = Spot("Café Europa", 55.6787, 12.5794, address="Amagertorv 1", opening_hours=ALL_DAY)
LUNCH = Spot("Lunch only", 55.6760, 12.5660, opening_hours="Mo-Su 11:00-15:00")
FAR = Spot("Café at the airport", 55.6181, 12.6508, opening_hours=ALL_DAY)
THURSDAY = at("thu 16:30")


def home(spot: Spot, reach_km: float) -> Home:
    return Home(spot.latitude, spot.longitude, reach_km)


def town(*homes: Home) -> str | None:
    found = Towns(TOWNS, []).between(homes)
    return found.name if found else None


def place(venues: list[Spot], where: Spot = COPENHAGEN, start: datetime = THURSDAY, chance: int = 0) -> str:
    return Towns(TOWNS, venues).place_in(where, start, start + timedelta(minutes=45), chance)


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


def test_the_place_is_a_venue_of_the_town_that_is_open_then() -> None:
    assert place([LUNCH, EUROPA, FAR]) == "Café Europa, Amagertorv 1, Copenhagen"


@pytest.mark.parametrize("chance", range(6))
def test_not_everybody_meets_in_the_same_venue_but_all_in_open_ones(chance: int) -> None:
    other = Spot("Café Norden", 55.6790, 12.5800, opening_hours=ALL_DAY)
    found = place([EUROPA, LUNCH, other], chance=chance)
    assert found in {"Café Europa, Amagertorv 1, Copenhagen", "Café Norden, Copenhagen"}
    assert {place([EUROPA, LUNCH, other], chance=chance) for chance in range(3)} >= {found}


def test_a_venue_about_to_close_is_no_place_to_linger() -> None:
    closing = Spot("Closing", 55.6787, 12.5794, opening_hours="Mo-Su 08:00-18:15")  # they would leave at 18:15
    assert place([closing]).startswith("A public café in Copenhagen")


def test_in_a_town_without_venues_it_is_still_a_public_place() -> None:
    assert place([EUROPA], MALMO) == "A public café in Malmö: the one nearest to the town hall"
