"""Distances are right everywhere on the sphere, and nobody within reach is missed."""

from __future__ import annotations

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from matcher.geography import EARTH_KM, distance_km, latitude_bands
from tests.matcher.strangers import AARHUS, AUCKLAND, COPENHAGEN, MALMO

positions = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(positions, positions)
def test_distances_are_those_of_geopy(one: tuple[float, float], other: tuple[float, float]) -> None:
    expected = great_circle(one, other, radius=EARTH_KM).km
    assert float(distance_km(*one, *other)) == pytest.approx(expected, rel=1e-6, abs=2e-3)


def test_malmo_is_across_the_bridge_aarhus_across_the_sea_and_auckland_across_the_world() -> None:
    there = np.array([MALMO, AARHUS, AUCKLAND, COPENHAGEN])
    km = distance_km(*COPENHAGEN, there[:, 0], there[:, 1])
    assert km.round().tolist() == [28, 156, 17530, 0]


def test_neighbours_across_the_date_line_and_round_the_pole_are_near() -> None:
    assert float(distance_km(10, 179.99, 10, -179.99)) == pytest.approx(2.19, abs=0.01)
    assert float(distance_km(89.99, 0, 89.99, 180)) == pytest.approx(2.22, abs=0.01)
    assert float(distance_km(90, 20, 90, -130)) == pytest.approx(0, abs=1e-9)
    assert float(distance_km(0, 0, 0, 180)) == pytest.approx(np.pi * EARTH_KM)


def test_columns_and_rows_make_a_table() -> None:
    latitude, longitude = np.array([0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])
    table = distance_km(latitude[:, None], longitude[:, None], latitude[None, :], longitude[None, :])
    assert table.shape == (3, 3)
    assert np.allclose(table, table.T)
    assert table[0, 1] == pytest.approx(111.19, abs=0.01)


def test_bands_hold_everybody_once_and_miss_nobody_within_reach() -> None:
    chance = np.random.default_rng(3)
    latitude = np.concatenate([chance.uniform(-90, 90, 300), chance.normal(55, 0.1, 300).clip(-90, 90), [90, -90]])
    longitude = chance.uniform(-180, 180, len(latitude))
    reach = chance.choice([0.0, 5.0, 50.0, 400.0], len(latitude)).astype(np.float32)
    seen = []
    for rows, columns in latitude_bands(latitude, reach):
        seen += rows.tolist()
        outside = np.setdiff1d(np.arange(len(latitude)), columns)
        km = distance_km(latitude[rows, None], longitude[rows, None], latitude[None, outside], longitude[None, outside])
        assert (km > reach[rows, None]).all()
        assert np.isin(rows, columns).all()
    assert sorted(seen) == list(range(len(latitude)))
