"""Which of the pairs that a round makes need not have met again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from data.match import Match
from data.past_pairs import PastPair
from jobs.known import Known
from jobs.translate import FORGET_AFTER, people_of
from matcher.people import People
from matcher.rules import NO_WAY, best_mode


def needless(known: Known, matches: Sequence[Match], monday: date) -> int:
    """Count the pairs that meet again although each of the two could have met a stranger who was there.

    Who has met everybody in reach meets somebody again, and a good call taken offline is welcome. Two who were brought
    together in the last weeks and did not meet are no strangers yet: they may try again later.
    """
    met = {_both(pair) for pair in known.pairs if pair.met and not (pair.mode == "call" and pair.both_again)}
    again = met & {frozenset(seat.member_id for seat in match.seats) for match in matches}
    if not again:
        return 0
    tried = {_both(pair) for pair in known.pairs if monday - pair.monday <= timedelta(weeks=FORGET_AFTER)}
    people = people_of(known.available, known.span.window, known.vectors)
    strangers = [[_strangers_of(number, met | tried, known, people) for number in pair] for pair in again]
    # Where one stranger is all that both have, one of the two would be left over.
    return sum(bool(ones) and bool(others) and len(ones | others) > 1 for ones, others in strangers)


def _both(pair: PastPair) -> frozenset[int]:
    return frozenset((pair.one_id, pair.other_id))


def _strangers_of(number: int, known_to: set[frozenset[int]], known: Known, people: People) -> set[int]:
    numbers = np.array([one.member.id for one in known.available])
    row, everybody = np.flatnonzero(numbers == number), np.arange(len(numbers))
    could_meet = numbers[best_mode(people, np.repeat(row, len(numbers)), everybody) != NO_WAY].tolist()
    return {other for other in could_meet if other != number and frozenset((number, other)) not in known_to}
