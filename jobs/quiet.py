"""Who lets two weeks in a row pass in silence is paired no more, kindly, until they come back with one press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from data.match import Seat
from data.silence import seats_of_week, seats_of_week_before, was_silent_week
from web.letters import Letters


def pause_the_silent(session: Session, freed: Sequence[Seat], letters: Letters, now: datetime) -> int:
    """Pause each member whose seat was just freed for silence, if their week before was silent too; return how many.

    An answer in between, a no as much as a yes, begins the count anew, and so does coming back. A question at short
    notice need not be answered: it never counts.
    """
    members = {seat.member_id: seat for seat in freed if _may_fall_quiet(seat)}
    silent = [seat for seat in members.values() if _is_second_week(session, seat)]
    for seat in silent:
        seat.member.fall_quiet(now)
        letters.we_paused_you(session, seat.member, now)
    return len(silent)


def _may_fall_quiet(seat: Seat) -> bool:
    member = seat.member
    return member.left_at is None and member.unsubscribed_at is None and member.quiet_since is None


def _is_second_week(session: Session, seat: Seat) -> bool:
    return was_silent_week(seats_of_week(session, seat)) and was_silent_week(seats_of_week_before(session, seat))
