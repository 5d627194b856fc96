"""Where people near each other meet: three public places, fair, open, spread, and drawn."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from jobs.meeting_place import Places, PublicPlace
from jobs.towns import Home, Spot
from tests.cast import at

ZONE = "Europe/Copenhagen"
WEST, EAST = Home(55.68, 12.50, 10), Home(55.68, 12.62, 10)  # 7.5 km apart
MIDDLE = 12.56
TIMES = [at("thu 16:30"), at("sat 10:00")]
ALWAYS = "Mo-Su 06:00-24:00"
COPENHAGEN = Spot("Copenhagen", 55.6759, 12.5655, 1153615)


def venue(number: int, longitude: float = MIDDLE, **changes: Any) -> PublicPlace:
    columns: dict[str, Any] = {
        "kind": "cafe",
        "name": f"Café {number}",
        "address": "",
        "opening_hours": ALWAYS,
        "wheelchair": "",
    }
    columns |= {"latitude": 55.68 + number / 1000, "preferred": False}
    return PublicPlace(id=number, longitude=longitude, **(columns | changes))


def suggest(*venues: PublicPlace, homes: tuple[Home, ...] = (WEST, EAST), **changes: Any) -> list[int]:
    options: dict[str, Any] = {"times": TIMES, "zone": ZONE, "step_free": False, "chance": 1, "used": {}} | changes
    return Places(venues, [COPENHAGEN]).suggest(homes, **options)


def test_there_are_three_different_places() -> None:
    found = suggest(*[venue(number) for number in range(1, 9)])
    assert len(found) == len({*found}) == 3


def test_the_same_chance_finds_the_same_places_whatever_the_order_of_the_list() -> None:
    venues = [venue(number) for number in range(1, 30)]
    assert suggest(*venues, chance=7) == suggest(*reversed(venues), chance=7)
    assert len({tuple(suggest(*venues, chance=chance)) for chance in range(20)}) > 10


@pytest.mark.parametrize("longitude", [12.40, 12.72])  # 14 km from one of them, 6 from the other
def test_nobody_is_sent_further_than_they_would_go(longitude: float) -> None:
    assert suggest(venue(1, longitude)) == []


def test_of_three_everybody_can_reach_the_place() -> None:
    assert suggest(venue(1), homes=(WEST, EAST, Home(55.68, 12.56, 1))) == [1]
    assert suggest(venue(1), homes=(WEST, EAST, Home(55.72, 12.56, 1))) == []


def test_places_between_the_two_are_likelier_than_those_beside_either() -> None:
    between = [venue(number) for number in (1, 2, 3)]
    beside = [venue(number, 12.50) for number in (4, 5, 6)]
    found = [suggest(*between, *beside, chance=chance)[0] for chance in range(100)]
    assert sum(number <= 3 for number in found) > 90
    assert min(found) < 4 < max(found)  # but no place is ruled out: that would tell something of the homes


def test_a_place_open_at_all_times_comes_before_one_whose_hours_nobody_knows_and_the_shut_one_never() -> None:
    mornings = venue(3, opening_hours="Mo-Su 08:00-13:00")
    shut = venue(4, opening_hours="Mo 08:00-13:00")
    for chance in range(20):
        found = suggest(shut, venue(2, opening_hours=""), mornings, venue(1), chance=chance)
        assert found[0] == 1
        assert {*found} == {1, 2, 3}


def test_a_place_that_shuts_before_they_have_talked_is_shut() -> None:
    assert suggest(venue(1, opening_hours="Mo-Su 08:00-18:15"), times=[at("thu 16:30")]) == []  # they leave at 18:15


def test_a_bar_is_for_the_evening() -> None:
    assert suggest(venue(1, kind="bar"), times=[at("sat 10:00")]) == []
    assert suggest(venue(1, kind="bar"), times=[at("thu 17:00")]) == [1]


def test_where_steps_are_in_the_way_only_places_without_are_offered() -> None:
    venues = [venue(1, wheelchair="yes"), venue(2, wheelchair="limited"), venue(3, wheelchair="no"), venue(4)]
    assert suggest(*venues, step_free=True) == [1]
    assert suggest(*venues[1:], step_free=True) == [2]  # one step at most; of other places nobody knows
    assert suggest(*venues[2:], step_free=True) == []


def test_a_preferred_place_comes_first_among_equals() -> None:
    venues = [venue(number, preferred=number == 2) for number in (1, 2, 3)]
    assert {suggest(*venues, chance=chance)[0] for chance in range(20)} == {2}


def test_no_place_is_flooded_in_a_week() -> None:
    venues, used = [venue(number) for number in range(1, 31)], Counter[int]()
    for chance in range(150):
        used[suggest(*venues, chance=chance, used=used)[0]] += 1
    assert max(used.values()) <= 8  # five each would be even
    assert suggest(*venues[:3], used={1: 9, 2: 9, 999: 1})[0] == 3


def test_one_house_or_one_chain_is_one_suggestion() -> None:
    hall = [venue(number, latitude=55.681 + number / 1e6, name=f"Counter {number}") for number in range(1, 9)]
    chain = [venue(number, name="Joe") for number in (20, 30)]
    for chance in range(10):
        found = suggest(*hall, *chain, venue(25), chance=chance)
        counters, joes = sum(number < 9 for number in found), sum(number in {20, 30} for number in found)
        assert (counters, joes, len(found)) == (1, 1, 3)
    corner = [venue(number, latitude=55.681, address="Amagertorv 1") for number in (1, 2, 3)]
    assert len(suggest(*corner)) == 1


def test_where_there_is_but_one_house_its_places_are_offered() -> None:
    assert len(suggest(*[venue(number, latitude=55.681 + number / 1e6) for number in (1, 2, 3)])) == 3


def test_where_nothing_is_listed_there_are_words_that_name_a_town_and_no_home() -> None:
    places = Places([], [COPENHAGEN])
    assert places.suggest([WEST, EAST], TIMES, ZONE, False, chance=1, used={}) == []
    assert places.words_where_nothing_is_listed([WEST, EAST]) == "A public café near Copenhagen"
    far = Home(0.0, 0.0, 10)
    assert places.words_where_nothing_is_listed([far, far]) == "A public café that is easy to reach for all of you"
