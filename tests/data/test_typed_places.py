"""A location as people type it is answered when it is sure, and otherwise says why not."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.places import Place, PlaceName
from data.search_keys import fold
from data.typed_places import resolve_place


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Washington, DC", "Washington, District of Columbia, United States"),
        ("Washington DC metro area", "Washington, District of Columbia, United States"),
        ("DC", "Washington, District of Columbia, United States"),
        ("NYC", "New York City, New York, United States"),
        ("New York, NY 10029", "New York City, New York, United States"),
        ("New York/New York/USA", "New York City, New York, United States"),
        ("new york", "New York City, New York, United States"),
        ("Brooklyn, New York", "Brooklyn, New York, United States"),
        ("Manhattan, NYC", "Manhattan, New York, United States"),
        ("Manhattan, KS, USA", "Manhattan, Kansas, United States"),
        ("Portland/Maine/USA", "Portland, Maine, United States"),
        ("Portland", "Portland, Oregon, United States"),
        ("Fitchburg, MA USA", "Fitchburg, Massachusetts, United States"),
        ("san francisco, ca", "San Francisco, California, United States"),
        ("San Francisco Bay Area", "San Francisco, California, United States"),
        ("Greater Boston", "Boston, Massachusetts, United States"),
        ("Chicago IL USA", "Chicago, Illinois, United States"),
        ("LA, CA", "Los Angeles, California, United States"),
        ("Richmond, CA", "Richmond, California, United States"),
        ("Vancouver, CA", "Vancouver, British Columbia, Canada"),
        ("Paris, Texas", "Paris, Texas, United States"),
        ("Paris", "Paris, Île-de-France, France"),
        ("Canada, Vancouver", "Vancouver, British Columbia, Canada"),
        ("Singapore", "Singapore"),
        ("Zürich, Switzerland", "Zürich, Zurich, Switzerland"),
        ("wien", "Vienna, Austria"),
        ("東京", "Tokyo, Japan"),
        ("Durhan, NC", "Durham, North Carolina, United States"),
        ("Chareston, SC 29412", "Charleston, South Carolina, United States"),
        ("Chicgao", "Chicago, Illinois, United States"),
        ("Boston, Suffolk, Massachusetts, United States of America", "Boston, Massachusetts, United States"),
    ],
)
def test_a_sure_location_is_answered(listed: Session, typed: str, label: str) -> None:
    answer = resolve_place(listed, typed)
    assert answer.found is not None, answer
    assert answer.found.label == label


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Canada", "a country or a region"),
        ("Georgia", "a country or a region"),
        ("remote", "no place"),
        ("", "no place"),
        ("???", "no place"),
        ("Springfield", "several places"),
        ("Cambridge", "several places"),
        ("Boston, Chicago", "several towns"),
        ("xqzt", "no place of that name"),
        ("Chicago, Denmark", "no place of that name"),
        ("Durhan", "spelt nearly so"),
        ("Northern California", "no place of that name"),
    ],
)
def test_an_unsure_location_is_not_answered_and_says_why(listed: Session, typed: str, why: str) -> None:
    answer = resolve_place(listed, typed)
    assert answer.found is None
    assert why in answer.why


@pytest.mark.parametrize(
    "typed",
    ["NY", "Quebec", "Mexico", "Washington", "Texas, USA", "California", "PA/USA", "England", "Ontario, Canada"],
)
def test_a_country_or_region_of_which_most_live_elsewhere_is_no_town(all_lists: Session, typed: str) -> None:
    answer = resolve_place(all_lists, typed)
    assert answer.found is None
    assert answer.why == "it names a country or a region, not a town"


@pytest.mark.parametrize("typed", ["New York", "DC", "Singapore", "Zurich", "Berlin", "Luxembourg", "Hong Kong"])
def test_a_region_of_which_many_live_in_the_town_of_its_name_is_that_town(all_lists: Session, typed: str) -> None:
    assert resolve_place(all_lists, typed).found is not None


def test_a_name_of_several_places_brings_the_candidates_largest_first(listed: Session) -> None:
    answer = resolve_place(listed, "Springfield")
    assert [place.region for place in answer.candidates[:3]] == ["Missouri", "Massachusetts", "Illinois"]


def test_a_state_that_shares_its_name_with_a_far_city_offers_the_city(listed: Session) -> None:
    assert "District of Columbia" in {place.region for place in resolve_place(listed, "Washington").candidates}


def test_towns_spelt_alike_are_not_guessed_between(session: Session) -> None:
    columns = {"region": "", "country_code": "DK", "country": "Denmark", "population": 200_000}
    where = {"latitude": 55.0, "longitude": 9.0, "time_zone": "Europe/Copenhagen"}
    for number, name in enumerate(["Sommerby", "Sommerbo"]):
        place = Place(id=number, name=name, **columns, **where)
        session.add(place)
        session.flush()
        session.add(PlaceName(key=fold(name), place_id=number, own=True, population=200_000))
    session.flush()
    answer = resolve_place(session, "Sommerbu")
    assert answer.found is None
    assert len(answer.candidates) == 2


def test_every_label_that_was_picked_is_its_place_again(all_lists: Session) -> None:
    places = all_lists.scalars(select(Place).where(Place.id % 601 == 0)).all()
    assert len(places) > 90
    for place in places:
        found = resolve_place(all_lists, place.label).found
        assert found is not None, place.label
        assert found.label == place.label
