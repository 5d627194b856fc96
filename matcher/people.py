"""People and their past, as the matcher may know them: columns of numbers, no name, no address."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.columns import column, pairs, refuse, typed

# The columns that hold words as vectors, one row per person; a row of zeros says nothing.
WORDS = ("profession", "offers", "wants", "topics")
TYPES: dict[str, type[np.generic]] = {
    "latitude": np.float64,
    "longitude": np.float64,
    "reach_km": np.float32,
    "in_person": np.bool_,
    "by_call": np.bool_,
    "free": np.uint64,
    "trio": np.bool_,
    "waited": np.int32,
    "kept": np.float32,
} | dict.fromkeys(WORDS, np.float32)
TABLES = (*WORDS, "free")  # the columns of several numbers a person
NEVER = -1  # weeks since two met who never did
OFFLINE = -2  # in place of the weeks: two whom a call brought together and who are now near, the one welcome repeat
NEWCOMER_KEPT = 0.9  # of what newcomers accept, so much they are expected to keep
ROUNDING = 0.01  # how far from 1 a unit vector's length may be
# Vectors are kept in steps of 1/2048: their inner products then fit 24 bits, so that float32 adds them up exactly, in
# whatever order a machine likes, and the same people get the same pairs everywhere.
STEPS = 2048


@dataclass(frozen=True, eq=False)
class People:
    """Everybody in a round: arrays of one length n, copied to the types said here, never written to.

    latitude, longitude: float64 degrees, centres of cells. reach_km: float32, how far one would go.
    in_person, by_call: bool, how one would meet. free: uint64 (n, w), bit h of a row (64 a word, the lowest first) is
    set when a meeting may begin for one h hours after the round's window does. trio: bool, agrees to meet two at once.
    waited: int32, rounds left out so far. kept: float32 in (0, 1], the chance that one keeps what one accepted.
    profession, offers, wants, topics: float32 (n, d), a unit vector each (kept in steps of 1/2048), or zeros for who
    said nothing. offers and wants have the same d.
    Raises ValueError naming the column and the first bad row (counted from 0).
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    reach_km: NDArray[np.float32]
    in_person: NDArray[np.bool_]
    by_call: NDArray[np.bool_]
    free: NDArray[np.uint64]
    trio: NDArray[np.bool_]
    waited: NDArray[np.int32]
    kept: NDArray[np.float32]
    profession: NDArray[np.float32]
    offers: NDArray[np.float32]
    wants: NDArray[np.float32]
    topics: NDArray[np.float32]

    def __post_init__(self) -> None:
        for name, kind in TYPES.items():
            given = column(name, getattr(self, name), 2 if name in TABLES else 1)
            object.__setattr__(self, name, typed(_in_steps(given) if name in WORDS else given, name, kind))
        for name in TYPES:
            if len(getattr(self, name)) != len(self):
                raise ValueError(f"{name} has {len(getattr(self, name))} rows, latitude {len(self)}")
        refuse(np.abs(self.latitude) > 90, "latitude", "is outside ±90 degrees")
        refuse(np.abs(self.longitude) > 180, "longitude", "is outside ±180 degrees")
        refuse(self.reach_km < 0, "reach_km", "is negative")
        refuse(self.waited < 0, "waited", "is negative")
        refuse((self.kept <= 0) | (self.kept > 1), "kept", "is not above 0 and up to 1")
        for name in WORDS:
            length = np.linalg.norm(getattr(self, name), axis=1)
            refuse((length != 0) & (np.abs(length - 1) > ROUNDING), name, "is neither a unit vector nor zeros")
        if self.offers.shape != self.wants.shape:
            raise ValueError(f"offers has {self.offers.shape[1]} columns, wants {self.wants.shape[1]}")

    def __len__(self) -> int:
        return len(self.latitude)

    @cached_property
    def hours(self) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
        """Which row of hours each person has (n,), of all different rows there are (p, w): many have the same."""
        rows, which = np.unique(self.free, axis=0, return_inverse=True)
        return which.reshape(-1), rows


def _no_pairs() -> NDArray[np.int32]:
    return np.empty((0, 2), np.int32)


def _no_weeks() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


@dataclass(frozen=True, eq=False)
class Past:
    """Who met whom and when, and who is to be kept apart; rows name people by their place in People.

    met: int32 (m, 2), the same two may stand there more than once. weeks_ago: int32 (m,). apart: int32 (k, 2).
    welcome: int32 (k, 2), who met on a call, would both meet again, and were never offered to do it in person since.
    Raises ValueError naming the column and the first bad row (counted from 0).
    """

    met: NDArray[np.int32] = field(default_factory=_no_pairs)
    weeks_ago: NDArray[np.int32] = field(default_factory=_no_weeks)
    apart: NDArray[np.int32] = field(default_factory=_no_pairs)
    welcome: NDArray[np.int32] = field(default_factory=_no_pairs)

    def __post_init__(self) -> None:
        for name in ("met", "apart", "welcome"):
            object.__setattr__(self, name, pairs(name, getattr(self, name)))
        object.__setattr__(self, "weeks_ago", column("weeks_ago", self.weeks_ago, 1).astype(np.int32))
        if len(self.weeks_ago) != len(self.met):
            raise ValueError(f"weeks_ago has {len(self.weeks_ago)} rows, met {len(self.met)}")
        refuse(self.weeks_ago < 0, "weeks_ago", "is negative")

    def check_against(self, people: People) -> None:
        """Raise ValueError when a row names somebody who is not among `people`."""
        for name in ("met", "apart", "welcome"):
            refuse((getattr(self, name) >= len(people)).any(axis=1), name, f"names a stranger to these {len(people)}")

    @cached_property
    def last_met(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Everyone who met, once: pairs (m, 2) with the lower number first, and weeks since they last did (m,)."""
        pairs = np.sort(self.met, axis=1)
        order = np.lexsort((self.weeks_ago, pairs[:, 1], pairs[:, 0]))
        pairs, weeks = pairs[order], self.weeks_ago[order]
        first = np.append(True, (pairs[1:] != pairs[:-1]).any(axis=1))[: len(pairs)]
        return pairs[first], weeks[first]

    def weeks_since(self, rows: NDArray[np.integer], n: int) -> NDArray[np.int32]:
        """Return (len(rows), n): weeks since each of `rows` last met each of n people, NEVER when they have not."""
        pairs, weeks = self.last_met
        since = np.full((len(rows), n), NEVER, np.int32)
        at, who, which = _rows_of(pairs, rows, n)
        since[at, who] = weeks[which]
        return since

    def apart_from(self, rows: NDArray[np.integer], n: int) -> NDArray[np.bool_]:
        """Return (len(rows), n): from whom of n people each of `rows` is kept apart; everybody from themselves."""
        mask = _mask_of(self.apart, rows, n)
        mask[np.arange(len(rows)), rows] = True
        return mask

    def welcome_to(self, rows: NDArray[np.integer], n: int) -> NDArray[np.bool_]:
        """Return (len(rows), n): whom of n people each of `rows` is welcome to meet in person after a call."""
        return _mask_of(self.welcome, rows, n)


def _mask_of(pairs: NDArray[np.int32], rows: NDArray[np.integer], n: int) -> NDArray[np.bool_]:
    mask = np.zeros((len(rows), n), bool)
    at, who, _ = _rows_of(pairs, rows, n)
    mask[at, who] = True
    return mask


def _rows_of(
    pairs: NDArray[np.int32], rows: NDArray[np.integer], n: int
) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.intp]]:
    """Return, for each end of a pair that is in `rows`: its place there, who the other is, and which pair it was."""
    place = np.full(n, -1, np.intp)
    place[rows] = np.arange(len(rows))
    ends, others = np.append(pairs[:, 0], pairs[:, 1]), np.append(pairs[:, 1], pairs[:, 0])
    here = np.flatnonzero(place[ends] >= 0)
    return place[ends[here]], others[here], here % max(len(pairs), 1)


def _in_steps(words: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.asarray(np.rint(words.astype(np.float32) * STEPS) / np.float32(STEPS))
