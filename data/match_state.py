"""How a match stands, in one word for those who look at it from outside: open, fixed, off or over; and whether it was held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from data.match import Match

MatchState = Literal["open", "fixed", "off", "over"]


def state_of(match: Match, now: datetime) -> MatchState:
    """Return how a match stands at a moment.

    Open: its people may still agree upon a time. Fixed: all have said yes to one, and it is not over yet. Over: it was
    fixed, and its end has passed. Off: fewer than two are left who have not said no, or its days went by without a time.
    """
    coming = [seat for seat in match.live_seats if seat.declined_at is None]
    if len(coming) < 2:
        return "off"
    if match.is_on:
        return "over" if match.ends_at is not None and match.ends_at <= now else "fixed"
    return "off" if now >= match.round.over_at else "open"


def was_held(said: Collection[str]) -> bool | None:
    """Return whether people met, from what each says to "did you meet?"; none while nobody has said anything."""
    return "yes" in said if said else None
