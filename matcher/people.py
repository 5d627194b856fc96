"""People and their past, as the matcher may know them: columns of numbers, no name, no address."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

# The columns that hold words as vectors, one row per person; a row of zeros says nothing.
WORDS = ("profession", "offers", "wants", "topics")
TYPES: dict[str, type[np.generic]] = {
    "latitude": np.float64,
    "longitude": np.float64,
    "reach_km": np.float32,
    "in_person": np.bool_,
    "by_call": np.bool_,
    "awake": np.uint32,
    "trio": np.bool_,
    "waited": np.int32,
} | dict.fromkeys(WORDS, np.float32)
LONGEST_ROW = 1.01  # a unit vector, with some room for rounding


@dataclass(frozen=True, eq=False)
class People:
    """Everybody in a round: arrays of one length n, copied to the types said here, never written to.

    latitude, longitude: float64 degrees, centres of cells. reach_km: float32, how far one would go.
    in_person, by_call: bool, how one would meet. awake: uint32, bit h is set when one is awake in UTC hour h of this
    week's days. trio: bool, agrees to meet two at once. waited: int32, rounds left out so far.
    profession, offers, wants, topics: float32 (n, d), a unit vector each, or zeros for who said nothing.
    Raises ValueError naming the column and the first bad row (counted from 0).
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    reach_km: NDArray[np.float32]
    in_person: NDArray[np.bool_]
    by_call: NDArray[np.bool_]
    awake: NDArray[np.uint32]
    trio: NDArray[np.bool_]
    waited: NDArray[np.int32]
    profession: NDArray[np.float32]
    offers: NDArray[np.float32]
    wants: NDArray[np.float32]
    topics: NDArray[np.float32]

    def __post_init__(self) -> None:
        for column in fields(self):
            dimensions = 2 if column.name in WORDS else 1
            given = _column(column.name, getattr(self, column.name), dimensions)
            object.__setattr__(self, column.name, _typed(given, column.name))
        for column in fields(self):
            if len(getattr(self, column.name)) != len(self):
                raise ValueError(f"{column.name} has {len(getattr(self, column.name))} rows, latitude {len(self)}")
        _refuse(np.abs(self.latitude) > 90, "latitude", "is outside ±90 degrees")
        _refuse(np.abs(self.longitude) > 180, "longitude", "is outside ±180 degrees")
        _refuse(self.reach_km < 0, "reach_km", "is negative")
        _refuse(self.awake >= 1 << 24, "awake", "names an hour after 23")
        _refuse(self.waited < 0, "waited", "is negative")
        for name in WORDS:
            too_long = np.linalg.norm(getattr(self, name), axis=1) > LONGEST_ROW
            _refuse(too_long, name, "is longer than a unit vector")

    def __len__(self) -> int:
        return len(self.latitude)


def _no_pairs() -> NDArray[np.int32]:
    return np.empty((0, 2), np.int32)


def _no_weeks() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


@dataclass(frozen=True, eq=False)
class Past:
    """Who met whom and when, and who is to be kept apart; rows name people by their place in People.

    met: int32 (m, 2), the same two may stand there more than once. weeks_ago: int32 (m,). apart: int32 (k, 2).
    Raises ValueError naming the column and the first bad row (counted from 0).
    """

    met: NDArray[np.int32] = field(default_factory=_no_pairs)
    weeks_ago: NDArray[np.int32] = field(default_factory=_no_weeks)
    apart: NDArray[np.int32] = field(default_factory=_no_pairs)

    def __post_init__(self) -> None:
        for name, dimensions in (("met", 2), ("weeks_ago", 1), ("apart", 2)):
            given = np.asarray(getattr(self, name))
            shaped = given.reshape(0, 2) if dimensions == 2 and given.size == 0 else given
            checked = _column(name, shaped, dimensions).astype(np.int32)
            object.__setattr__(self, name, checked)
            if dimensions == 2:
                _check_pairs(checked, name)
        if len(self.weeks_ago) != len(self.met):
            raise ValueError(f"weeks_ago has {len(self.weeks_ago)} rows, met {len(self.met)}")
        _refuse(self.weeks_ago < 0, "weeks_ago", "is negative")

    def check_against(self, people: People) -> None:
        """Raise ValueError when a row names somebody who is not among `people`."""
        for name in ("met", "apart"):
            _refuse((getattr(self, name) >= len(people)).any(axis=1), name, f"names a stranger to these {len(people)}")


def _column(name: str, given: Any, dimensions: int) -> NDArray[Any]:
    array = np.asarray(given)
    if array.ndim != dimensions:
        raise ValueError(f"{name} has {array.ndim} dimensions, not {dimensions}")
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} holds {array.dtype}, not numbers")
    finite = np.isfinite(array).reshape(len(array), -1).all(axis=1) if array.size else np.ones(len(array), bool)
    _refuse(~finite, name, "is not a finite number")
    return array


def _typed(array: NDArray[Any], name: str) -> NDArray[Any]:
    typed = array.astype(TYPES[name])
    if array.dtype.kind != "f" or typed.dtype.kind != "f":
        _refuse(np.asarray(typed != array), name, f"does not fit {typed.dtype}")
    typed.flags.writeable = False
    return typed


def _check_pairs(pairs: NDArray[np.int32], name: str) -> None:
    if pairs.shape[1] != 2:
        raise ValueError(f"{name} has {pairs.shape[1]} columns, not 2")
    _refuse((pairs < 0).any(axis=1), name, "is negative")
    _refuse(pairs[:, 0] == pairs[:, 1], name, "names one person twice")


def _refuse(bad: NDArray[np.bool_], name: str, why: str) -> None:
    if bad.any():
        raise ValueError(f"{name}, row {int(np.argmax(bad))}: {why}")
