"""Who may be paired at all: near enough for both, or both on a call while awake; never two who are kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.features import Indices
from matcher.geography import distance_km
from matcher.people import People

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Rules:
    """What a round allows. repeats: pair two who met before when nobody new is left, or never. trios: likewise."""

    repeats: Literal["when_exhausted", "never"] = "when_exhausted"
    trios: Literal["when_odd", "never"] = "when_odd"


def near(people: People, i: Indices, j: Indices) -> Mask:
    """Tell which of (i, j) would both meet in person and live within the smaller of the two reaches."""
    km = distance_km(people.latitude[i], people.longitude[i], people.latitude[j], people.longitude[j])
    reach = np.minimum(people.reach_km[i], people.reach_km[j])
    return np.asarray(people.in_person[i] & people.in_person[j] & (km <= reach))


def callable_(people: People, i: Indices, j: Indices) -> Mask:
    """Tell which of (i, j) both take calls and share a waking hour."""
    return np.asarray(people.by_call[i] & people.by_call[j] & ((people.awake[i] & people.awake[j]) != 0))
