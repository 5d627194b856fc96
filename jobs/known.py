"""What a pairing is decided from, and what came of it: the two sides of every decision of the jobs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from data.availability import Available, Span
from data.member import Member
from data.past_pairs import PastPair
from data.trained_model import TrainedModel
from jobs.meeting_place import Places
from jobs.translate import Vectors


@dataclass(frozen=True, eq=False)
class Known:
    """Everything a pairing is decided from."""

    available: list[Available]
    span: Span
    pairs: list[PastPair]
    apart: list[tuple[int, int]]
    kept: dict[int, float]  # the chance that each member keeps what they accept
    trained: TrainedModel | None
    places: Places
    used: Counter[int]  # how many matches of the round each venue was offered first
    vectors: Vectors


class Group(NamedTuple):
    """People who are to meet, and why, as the matcher says it."""

    people: list[Available]
    mode: int
    value: float
    reason: str
    weeks_ago: int


@dataclass(frozen=True, eq=False)
class Decided:
    """Who meets whom, who is left over, the pairing's figures, and what was wished and cannot be."""

    groups: list[Group]
    left_over: list[Member]
    figures: dict[str, float]
    refused: list[list[int]] = field(default_factory=list)
