"""Tells an operator what became of a file of venues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from jobs.found_venues import LeftOut
from jobs.known_venues import KnownVenues


def report_lines(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Yield each broken row with its place in the file and why, then how many others are no venues for us, by reason."""
    broken = [one for one in left_out if one.broken]
    if broken:
        yield "Broken:"
        yield from (f"  {one.where}: {one.why}" for one in broken)
    unfit = Counter(one.why for one in left_out if not one.broken)
    if unfit:
        yield "Left out:"
        yield from (f"{count:8,}: {why}" for why, count in unfit.most_common())


def in_sum(name: str, known: KnownVenues, left_out: Sequence[LeftOut]) -> str:
    """Return the one line in sum."""
    new, changed, same = len(known.new), len(known.changed), known.same
    broken = sum(one.broken for one in left_out)
    counts = f"{name}: {new:,} venues are new, {changed:,} changed, {same:,} were known as they are"
    return f"{counts}; {broken:,} broken, {len(left_out) - broken:,} left out"
