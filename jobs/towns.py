"""Where people look for a place of their own if none is listed: near a town that all can reach, never halfway."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.geography import distance_km

# However near two live to each other, each goes as far as this to the larger town next door.
NEXT_DOOR_KM = 8.0
KM_PER_DEGREE = 111.0  # of latitude, rounded down so that nothing near is missed


@dataclass(frozen=True)
class Home:
    """What is known of where somebody starts from: a cell's centre in degrees, and how far they would go."""

    latitude: float
    longitude: float
    reach_km: float


@dataclass(frozen=True)
class Spot:
    """The middle of a town."""

    name: str
    latitude: float
    longitude: float
    population: int


class Towns:
    """The towns people may meet in, in the order of their latitude, so that those near a home are found quickly."""

    def __init__(self, towns: Sequence[Spot]) -> None:
        self._towns = sorted(towns, key=lambda town: (town.latitude, town.longitude, town.name))
        self._latitude = np.array([town.latitude for town in self._towns])
        self._longitude = np.array([town.longitude for town in self._towns])
        self._population = np.array([town.population for town in self._towns])

    def between(self, homes: Sequence[Home]) -> Spot | None:
        """Return the largest town that everybody reaches without going further than to each other, or none.

        Only towns are weighed, never points in between: a point halfway would give the others' homes away.
        """
        limits = [min(home.reach_km, max(NEXT_DOOR_KM, _furthest(home, homes))) for home in homes]
        south = min(homes, key=lambda home: home.latitude)
        around = max(limits) / KM_PER_DEGREE
        first, last = np.searchsorted(self._latitude, [south.latitude - around, south.latitude + around])
        near = np.ones(last - first, bool)
        for home, limit in zip(homes, limits, strict=True):
            latitude, longitude = self._latitude[first:last], self._longitude[first:last]
            near &= distance_km(home.latitude, home.longitude, latitude, longitude) <= limit
        if not near.any():
            return None
        largest = int(np.argmax(np.where(near, self._population[first:last], -1)))
        return self._towns[int(first) + largest]


def _furthest(home: Home, homes: Sequence[Home]) -> float:
    return max(float(distance_km(home.latitude, home.longitude, other.latitude, other.longitude)) for other in homes)
