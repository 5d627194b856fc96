"""What an operator does with the list of venues: looks things up, adds one, hides some, prefers some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data.act import write_down
from data.venues import Change, Venue, same_venue, venues_named, venues_numbered
from jobs.found_venues import LeftOut, venue_or_why_not
from jobs.known_venues import FROM_THE_FILE

SHOWN = 50
DONE: dict[str, str] = {
    "hide": "will not be offered again",
    "show": "may be offered again",
    "prefer": "will be preferred",
    "unprefer": "will be offered like any other",
}


class WrongVenue(Exception):
    """There is no such venue, or it cannot be one."""


def list_venues(sessions: sessionmaker[Session], words: str, report: Callable[[str], object] = print) -> str:
    """Tell of the venues with `words` in their name or address, a line each; return how many there are."""
    with sessions() as session:
        found = venues_named(session, words)
    for venue in found[:SHOWN]:
        report(_in_a_line(venue))
    more = f"; the first {SHOWN} are shown" if len(found) > SHOWN else ""
    return f"{len(found):,} venues{more}"


def add_venue(sessions: sessionmaker[Session], now: datetime, tags: dict[str, str], position: str) -> str:
    """Add a venue by its tags, as OpenStreetMap calls them, at "55.6786,12.5796". Raises WrongVenue."""
    latitude, _, longitude = position.partition(",")
    found = venue_or_why_not("the venue", tags, latitude, longitude, "")
    if isinstance(found, LeftOut):
        raise WrongVenue(f"It cannot be a venue: {found.why}.")
    with sessions() as session:
        if same_venue(session, found.name, found.latitude, found.longitude):
            raise WrongVenue(f"{found.name} is in the list already, within fifty metres.")
        venue = Venue(**{name: getattr(found, name) for name in FROM_THE_FILE})
        session.add(venue)
        session.flush()
        write_down(session, None, "add_venue", f"venue {venue.id}", now)
        session.commit()
        return f"Added: {_in_a_line(venue)}"


def change_venues(sessions: sessionmaker[Session], now: datetime, change: Change, numbers: Sequence[int]) -> str:
    """Hide, show or prefer venues, or no longer prefer them: all of these numbers or, when one is wrong, none."""
    with sessions() as session:
        venues = venues_numbered(session, numbers)
        missing = sorted({*numbers} - {venue.id for venue in venues})
        if missing:
            raise WrongVenue(f"There is no venue {', '.join(map(str, missing))}; ./run job venues list shows them.")
        for venue in venues:
            if venue.change(change, now):
                write_down(session, None, f"{change}_venue", f"venue {venue.id}", now)
        session.commit()
        return f"{', '.join(venue.in_words for venue in venues)}: {DONE[change]}"


def _in_a_line(venue: Venue) -> str:
    marks = " (hidden)" * (venue.hidden_at is not None) + " (preferred)" * venue.preferred
    return f"{venue.id:8} {venue.kind}: {venue.in_words}{marks}"
