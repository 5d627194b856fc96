"""How a match stands for one of its seats at a moment: what they may do, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from flask import current_app

from data.match import Seat
from data.member import Member
from web.links import AFTER_MEETING

State = Literal["open", "waiting", "on", "over", "declined", "changing", "too_late", "off"]


@dataclass(frozen=True)
class Meeting:
    """What the page of a match shows to the member of one seat."""

    seat: Seat
    state: State
    token: str  # of the links that act on this seat
    feedback_token: str  # of the link that asks how it was, while it does
    room: str  # the link to the call
    looking_on: bool  # whether somebody else may still be found this week
    can_cancel: bool  # whether a yes can be taken back

    @property
    def others(self) -> list[Seat]:
        """The seats of the people it is about: those who may still come, or all once it is over or off."""
        others = [seat for seat in self.seat.match.seats if seat is not self.seat]
        return [seat for seat in others if seat.freed_at is None] or others

    @property
    def partners(self) -> list[Member]:
        """The people it is about."""
        return [seat.member for seat in self.others]


def meeting_of(seat: Seat, now: datetime) -> Meeting:
    """Return how the match of `seat` stands."""
    links, settings = current_app.extensions["links"], current_app.extensions["settings"]
    match, state = seat.match, state_of(seat, now)
    asks = state == "over" and now < match.ends_at + AFTER_MEETING
    return Meeting(
        seat=seat,
        state=state,
        token=token_in(links.match_url(seat)),
        feedback_token=token_in(links.feedback_url(seat)) if asks else "",
        room=settings.call_url_template.format(room=match.room),
        looking_on=now < match.round.rematch_until,
        can_cancel=state in {"waiting", "on"} and now < match.meets_at,
    )


def token_in(url: str) -> str:
    """Return the token a link ends with."""
    return url.rpartition("/")[2]


def state_of(seat: Seat, now: datetime) -> State:  # noqa: PLR0911  one answer a state, in the order in which they win
    """Return the one word for how a match stands for a seat."""
    match = seat.match
    if seat.declined_at is not None:
        return "declined"
    if seat.freed_at is not None or match.is_off:
        return "off"
    if match.is_falling_through:
        return "changing"
    if match.is_on:
        return "on" if now < match.ends_at else "over"
    if now >= match.meets_at:
        return "off"
    if seat.accepted_at is not None:
        return "waiting"
    return "open" if now <= seat.answer_by else "too_late"
