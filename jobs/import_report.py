"""Tells an organiser what became of the rows of a list."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from jobs.list_text import UTF_8
from jobs.people_list import PeopleList
from jobs.people_verdicts import SIGNED_UP, Kind, Verdict

SHOWN = 10  # of each kind; the file of unresolved rows has them all
MEANINGS: dict[Kind, str] = {
    "resolved": "place and occupation are clear",
    "kept as typed": "the place is clear; the job title stays in their own words",
    "ambiguous": "the location may mean one of several places: not signed up",
    "unresolved": "the location names no town of the list: not signed up",
    "broken": "the row cannot be used: not signed up",
    "duplicate": "the address is further up in the list: not signed up twice",
    "member": "the address is a member's already: left as it is",
    "barred": "an organiser has sent them away: not signed up",
}
WHY = "why"  # the column that says what kept a row


def line_of(name: str, verdicts: list[Verdict], mode: str) -> str:
    """Return in one line how many of a list were signed up, or would be."""
    counts = f"{name}: {sum(one.kind in SIGNED_UP for one in verdicts):,} of {len(verdicts):,} people"
    return f"{counts} would be signed up; nothing was written" if mode == "dry_run" else f"{counts} signed up"


def left_of(verdicts: list[Verdict]) -> list[Verdict]:
    """Return the verdicts on rows that are no member's, for a file of their own."""
    return [verdict for verdict in verdicts if verdict.kind not in {*SIGNED_UP, "member"}]


def unresolved_file(people: PeopleList, left: list[Verdict]) -> bytes:
    """Return the rows that were not used, as they were, as a file; the first column says why.

    A mark at the start lets spreadsheets read the accents; cells that were not text go back as they came.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=people.separator)
    again = int(people.columns[0] == WHY)  # a file of this kind that was mended
    writer.writerow([WHY, *people.columns[again:]])
    writer.writerows([f"line {one.row.line}: {told(one)}", *one.row.cells[again:]] for one in left)
    return text.getvalue().encode("utf-8-sig", errors="surrogateescape")


def report_lines(verdicts: list[Verdict], encoding: str = UTF_8) -> Iterator[str]:
    """Yield how the list was read, if not as usual, and the counts of each kind, then the first few rows of each that somebody may want to look at, those to mend first."""
    counts = Counter(verdict.kind for verdict in verdicts)
    if encoding != UTF_8:
        yield f"The list was read as {encoding}."
    yield f"{len(verdicts):,} rows:"
    for kind, meaning in MEANINGS.items():
        yield f"{counts[kind]:8,} {kind}: {meaning}"
    for kind in sorted(MEANINGS, key=lambda kind: kind in SIGNED_UP):
        some = [verdict for verdict in verdicts if verdict.kind == kind]
        if kind == "resolved" or not some:
            continue
        yield ""
        yield f"{kind.capitalize()}{f', the first {SHOWN}' if len(some) > SHOWN else ''}:"
        yield from (f"  line {verdict.row.line}: {told(verdict)}" for verdict in some[:SHOWN])


def told(verdict: Verdict) -> str:
    """Return what is to be said of one row."""
    typed = ""
    if verdict.person and verdict.kind not in {"duplicate", "member", "barred"}:
        typed = verdict.person.title if verdict.kind == "kept as typed" else verdict.person.location
    candidates = f" ({'; '.join(verdict.candidates[:5])}?)" if verdict.candidates else ""
    return f'"{typed}": {verdict.why}{candidates}' if typed else f"{verdict.why}{candidates}"
