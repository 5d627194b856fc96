"""A few letters bring up the place that was meant, by any of its names, in any country."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.places import Place, nearest_place, suggest_places


def labels(session: Session, text: str, limit: int = 8) -> list[str]:
    return [place.label for place in suggest_places(session, text, limit)]


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("new york", "New York City, New York, United States"),
        ("new yo", "New York City, New York, United States"),
        ("münchen", "Munich, Bavaria, Germany"),
        ("munchen", "Munich, Bavaria, Germany"),
        ("wien", "Vienna, Austria"),
        ("東京", "Tokyo, Japan"),
        ("Bristol", "Bristol, England, United Kingdom"),
        ("KØBENHAVN", "Copenhagen, Capital Region, Denmark"),
        ("saint lou", "St. Louis, Missouri, United States"),
        ("springfield, il", "Springfield, Illinois, United States"),
        ("springfield il", "Springfield, Illinois, United States"),
        ("springfield, mass", "Springfield, Massachusetts, United States"),
        ("Portland/Maine/USA", "Portland, Maine, United States"),
        ("portland maine usa", "Portland, Maine, United States"),
        ("paris, tex", "Paris, Texas, United States"),
        ("Springfield, Illinois, United States", "Springfield, Illinois, United States"),
    ],
)
def test_what_is_typed_brings_up_the_place(listed: Session, typed: str, label: str) -> None:
    assert labels(listed, typed)[0] == label


def test_places_of_one_name_come_largest_first_each_with_its_state(listed: Session) -> None:
    found = labels(listed, "springfield")
    assert found[:3] == [
        "Springfield, Missouri, United States",
        "Springfield, Massachusetts, United States",
        "Springfield, Illinois, United States",
    ]


def test_a_name_of_its_own_goes_before_what_others_are_called(listed: Session) -> None:
    found = labels(listed, "wien")
    assert found.index("Vienna, Austria") < found.index("Wiener Neustadt, Lower Austria, Austria")
    assert labels(listed, "vancouver")[0] == "Vancouver, British Columbia, Canada"


def test_a_place_is_suggested_once_and_no_more_places_than_asked_for(listed: Session) -> None:
    found = labels(listed, "san", 5)
    assert len(found) == len(set(found)) == 5


@pytest.mark.parametrize("typed", ["", "a", " ", "...", "xqzt", "xqzt, il", ", ,", "\0", "%", "'; DROP TABLE place"])
def test_what_is_no_place_brings_up_nothing(listed: Session, typed: str) -> None:
    assert labels(listed, typed) == []


def test_a_region_that_does_not_fit_brings_up_nothing(listed: Session) -> None:
    assert labels(listed, "copenhagen, il") == []


def test_the_nearest_place_is_found_from_anywhere_on_earth(listed: Session) -> None:
    near = {
        (55.68, 12.57): "Copenhagen",
        (55.61, 13.01): "Malmö",
        (-36.9, 174.8): "Auckland",
        (54.9, 15.1): "Malmö",  # at sea: the next wider circle
    }
    for position, name in near.items():
        found = nearest_place(listed, *position)
        assert found is not None
        assert found.name == name


def test_in_the_middle_of_the_ocean_there_is_no_nearest_place(listed: Session) -> None:
    assert nearest_place(listed, -48.9, -123.4) is None
    assert nearest_place(listed, -90, 0) is None


def test_the_nearest_place_may_lie_across_the_date_line(session: Session) -> None:
    columns = {"region": "", "country_code": "FJ", "country": "Fiji", "population": 1, "time_zone": "Pacific/Fiji"}
    session.add(Place(id=1, name="Just West", latitude=-17.0, longitude=179.95, **columns))
    session.add(Place(id=2, name="Far East", latitude=-17.0, longitude=-179.0, **columns))
    session.flush()
    found = nearest_place(session, -17.0, -179.95)
    assert found is not None
    assert found.name == "Just West"


def test_typing_a_label_brings_up_its_place_first(listed: Session) -> None:
    places = listed.scalars(select(Place).order_by(Place.id).limit(60)).all()
    assert [labels(listed, place.label)[0] for place in places] == [place.label for place in places]
