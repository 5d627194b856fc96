"""Takes a list in CSV or TSV apart, row by row: a quote that nobody closes spoils no other row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO

LINE_END = re.compile(r"\r\n|\r|\n")
SEPARATORS = "\t,;"
LONGEST_CELL = 5  # lines of text in one pair of quotes; beyond it the quote is a mark for inches


def rows_of(lines: list[str], start: int, separator: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the number of the line on which each row begins, from 1, and its cells; empty lines are no rows.

    A cell in quotes may go on over a few lines. A quote that nothing closes is a letter like any other.
    """
    number = start
    while number < len(lines):
        cells, used = one_row(lines[number : number + LONGEST_CELL], separator, width)
        if any(cell.strip() for cell in cells):
            yield number + 1, cells
        number += used


def one_row(lines: list[str], separator: str, width: int) -> tuple[list[str], int]:
    """Return the cells of the row that begins on the first of some lines, and how many lines it takes."""
    for used in range(1, len(lines) + 1):
        text = "\n".join(lines[:used])
        if text.count('"') % 2 == 0:
            with suppress(csv.Error):  # a cell longer than any text of people
                row = next(csv.reader(StringIO(text, newline=""), delimiter=separator), [])
                if used == 1 or len(row) == width:
                    return row, used
    return lines[0].split(separator), 1


def is_text(text: str) -> bool:
    """Whether a text can be stored and read: without zeros and without bytes that were no UTF-8."""
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
