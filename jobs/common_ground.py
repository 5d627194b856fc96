"""Finds the phrases on which people meet: what one offers and another wants, and what both could talk about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, permutations
from typing import NamedTuple

from data.member import Member
from jobs.translate import Vectors
from web.wording import said

SEPARATORS = re.compile(r"[,;\n•|]+|\s+/\s+")
LONGEST_PHRASE = 60  # characters: what is longer is cut, so that one talker cannot fill the letter
MOST_PHRASES = 12  # of one text, likewise
NOT_FOR_OTHERS = re.compile(r"[@\\]|link left out|\d{5}", re.IGNORECASE)  # addresses and numbers to reach somebody by
ALIKE = 0.5  # two phrases with vectors this close speak of the same thing


class Bridge(NamedTuple):
    """Two phrases, one from each of two people, and how alike they are (0 to 1)."""

    likeness: float
    one: str
    other: str

    @property
    def is_the_same(self) -> bool:
        """Whether both used the same words."""
        return self.one.casefold() == self.other.casefold()


NOTHING = Bridge(-1.0, "", "")


class Phrasebook:
    """What some members offer, want and could talk about, cut into phrases, each with its vector."""

    def __init__(self, members: Sequence[Member], vectors: Vectors) -> None:
        texts = {text for member in members for text in (member.offers, member.wants, member.topics)}
        self._phrases = {text: phrases_of(text) for text in texts}
        distinct = sorted({phrase for phrases in self._phrases.values() for phrase in phrases})
        self._vectors = dict(zip(distinct, vectors(distinct), strict=True))

    def shared_topic(self, members: Sequence[Member]) -> Bridge:
        """Return the two topics of two of `members` that are most alike."""
        bridges = [self._closest(one.topics, other.topics) for one, other in combinations(members, 2)]
        return max(bridges, key=_likeness)

    def wish_met(self, members: Sequence[Member]) -> Bridge:
        """Return the offer of one and the wish of another that are most alike."""
        bridges = [self._closest(one.offers, other.wants) for one, other in permutations(members, 2)]
        return max(bridges, key=_likeness)

    def is_shared_by_all(self, members: Sequence[Member]) -> bool:
        """Whether the topics of every two of `members` meet."""
        return all(self._closest(one.topics, other.topics).likeness >= ALIKE for one, other in combinations(members, 2))

    def _closest(self, text: str, other_text: str) -> Bridge:
        pairs = [(one, other) for one in self._phrases[text] for other in self._phrases[other_text]]
        bridges = [Bridge(self._likeness(one, other), one, other) for one, other in pairs]
        return max(bridges, key=_likeness, default=NOTHING)

    def _likeness(self, one: str, other: str) -> float:
        same = one.casefold() == other.casefold()
        return 1.0 if same else float(self._vectors[one] @ self._vectors[other])


def phrases_of(text: str) -> list[str]:
    """Return the phrases of a list as people type it, one safe short line each; addresses are left out."""
    phrases = [said(part, LONGEST_PHRASE).strip(" .!") for part in SEPARATORS.split(text)[:MOST_PHRASES]]
    return [phrase for phrase in phrases if phrase and not NOT_FOR_OTHERS.search(phrase)]


def _likeness(bridge: Bridge) -> float:
    return bridge.likeness
