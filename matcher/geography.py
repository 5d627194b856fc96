"""Measures how far people are from each other, on a sphere, in kilometres."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_KM = 6371.0
KM_PER_DEGREE = EARTH_KM * np.pi / 180  # of latitude
ROWS_AT_A_TIME = 128  # keeps a table of rows by columns within a few megabytes


def distance_km(
    latitude: ArrayLike, longitude: ArrayLike, other_latitude: ArrayLike, other_longitude: ArrayLike
) -> NDArray[np.float64]:
    """Return great-circle distances in km between positions in degrees; the arguments broadcast.

    Through the chord between two points of the unit sphere: good to centimetres for near points, the same at the poles
    and across the date line, and a table of distances costs one sine per row and column.
    """
    here, there = _on_sphere(latitude, longitude), _on_sphere(other_latitude, other_longitude)
    squared = sum((a - b) ** 2 for a, b in zip(here, there, strict=True))
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(np.sqrt(squared) / 2, 1.0)))


def latitude_bands(
    latitude: NDArray[np.float64], reach_km: NDArray[np.floating]
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield (rows, columns): some people, and everybody within their latitude's reach; all rows once, in few bands.

    Nobody farther away than `reach_km` is missed: a way of so many km cannot cross more degrees of latitude than that.
    """
    order = np.argsort(latitude, kind="stable")
    ordered = latitude[order]
    for start in range(0, len(order), ROWS_AT_A_TIME):
        rows = order[start : start + ROWS_AT_A_TIME]
        degrees = float(reach_km[rows].max()) / KM_PER_DEGREE + 1e-6
        first = np.searchsorted(ordered, latitude[rows[0]] - degrees, "left")
        last = np.searchsorted(ordered, latitude[rows[-1]] + degrees, "right")
        yield rows, order[first:last]


def _on_sphere(latitude: ArrayLike, longitude: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    north, east = np.radians(latitude), np.radians(longitude)
    return np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.asarray(np.sin(north))
