"""Fills the list of venues from an extract of OpenStreetMap; the same file again changes nothing, a newer one updates it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session, sessionmaker

from data.venues import Venue
from jobs.found_venues import FoundVenue, LeftOut
from jobs.known_venues import FROM_THE_FILE, KnownVenues
from jobs.venue_files import read_venues
from jobs.venue_report import in_sum, report_lines
from web.settings import Settings

AT_ONCE = 1_000  # rows in one statement
IN_TURN = "LOCK TABLE venue IN SHARE ROW EXCLUSIVE MODE"  # two imports at once would each add what neither has seen


def import_venues(
    sessions: sessionmaker[Session],
    settings: Settings,  # noqa: ARG001  what every job gets
    now: datetime,  # noqa: ARG001
    path: Path,
    *,
    report: Callable[[str], object] = print,
) -> str:
    """Take in the venues of a file, in one transaction; report on what was left out; return one line in sum.

    A venue is the same as before by its OSM id, or by its name within fifty metres. What the operator set (hidden,
    preferred) stays, and what the file does not say is not taken away. Raises UnreadableVenues, or OSError when the
    file cannot be read, before anything is written.
    """
    found = read_venues(path)
    venues = [one for one in found if isinstance(one, FoundVenue)]
    left_out = [one for one in found if isinstance(one, LeftOut)]
    with sessions() as session:
        known = _take_in(session, venues)
        session.commit()
    for line in report_lines(left_out):
        report(line)
    return in_sum(path.name, known, left_out)


def _take_in(session: Session, venues: Sequence[FoundVenue]) -> KnownVenues:
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text(IN_TURN))
    columns = [getattr(Venue, name) for name in ("id", *FROM_THE_FILE)]
    known = KnownVenues({row.id: row._asdict() for row in session.execute(select(*columns))})
    for venue in venues:
        known.take_in(venue)
    _write(session, known)
    return known


def _write(session: Session, known: KnownVenues) -> None:
    for some in _by_many(known.new):
        session.execute(insert(Venue), some)
    for some in _by_many(known.changed):
        session.execute(update(Venue), some)


def _by_many(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
