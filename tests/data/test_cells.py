"""A position is snapped to its cell before anything else sees it."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cells import CELL_KM, snap

latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)


def km_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = [(radians(p[0]), radians(p[1])) for p in (a, b)]
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(min(1.0, h)))


@given(latitudes, longitudes)
def test_the_centre_is_within_the_cell(latitude: float, longitude: float) -> None:
    assert km_between((latitude, longitude), snap(latitude, longitude)) <= CELL_KM * 0.75


@given(latitudes, longitudes)
def test_a_centre_is_its_own_cell(latitude: float, longitude: float) -> None:
    assert snap(*snap(latitude, longitude)) == snap(latitude, longitude)


def test_two_homes_in_one_cell_look_the_same() -> None:
    assert snap(55.6759, 12.5655) == snap(55.6761, 12.5660)


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 0), (-90, 180), (0, 180), (0, -180)])
def test_poles_and_date_line_have_cells(latitude: float, longitude: float) -> None:
    centre = snap(latitude, longitude)
    assert km_between((latitude, longitude), centre) <= CELL_KM * 0.75


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_what_is_not_on_earth_is_refused(latitude: float, longitude: float) -> None:
    with pytest.raises(ValueError, match="Not a position on earth"):
        snap(latitude, longitude)
