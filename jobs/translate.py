"""Translates between members and the matcher's columns of numbers: the one place that knows both."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from data.availability import Available
from data.free_hours import Window
from data.member import Member
from data.past_pairs import PastPair
from data.trained_model import TrainedModel
from matcher.people import NEWCOMER_KEPT, Past, People
from matcher.value import PRIOR, Lessons, ValueModel, lessons_of

Vectors = Callable[[list[str]], NDArray[np.float32]]
Named = TypeVar("Named")

# Two who were brought together and did not meet may try again after this many weeks.
FORGET_AFTER = 8
ALL_NEWCOMERS: Mapping[int, float] = MappingProxyType({})


def people_of(
    available: Sequence[Available], window: Window, vectors: Vectors, kept: Mapping[int, float] = ALL_NEWCOMERS
) -> People:
    """Return what the matcher may know of those available, row by row.

    Args:
        available: who may be paired, where and when; each has a position.
        window: what the bits of their free hours stand for.
        vectors: turns n texts into float32 (n, d) unit rows, zeros for a text that says nothing.
        kept: by member, the chance that they keep what they accept; whoever is not named is as good as a newcomer.
    """
    members = [one.member for one in available]
    return replace(
        described(members, vectors),
        latitude=np.array([one.stay.latitude for one in available], np.float64),
        longitude=np.array([one.stay.longitude for one in available], np.float64),
        free=words_of_bits([one.free for one in available], window.hours),
        kept=np.array([kept.get(member.id, NEWCOMER_KEPT) for member in members], np.float32),
    )


def described(members: Sequence[Member], vectors: Vectors) -> People:
    """Return members as they described themselves: at home, with no free hour yet, and keeping what newcomers keep."""
    return People(
        latitude=np.array([member.latitude or 0.0 for member in members], np.float64),
        longitude=np.array([member.longitude or 0.0 for member in members], np.float64),
        reach_km=np.array([member.reach_km for member in members], np.float32),
        in_person=np.array([member.meets != "call" for member in members], np.bool_),
        by_call=np.array([member.meets != "in_person" for member in members], np.bool_),
        free=np.zeros((len(members), 1), np.uint64),
        trio=np.array([member.trio_ok for member in members], np.bool_),
        waited=np.array([member.times_left_out for member in members], np.int32),
        kept=np.full(len(members), NEWCOMER_KEPT, np.float32),
        profession=_vectors([member.profession for member in members], vectors),
        offers=_vectors([member.offers for member in members], vectors),
        wants=_vectors([member.wants for member in members], vectors),
        topics=_vectors([member.topics for member in members], vectors),
    )


def words_of_bits(numbers: Sequence[int], bits: int) -> NDArray[np.uint64]:
    """Return whole numbers of up to `bits` bits as rows of 64-bit words, the lowest bits first: uint64 (n, w)."""
    width = max(1, -(-bits // 64))
    rows = b"".join(number.to_bytes(width * 8, "little") for number in numbers)
    return np.frombuffer(rows, "<u8").reshape(len(numbers), width).astype(np.uint64)


def past_of(
    members: Sequence[Member], pairs: Iterable[PastPair], apart: Iterable[tuple[int, int]], monday: date
) -> Past:
    """Return who of `members` met whom, and who is to be kept apart, by their row.

    Two who were brought together in this very week are kept apart: a second try in one round is no try.
    Two who did not meet count as if they had for FORGET_AFTER weeks. Pairs are given the oldest first.
    """
    rows = {member.id: row for row, member in enumerate(members)}
    here = [pair for pair in pairs if pair.one_id in rows and pair.other_id in rows]
    ago = {pair: (monday - pair.monday).days // 7 for pair in here}
    met = [pair for pair in here if ago[pair] > 0 and (pair.met or ago[pair] <= FORGET_AFTER)]
    this_week = [(pair.one_id, pair.other_id) for pair in here if ago[pair] <= 0]
    never = [(one, other) for one, other in [*apart, *this_week] if one in rows and other in rows]
    return Past(
        met=_pairs([(rows[pair.one_id], rows[pair.other_id]) for pair in met]),
        weeks_ago=np.array([ago[pair] for pair in met], np.int32),
        apart=_pairs([(rows[one], rows[other]) for one, other in never]),
        welcome=_pairs([(rows[one], rows[other]) for one, other in _welcome(here)]),
    )


def _welcome(pairs: Iterable[PastPair]) -> list[tuple[int, int]]:
    """Return who met on a call, would both meet again, and have not met in person, nor been asked to since."""
    welcome: set[tuple[int, int]] = set()
    met_in_person: set[tuple[int, int]] = set()
    for pair in pairs:
        both = (pair.one_id, pair.other_id)
        if pair.mode == "call" and pair.both_again:
            welcome.add(both)
        elif pair.mode == "in_person":
            welcome.discard(both)
            met_in_person |= {both} if pair.met else set()
    return sorted(welcome - met_in_person)


def model_of(trained: TrainedModel | None) -> ValueModel:
    """Return the value model with the weights learned last; the prior, when there are none that still fit."""
    if trained is None or set(trained.weights) != set(PRIOR):
        return ValueModel()
    return ValueModel(trained.weights)


def lessons_from(pairs: Sequence[PastPair], members: Sequence[Member], monday: date, vectors: Vectors) -> Lessons:
    """Return what past pairs of `members` teach: those in which somebody said how it was."""
    rows = {member.id: row for row, member in enumerate(members)}
    told = [pair for pair in pairs if pair.enjoyed is not None and {pair.one_id, pair.other_id} <= rows.keys()]
    return lessons_of(
        described(members, vectors),
        _pairs([(rows[pair.one_id], rows[pair.other_id]) for pair in told]),
        np.array([bool(pair.enjoyed) for pair in told], np.bool_),
        np.array([(monday - pair.monday).days // 7 for pair in told], np.int32),
    )


def named(rows: NDArray[np.int32], members: Sequence[Named]) -> list[list[Named]]:
    """Return the members behind rows of a pairing, group by group."""
    return [[members[row] for row in group] for group in rows]


def _vectors(texts: list[str], vectors: Vectors) -> NDArray[np.float32]:
    """Many people share a profession: each text is read once."""
    distinct = sorted(set(texts))
    place = {text: row for row, text in enumerate(distinct)}
    return vectors(distinct)[[place[text] for text in texts]]


def _pairs(pairs: list[tuple[int, int]]) -> NDArray[np.int32]:
    return np.array(pairs, np.int32).reshape(-1, 2)
