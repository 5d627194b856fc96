"""How a match stands for one of its seats at a moment: what they may do, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from flask import current_app, g

from data.answering import may_move, mover_of, still_good
from data.match import Seat
from data.meeting_time import MeetingTime
from data.member import Member
from web.links import AFTER_MEETING
from web.terms import terms_of

State = Literal["open", "waiting", "agreeing", "on", "over", "declined", "changing", "too_late", "off"]


class Choice(NamedTuple):
    """One time to choose from, as the member of a seat sees it."""

    time: MeetingTime
    is_mine: bool  # ticked by this seat
    suits: list[Member]  # the others whom it suits, once all have said yes: nobody waits for the first to move


@dataclass(frozen=True)
class Meeting:
    """What the page of a match shows to the member of one seat."""

    seat: Seat
    state: State
    token: str  # of the links that act on this seat
    feedback_token: str  # of the link that asks how it was, while it does
    room: str  # the link to the call
    choices: list[Choice]  # of times that can still be agreed upon
    mover: Seat | None  # who has asked for another time
    agree_by: datetime | None  # until when a common time may be found
    looking_on: bool  # whether somebody else may still be found this week
    can_cancel: bool  # whether a yes can be taken back
    can_move: bool  # whether they may ask for another time

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
    asks = state == "over" and match.ends_at is not None and now < match.ends_at + AFTER_MEETING
    return Meeting(
        seat=seat,
        state=state,
        token=token_in(links.match_url(seat)),
        feedback_token=token_in(links.feedback_url(seat)) if asks else "",
        room=terms_of(g.session, settings).call_url_template.format(room=match.room),
        choices=_choices(seat, now),
        mover=mover_of(match),
        agree_by=match.agreeing_since + match.round.agree_within(settings.agree_within)
        if match.agreeing_since
        else None,
        looking_on=now < match.round.rematch_until,
        can_cancel=state in {"waiting", "agreeing", "on"} and not match.has_begun(now),
        can_move=may_move(seat, now),
    )


def token_in(url: str) -> str:
    """Return the token a link ends with."""
    return url.rpartition("/")[2]


def state_of(seat: Seat, now: datetime) -> State:
    """Return the one word for how a match stands for a seat."""
    match = seat.match
    if seat.declined_at is not None:
        return "declined"
    if seat.freed_at is not None or match.is_off:
        return "off"
    if match.is_falling_through:
        return "changing"
    if match.is_on:
        return "on" if match.ends_at is None or now < match.ends_at else "over"
    return _state_before_it_is_on(seat, now)


def _state_before_it_is_on(seat: Seat, now: datetime) -> State:
    if now >= seat.match.round.over_at:
        return "off"
    if seat.match.is_agreeing:
        return "agreeing"
    if seat.accepted_at is not None:
        return "waiting"
    return "open" if now <= seat.answer_by else "too_late"


def _choices(seat: Seat, now: datetime) -> list[Choice]:
    """The times still good; whom they suit is shown only once all have said yes."""
    others = [other for other in seat.match.live_seats if other is not seat] if seat.match.is_agreeing else []
    return [
        Choice(time, seat.id in time.ticked_by, [one.member for one in others if one.id in time.ticked_by])
        for time in still_good(seat.match, now)
    ]
