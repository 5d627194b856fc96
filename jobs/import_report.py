"""Tells an organiser what became of the rows of a list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jobs.people_verdicts import Kind, Verdict

SHOWN = 10  # of each kind; the file of unresolved rows has them all
MEANINGS: dict[Kind, str] = {
    "resolved": "place and occupation are clear",
    "kept as typed": "the place is clear; the job title stays in their own words",
    "ambiguous": "the location may mean one of several places: not signed up",
    "unresolved": "the location names no town of the list: not signed up",
    "broken": "the row cannot be used: not signed up",
    "duplicate": "the address is further up in the list: not signed up twice",
    "member": "the address is a member's already: left as it is",
}


def report_lines(verdicts: list[Verdict]) -> Iterator[str]:
    """Yield the counts of each kind, then the first few rows of each that somebody may want to look at."""
    counts = Counter(verdict.kind for verdict in verdicts)
    yield f"{len(verdicts):,} rows:"
    for kind, meaning in MEANINGS.items():
        yield f"{counts[kind]:8,} {kind}: {meaning}"
    for kind in MEANINGS:
        some = [verdict for verdict in verdicts if verdict.kind == kind]
        if kind == "resolved" or not some:
            continue
        yield ""
        yield f"{kind.capitalize()}{f', the first {SHOWN}' if len(some) > SHOWN else ''}:"
        yield from (f"  line {verdict.row.line}: {told(verdict)}" for verdict in some[:SHOWN])


def told(verdict: Verdict) -> str:
    """Return what is to be said of one row."""
    typed = ""
    if verdict.person and verdict.kind not in {"duplicate", "member"}:
        typed = verdict.person.title if verdict.kind == "kept as typed" else verdict.person.location
    candidates = f" ({'; '.join(verdict.candidates[:5])}?)" if verdict.candidates else ""
    return f'"{typed}": {verdict.why}{candidates}' if typed else f"{verdict.why}{candidates}"
