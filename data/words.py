"""Turns any text into a vector, so that two professions that share no word can still be alike."""

from __future__ import annotations

import lzma
import re
import unicodedata
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

REFERENCE = Path(__file__).parent / "reference"
NUMBERS = 128
LONGEST_WORD = 100
WORDS = re.compile(r"[^\W_]+|[^\w\s]|_")
Vectors = NDArray[np.float32]


class Words:
    """A vector for each of 30,522 word pieces; a text is the sum of its pieces, less what all titles share."""

    def __init__(self, pieces: list[str], table: NDArray[np.int8], mean: Vectors) -> None:
        self.numbers = {piece: number for number, piece in enumerate(pieces)}
        self.table = table
        self.mean = mean

    @staticmethod
    @cache
    def load() -> Words:
        """Return the shipped words; they are read once, when they are first needed."""
        pieces = (REFERENCE / "word_pieces.txt").read_text(encoding="utf-8").splitlines()
        with lzma.open(REFERENCE / "word_pieces.npy.xz") as file:
            table = np.load(file)
        return Words(pieces, table, np.load(REFERENCE / "word_mean.npy"))

    def vectors(self, texts: list[str]) -> Vectors:
        """Return a unit row of 128 numbers (float32) for each text; a row of zeros for a text without words."""
        rows = np.zeros((len(texts), NUMBERS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            numbers = self.pieces(text)
            if numbers:
                row[:] = _unit(_unit(self.table[numbers].sum(0, dtype=np.float32)) - self.mean)
        return rows

    def pieces(self, text: str) -> list[int]:
        """Return the numbers of the pieces of a text, the longest piece first (greedy WordPiece, as BERT uncased)."""
        apart = unicodedata.normalize("NFD", text.lower())
        bare = "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")
        return [number for word in WORDS.findall(bare) for number in self._split(word)]

    def _split(self, word: str) -> list[int]:
        """Return the pieces of one word; nothing when it cannot be made of known pieces."""
        found: list[int] = []
        start = 0
        while start < len(word) <= LONGEST_WORD:
            mark = "##" if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if mark + word[start:end] in self.numbers), None)
            if end is None:
                return []
            found.append(self.numbers[mark + word[start:end]])
            start = end
        return found


def _unit(row: Vectors) -> Vectors:
    length = np.linalg.norm(row)
    return row / length if length else row
