"""Who may be paired at all: near enough for both, or both on a call, and both free at one hour at least."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from matcher.features import Indices, is_table
from matcher.geography import distance_km
from matcher.people import People

Mask = NDArray[np.bool_]
Hours = NDArray[np.uint64]
NEARBY, CALL, NO_WAY = 0, 1, 2  # the modes of a meeting, the better one first


@dataclass(frozen=True)
class Rules:
    """What a round allows. repeats: pair two who met before when nobody new is left, or never. trios: likewise."""

    repeats: Literal["when_exhausted", "never"] = "when_exhausted"
    trios: Literal["when_odd", "never"] = "when_odd"


def best_mode(people: People, i: Indices, j: Indices) -> NDArray[np.uint8]:
    """Return the better way in which (i, j) may meet: NEARBY, CALL, or NO_WAY, as for all who have no hour in common."""
    mode = mode_at_any_hour(people, i, j)
    mode[~share_an_hour(people, i, j)] = NO_WAY
    return mode


def mode_at_any_hour(people: People, i: Indices, j: Indices) -> NDArray[np.uint8]:
    """Return the better way in which (i, j) would meet if they had time."""
    mode = np.where(people.by_call[i] & people.by_call[j], CALL, NO_WAY).astype(np.uint8)
    mode[near(people, i, j)] = NEARBY
    return mode


def near(people: People, i: Indices, j: Indices) -> Mask:
    """Tell which of (i, j) would both meet in person and live within the smaller of the two reaches."""
    km = distance_km(people.latitude[i], people.longitude[i], people.latitude[j], people.longitude[j])
    reach = np.minimum(people.reach_km[i], people.reach_km[j])
    return np.asarray(people.in_person[i] & people.in_person[j] & (km <= reach))


def share_an_hour(people: People, i: Indices, j: Indices) -> Mask:
    """Tell which of (i, j) are both free at some hour.

    A column of `i` against a row of `j` (as from np.ix_) is looked up in a small table of the different rows of hours
    among them: whole communities are free at the same few.
    """
    if not is_table(i, j):
        return overlap(people.free[i], people.free[j])
    which, hours = people.hours
    rows, row = np.unique(which[i[:, 0]], return_inverse=True)
    columns, column = np.unique(which[j[0]], return_inverse=True)
    return np.asarray(overlap(hours[rows][:, None], hours[columns][None])[row][:, column])


def overlap(ones: Hours, others: Hours) -> Mask:
    """Tell which rows of hours have a bit in common; their words are the last dimension."""
    shared = np.zeros(np.broadcast_shapes(ones.shape, others.shape)[:-1], bool)
    for word in range(ones.shape[-1]):
        shared |= (ones[..., word] & others[..., word]) != 0
    return shared
