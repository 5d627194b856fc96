"""How people of a match meet, and how it stands, in a word for whoever looks on."""

from __future__ import annotations

from datetime import datetime

from data.match import Match
from data.match_state import state_of
from data.round_matches import Told
from web.language import gettext as _


def how_they_meet(match: Match) -> str:
    """Return how, and that they are three if they are."""
    if len(match.seats) > 2:
        return _("three on a call") if match.mode == "call" else _("three in person")
    return _("on a call") if match.mode == "call" else _("in person")


def state_in_a_word(match: Match, told: Told | None, now: datetime) -> str:
    """Return how a match stands; `told` is what was said of it afterwards, if anything was."""
    if told is not None and match.on_at is not None:
        return _("held") if told.met else _("not held")
    state = state_of(match, now)
    if state == "fixed":
        return _("fixed")
    if state == "over":
        return _("over, nothing heard")
    return _why_off(match) if state == "off" else _state_before_it_is_on(match)


def _why_off(match: Match) -> str:
    if match.is_off:
        return _("off")
    return _("somebody said no") if match.is_falling_through else _("came to nothing")


def _state_before_it_is_on(match: Match) -> str:
    if match.is_agreeing:
        return _("looking for a time")
    answered = sum(seat.accepted_at is not None for seat in match.live_seats)
    return _("one has said yes") if answered == 1 else _("two have said yes") if answered else _("not answered yet")
