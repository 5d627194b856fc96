"""How people agree upon another public place: one proposes it in words, and it counts once everybody has said yes to it."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Literal

from data.match import Seat

LONGEST_PLACE = 200  # characters
# What came of it: everybody agrees, somebody has not said yes yet, or it is how things stood already.
PlaceOutcome = Literal["agreed", "proposed", "known"]
# What people call a home, in the languages most of them will type; a name over a door is rarely one of these.
HOME = re.compile(
    r"\b(?:"
    r"(?:my|our|your|his|her|their)\s+(?:own\s+)?(?:place|home|house|flat|apartment|appartment|room|bedroom|garden|sofa|couch)"
    r"|at\s+(?:mine|yours|home)|come\s+(?:over|to\s+me)"
    r"|(?:bei|zu)\s+(?:mir|dir|uns)|(?:zu|nach)\s+hause|zuhause|(?:meine|deine|unsere)[rn]?\s+wohnung"
    r"|chez\s+(?:moi|toi|nous|vous)|(?:mon|ton|notre)\s+(?:appart\w*|studio)|à\s+la\s+maison"
    r"|(?:mi|tu|nuestra|minha|tua|mia)\s+casa|en\s+casa|em\s+casa|a\s+casa\s+(?:mia|tua|nostra)"
    r"|hos\s+(?:mig|dig|meg|deg|os|oss)|hjemme|hemma|(?:min|mit|mitt|din|dit|ditt)\s+(?:lejlighed|lägenhet|leilighet|hus|hjem)"
    r"|bij\s+(?:mij|jou|ons)|(?:mijn|jouw)\s+(?:huis|thuis|flat)|(?:u|do)\s+(?:mnie|ciebie)|w\s+domu"
    r")\b",
    re.IGNORECASE,
)


class CannotPropose(Exception):
    """No place is agreed upon here: it is a call, not all have said yes, somebody fell out, or the meeting has begun."""


class NoLongerProposed(Exception):
    """Nobody proposes this place any more: something else has been proposed meanwhile."""


def may_propose_place(seat: Seat, now: datetime) -> bool:
    """Whether a seat may propose a place, and agree to one."""
    match = seat.match
    stands = match.is_on or match.is_agreeing
    return match.mode == "in_person" and seat.freed_at is None and stands and not match.has_begun(now)


def propose_place(seat: Seat, place: str, now: datetime) -> PlaceOutcome:
    """Propose a public place; a newer proposal replaces one's older one, and two who propose the same have agreed.

    The match is to be locked (`seat_to_answer`). Raises CannotPropose.
    """
    if not may_propose_place(seat, now):
        raise CannotPropose
    if _same(place, seat.match.meeting_place):
        seat.place_proposed = ""
        return "known"
    joined = next((other for other in proposals_to(seat) if _same(place, other)), place)
    if joined == seat.place_proposed:
        return _settle(seat) or "known"
    seat.place_proposed = joined
    return _settle(seat) or "proposed"


def agree_to_place(seat: Seat, place: str, now: datetime) -> PlaceOutcome:
    """Say yes to a place by the words in which it was read; the match is to be locked.

    Raises CannotPropose, and NoLongerProposed when nobody proposes it in these words any more.
    """
    if not may_propose_place(seat, now):
        raise CannotPropose
    if place not in proposals_to(seat):
        raise NoLongerProposed
    seat.place_proposed = place
    return _settle(seat) or "proposed"


def proposals_to(seat: Seat) -> dict[str, list[Seat]]:
    """Return what the others propose, and who of them does."""
    proposals: dict[str, list[Seat]] = {}
    for other in seat.match.live_seats:
        if other is not seat and other.place_proposed:
            proposals.setdefault(other.place_proposed, []).append(other)
    return proposals


def sounds_like_home(words: str) -> bool:
    """Whether somebody seems to invite to a home: strangers meet in public."""
    return HOME.search(words) is not None


def _settle(seat: Seat) -> PlaceOutcome | None:
    """When all who may still come propose one place, it is where they meet."""
    match, place = seat.match, seat.place_proposed
    if len(match.live_seats) < 2 or any(live.place_proposed != place for live in match.live_seats):
        return None
    match.meeting_place = place
    if match.is_on:  # else nobody has an invitation yet, or a newer one comes with the time
        match.sequence += 1
    for live in match.seats:
        live.place_proposed = ""
    return "agreed"


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()
