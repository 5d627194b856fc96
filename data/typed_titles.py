"""What a job title means as people type it: "Sr. software engineer", "Director, program management"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.occupations import Occupation, OccupationTitle, TitleMeaning
from data.reference_files import read_rows
from data.spelling import one_slip_apart
from data.title_readings import TitleWords, readings, says_something, words_of
from data.words import NUMBERS, Vectors, Words

NEIGHBOURS = 25
SHARPNESS = 8  # the power of likeness with which a neighbour votes: the nearest few decide
LEAST_LIKENESS = 0.6  # of the nearest title; below it the words were hardly understood
LEAST_SHARE = 0.3  # of the votes; measured: from here on at least every second reader would agree
CLEARLY = 0.1  # how much likelier the first candidate must be than the second
SPELT_WRONG = 7  # letters; shorter words are too often names or abbreviations
FEW = 8  # a title of more occupations than this says too little to choose by likeness
PARTS_OF_NAME = re.compile(r", (?:and )?| and |/")  # "Treasurers and Controllers"


@dataclass(frozen=True)
class TitleAnswer:
    """The occupation a title names; when it is not sure, none, but the likeliest; and why, in words."""

    found: Occupation | None
    candidates: list[Occupation] = field(default_factory=list)
    why: str = ""


class TypedTitles:
    """All titles of the list, kept at hand to read many typed titles one after the other."""

    def __init__(self, session: Session, words: Words) -> None:
        self.words = words
        self.occupations = {one.code: one for one in session.scalars(select(Occupation))}
        usual = ((words_of(row["title"]), row["occupation"]) for row in read_rows("usual_meanings.tsv"))
        self.usual = {way: code for way, code in usual if code in self.occupations}
        self.meanings: dict[TitleWords, set[str]] = defaultdict(set)
        for title, code in session.execute(
            select(OccupationTitle.title, TitleMeaning.occupation_code).join(TitleMeaning)
        ):
            self.meanings[words_of(title)].add(code)
            self.meanings[words_of(title.partition("(")[0])].add(code)

    def resolve(self, text: str) -> TitleAnswer:
        """Return the occupation a typed title names: by the first reading the list knows, else by its neighbours."""
        ways = [self._corrected(way) for way in readings(text)]
        for way in ways:
            if way in self.usual:
                return self._found(self.usual[way], f"{_said(way)} usually means this")
            if way in self.meanings and says_something(way):
                return self._of_several(way, sorted(self.meanings[way]))
        telling = [way for way in ways if says_something(way)]
        if not telling:
            return TitleAnswer(None, [], "it names a rank, not a profession")
        nearest = self._nearest(telling[-1])
        return nearest if nearest.found else self._shortened(telling) or nearest

    def _corrected(self, way: TitleWords) -> TitleWords:
        """Replace words that are no words, as "attotney", by the one word of a title that is a slip away."""
        real = (self.vocabulary, self.words.numbers)
        unknown = {word for word in way if len(word) >= SPELT_WRONG and not any(word in words for words in real)}
        slips = {word: [known for known in self.vocabulary if one_slip_apart(word, known)] for word in unknown}
        return frozenset(slips[word][0] if len(slips.get(word, [])) == 1 else word for word in way)

    def _found(self, code: str, why: str) -> TitleAnswer:
        return TitleAnswer(self.occupations[code], [], why)

    def _of_several(self, way: TitleWords, codes: list[str]) -> TitleAnswer:
        """Choose among the occupations of one title: the one named like it, or the one clearly likest to it."""
        if len(codes) == 1:
            return self._found(codes[0], f"{_said(way)} is one of its titles")
        named = [code for code in codes if way in self.names[code]]
        if len(named) == 1:
            return self._found(named[0], f"of {len(codes)} occupations titled {_said(way)}, this is named so")
        likeness = self._likeness(way, codes)
        best, second, *_ = ranked = sorted(codes, key=likeness.__getitem__, reverse=True)
        if len(codes) <= FEW and likeness[best] - likeness[second] >= CLEARLY:
            return self._found(best, f"the likest of {len(codes)} occupations titled {_said(way)}")
        others = [code for code in codes if self.occupations[code].title.endswith(", All Other")]
        if len(others) == 1:
            return self._found(others[0], f"of {len(codes)} occupations titled {_said(way)}, this one is for the rest")
        return self._unsure(ranked, f"{len(codes)} occupations are titled {_said(way)}")

    def _nearest(self, way: TitleWords) -> TitleAnswer:
        """Let the nearest titles vote by how near they are; a title that names many occupations counts less for each."""
        titles, vectors = self._vectors
        likeness = vectors @ self._vector(way)
        votes: Counter[str] = Counter()
        for number in np.argpartition(-likeness, min(NEIGHBOURS, len(titles) - 1))[:NEIGHBOURS]:
            codes = self.meanings[titles[number]]
            for code in codes:
                votes[code] += max(0.0, float(likeness[number])) ** SHARPNESS / len(codes) ** 0.5
        nearest = titles[int(likeness.argmax())]
        ranked = [code for code, _ in votes.most_common()]
        if likeness.max() >= LEAST_LIKENESS and votes[ranked[0]] >= LEAST_SHARE * votes.total():
            return self._found(ranked[0], f"the nearest title is {_said(nearest)}")
        return self._unsure(ranked, "no title is near enough")

    def _shortened(self, ways: list[TitleWords]) -> TitleAnswer | None:
        """Return what a title usually means but for one word: "internal communications manager"."""
        for way in ways:
            shorter = [
                words for words in (way - {word} for word in sorted(way)) if words in self.usual and len(words) > 1
            ]
            if len({self.usual[words] for words in shorter}) == 1:
                return self._found(self.usual[shorter[0]], f"it is a kind of {_said(shorter[0])}")
        return None

    def _unsure(self, codes: list[str], why: str) -> TitleAnswer:
        return TitleAnswer(None, [self.occupations[code] for code in codes[:5]], why)

    def _likeness(self, way: TitleWords, codes: list[str]) -> dict[str, float]:
        """Return how like a title is to each occupation: to the likest part of its name, and half to all its titles."""
        vector = self._vector(way)
        by_name = {code: max(float(self._vector(name) @ vector) for name in self.names[code]) for code in codes}
        return {code: by_name[code] + 0.5 * float(self._centres[code] @ vector) for code in codes}

    def _vector(self, way: TitleWords) -> Vectors:
        vector: Vectors = self.words.vectors([" ".join(sorted(way))])[0]
        return vector

    @cached_property
    def vocabulary(self) -> set[str]:
        """Every word of every title."""
        return {word for title in self.meanings for word in title}

    @cached_property
    def names(self) -> dict[str, set[TitleWords]]:
        """The name of each occupation and its parts, as words."""
        titles = {code: [one.title, *PARTS_OF_NAME.split(one.title)] for code, one in self.occupations.items()}
        return {code: {words_of(part) for part in parts if part} for code, parts in titles.items()}

    @cached_property
    def _vectors(self) -> tuple[list[TitleWords], Vectors]:
        titles = list(self.meanings)
        return titles, self.words.vectors([" ".join(sorted(title)) for title in titles])

    @cached_property
    def _centres(self) -> dict[str, Vectors]:
        """The mean direction of all titles of each occupation."""
        sums: dict[str, Vectors] = defaultdict(lambda: np.zeros(NUMBERS, np.float32))
        for title, vector in zip(*self._vectors, strict=True):
            for code in self.meanings[title]:
                sums[code] += vector
        return {code: total / np.linalg.norm(total) for code, total in sums.items()}


def _said(way: TitleWords) -> str:
    return f'"{" ".join(sorted(way))}"'
