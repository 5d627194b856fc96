"""Reads an organiser's list of people, CSV or TSV, row by row: one bad row says what is wrong and stops no other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data.search_keys import fold
from jobs.list_rows import LINE_END, SEPARATORS, is_text, one_row, rows_of
from jobs.list_text import LOST, SPREADSHEETS, UTF_8, text_of
from jobs.safe_cells import unguarded

# What organisers call their columns; the first that is there counts.
COLUMNS = {
    "name": ("first name", "given name", "forename", "name", "full name", "your name", "who"),
    "email": ("e mail", "email", "mail", "e mail address", "email address", "your e mail", "your email"),
    "title": ("job title", "title", "job", "profession", "occupation", "role", "position", "work", "what do you do"),
    "location": ("location", "place", "city", "town", "where", "where do you live", "city state country", "home"),
}


class UnreadableList(Exception):
    """The list cannot be read: it is a CSV or TSV file whose first line names its columns."""


@dataclass(frozen=True)
class Row:
    """One row: where it stands, its cells as they were, and what is wrong with it, if anything."""

    line: int
    cells: list[str]
    name: str = ""
    email: str = ""
    title: str = ""
    location: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class PeopleList:
    """All rows of a file, under the columns its first line names."""

    columns: list[str]
    separator: str
    rows: list[Row]
    encoding: str = UTF_8  # in which it was saved


def read_people(path: Path) -> PeopleList:
    """Return the rows of a file. Raises UnreadableList when its first line names too little, OSError when it is away."""
    return read_list(path.name, path.read_bytes())


def read_list(name: str, content: bytes) -> PeopleList:
    """Return the rows of a list that goes by a name. Raises UnreadableList when its first line names too little."""
    if content.startswith(SPREADSHEETS):
        raise UnreadableList(f"{name} is a spreadsheet. In your program, save it as CSV, and take that file.")
    text, encoding = text_of(content)
    lines = LINE_END.split(text)
    header = next((number for number, line in enumerate(lines) if line.strip()), None)
    if header is None or not is_text(lines[header]):
        raise UnreadableList(f"{name} is empty, or is not text: save it as CSV in UTF-8.")
    separator = max(SEPARATORS, key=lines[header].count)
    columns, _ = one_row([lines[header]], separator, 0)
    wanted = _wanted(name, columns)
    cells = rows_of(lines, header + 1, separator, len(columns))
    return PeopleList(columns, separator, [_row(line, found, wanted, len(columns)) for line, found in cells], encoding)


def _wanted(name: str, columns: list[str]) -> dict[str, int]:
    """Return where each of the four columns is."""
    keys = [fold(column) for column in columns]
    found = {one: next((keys.index(name) for name in names if name in keys), None) for one, names in COLUMNS.items()}
    missing = [one for one, number in found.items() if number is None]
    if missing:
        raise UnreadableList(
            f"The first line of {name} names the columns: name, e-mail, job title and location. "
            f"There is none for {' and '.join('e-mail' if one == 'email' else one for one in missing)}."
        )
    return {one: number for one, number in found.items() if number is not None}


def _row(line: int, cells: list[str], wanted: dict[str, int], width: int) -> Row:
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return Row(
            line, cells, wrong=f"it has {len(cells)} cells, the first line names {width}; put quotes round a cell"
        )
    if len(cells) <= max(wanted.values()):
        return Row(line, cells, wrong=f"it has {len(cells)} cells, the first line names {width}")
    if not all(is_text(cell) for cell in cells):
        return Row(line, cells, wrong="it is not text in UTF-8")
    if any(LOST in cell for cell in cells):
        return Row(line, cells, wrong="it has letters that were lost when it was saved; type them again")
    return Row(line, cells, **{one: unguarded(cells[number]) for one, number in wanted.items()})
