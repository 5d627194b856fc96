"""Snaps a position to its 2 km cell, so that nothing finer is ever stored or computed with."""

from __future__ import annotations

from math import cos, floor, radians

CELL_KM = 2.0
KM_PER_DEGREE = 111.195  # of latitude, on a sphere of 6,371 km


def snap(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the centre of the cell that holds a position, in degrees.

    Rows are 2 km tall; in each row the columns divide the circle evenly, as near to 2 km wide as a whole
    number of columns allows, so that no cell is cut at the date line and the poles need no special case.
    Raises ValueError for a latitude outside ±90 or a longitude outside ±180.
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"Not a position on earth: {latitude}, {longitude}")
    rows = round(180 * KM_PER_DEGREE / CELL_KM)
    row = min(floor((latitude + 90) / 180 * rows), rows - 1)
    centre_latitude = (row + 0.5) / rows * 180 - 90
    columns = max(1, round(360 * KM_PER_DEGREE * cos(radians(centre_latitude)) / CELL_KM))
    column = min(floor((longitude + 180) / 360 * columns), columns - 1)
    centre_longitude = (column + 0.5) / columns * 360 - 180
    return round(centre_latitude, 6), round(centre_longitude, 6)
