"""What speaks for a meeting of two: one small symmetric function each, between 0 and 1.

Those about what people said are 0 when either said nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from matcher.geography import distance_km
from matcher.people import People

Floats = NDArray[np.float64]
Indices = NDArray[np.integer]

# Likeness of two professions that is worth most: some common ground, no rivalry (FIELD R1, R3, R4).
BEST_LIKENESS = 0.45
BAND = 0.25
# A wish met one way only still counts a little (FIELD R12: the geometric mean joins the two ways).
ONE_WAY = 0.1
NEAR_KM = 15.0  # at this distance nearness has fallen to a third


def profession(people: People, i: Indices, j: Indices) -> Floats:
    """Alike enough for common ground, not so alike as to be rivals: a band round BEST_LIKENESS."""
    alike = likeness(people.profession, people.profession, i, j)
    both = _said(people.profession)[i] & _said(people.profession)[j]
    return np.asarray(np.where(both, np.exp(-(((alike - BEST_LIKENESS) / BAND) ** 2)), 0.0))


def offers_meet_wants(people: People, i: Indices, j: Indices) -> Floats:
    """What each offers is what the other wants: the geometric mean of both ways."""
    there = likeness(people.offers, people.wants, i, j)
    back = likeness(people.wants, people.offers, i, j)
    return np.asarray(np.sqrt((there + ONE_WAY) * (back + ONE_WAY)) - ONE_WAY)


def shared_topics(people: People, i: Indices, j: Indices) -> Floats:
    """Both could talk for an hour about the same things."""
    return likeness(people.topics, people.topics, i, j)


def nearness(people: People, i: Indices, j: Indices) -> Floats:
    """Live near each other, and both would meet in person."""
    km = distance_km(people.latitude[i], people.longitude[i], people.latitude[j], people.longitude[j])
    return np.asarray(np.where(people.in_person[i] & people.in_person[j], np.exp(-km / NEAR_KM), 0.0))


def both_keep(people: People, i: Indices, j: Indices) -> Floats:
    """Both keep what they accept: the chance that neither stays away. Products of two float32 are exact in float64."""
    return np.asarray(people.kept[i].astype(np.float64) * people.kept[j])


FEATURES: dict[str, Callable[[People, Indices, Indices], Floats]] = {
    "profession": profession,
    "offers_meet_wants": offers_meet_wants,
    "shared_topics": shared_topics,
    "nearness": nearness,
    "both_keep": both_keep,
}


def likeness(ones: NDArray[np.float32], others: NDArray[np.float32], i: Indices, j: Indices) -> Floats:
    """Return the inner products of rows `i` of `ones` and rows `j` of `others`, between 0 and 1, as float64.

    A column of `i` against a row of `j` (as from np.ix_) is one product of matrices: that is what makes it affordable
    to look at all pairs of a city. Exact either way, see matcher.people.STEPS.
    """
    table = is_table(i, j)
    products = ones[i[:, 0]] @ others[j[0]].T if table else np.einsum("...d,...d->...", ones[i], others[j])
    return np.asarray(np.clip(products, 0.0, 1.0), np.float64)


def is_table(i: Indices, j: Indices) -> bool:
    """Tell a column of `i` against a row of `j` from a list of pairs."""
    return i.ndim == 2 and i.shape[1] == 1 and j.ndim == 2 and j.shape[0] == 1


def _said(words: NDArray[np.float32]) -> NDArray[np.bool_]:
    return np.asarray(words.any(axis=1))
