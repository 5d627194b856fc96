"""The letters that are due: claimed one at a time, checked once more, taken by nobody else meanwhile."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningUpdate

from data.avoidance import are_apart
from data.feedback import feedback_about
from data.letter import BY_DAY, Letter
from data.match import Match
from data.member import Member
from data.waking_hours import NIGHT_UNTIL, is_night, next_at

OFF, ANSWERED, APART = (
    "The match is off, or its time has changed.",
    "It is answered already.",
    "They are kept apart since.",
)
LEFT, ELSEWHERE, UNSUBSCRIBED = (
    "The reader has left.",
    "The reader has another address now.",
    "The reader has unsubscribed.",
)
# Given up as it should be. A letter given up for any other reason is one that its reader misses.
NOT_MISSED = (OFF, ANSWERED, APART, LEFT, ELSEWHERE, UNSUBSCRIBED)
FROM_EACH_OTHER = frozenset({"note", "another_place", "you_both_enjoyed_it"})  # what one says reaches the others


def claim_letter(session: Session, now: datetime, lease: timedelta) -> Letter | None:
    """Take the next letter to post, the urgent ones first; whoever else asks gets another for the time of the lease.

    What has become pointless meanwhile is given up on the way, and what can wait is held over the reader's night.
    Commit before posting: then a crash costs only the lease.
    """
    while True:
        urgent = session.scalars(_claim(now, lease, Letter.urgent.is_(True))).one_or_none()
        letter = urgent or session.scalars(_claim(now, lease, Letter.urgent.is_(False))).one_or_none()
        why = why_pointless(letter, now) or _why_settled(session, letter) if letter else None
        if letter is None or (why is None and not _is_for_the_day(letter, now)):
            return letter
        if why is None:
            letter.try_after = next_at(NIGHT_UNTIL, now, _zone_of(letter))
        else:
            letter.give_up(now, why)
        session.flush()


def why_pointless(letter: Letter, now: datetime) -> str | None:
    """Return why a letter should not be posted any more, or none if it should."""
    if letter.try_until is not None and now > letter.try_until:
        return "It came too late to be of use."
    if letter.match is not None and letter.member is not None and not _still_true(letter, letter.match):
        return OFF
    return _why_not_to(letter.member, letter) if letter.member is not None and letter.kind != "goodbye" else None


def open_letter(session: Session, letter_id: int) -> Letter | None:
    """Return a letter locked, unless it is posted or given up."""
    found = Letter.id == letter_id, Letter.posted_at.is_(None), Letter.given_up_at.is_(None)
    return session.scalar(select(Letter).where(*found).with_for_update(of=Letter))


def still_claimed(session: Session, letter: Letter) -> Letter | None:
    """Return the letter locked, as it stands now, unless another poster has taken it over since it was claimed."""
    found = open_letter(session, letter.id)
    return found if found is not None and found.tries == letter.tries else None


def _claim(now: datetime, lease: timedelta, which: ColumnElement[bool]) -> ReturningUpdate[Letter]:
    """The next open letter that is due, and its lease, in one statement that two posters cannot both win.

    The pick is MATERIALIZED because PostgreSQL may run a plain sub-select with a LIMIT more than once;
    SQLite has one writer at a time and ignores the locking clause.
    """
    due = Letter.posted_at.is_(None), Letter.given_up_at.is_(None), which, Letter.try_after <= now
    first = select(Letter.id).where(*due).order_by(Letter.try_after, Letter.id).limit(1)
    pick = first.with_for_update(skip_locked=True).cte("pick").prefix_with("MATERIALIZED")
    taken = update(Letter).where(Letter.id.in_(select(pick.c.id)))
    claimed = taken.values(tries=Letter.tries + 1, try_after=now + lease).returning(Letter)
    return claimed.execution_options(synchronize_session=False, populate_existing=True)


def _still_true(letter: Letter, match: Match) -> bool:
    """Whether what a letter says of a match still holds for its reader."""
    if letter.kind in {"they_cannot_come", "you_cancelled"}:
        return True
    live = any(seat.member_id == letter.member_id and seat.declined_at is None for seat in match.live_seats)
    if letter.kind in {"it_is_on", "reminder"}:
        # Whatever was written before the time was last fixed names an earlier one.
        return live and match.is_on and match.on_at is not None and letter.written_at >= match.on_at
    return live and (match.is_agreeing if letter.kind in {"no_common_time", "another_time"} else not match.is_off)


def _why_settled(session: Session, letter: Letter) -> str | None:
    """Return what has been said since a letter about a past meeting was written, if that makes it pointless."""
    match = letter.match
    if match is not None and letter.kind in {"how_was_it", "your_side"}:
        said = feedback_about(session, match.id)
        mine = any(seat.id in said for seat in match.seats if seat.member_id == letter.member_id)
        return ANSWERED if mine else None
    if match is not None and letter.kind in FROM_EACH_OTHER:
        apart = are_apart(session, [seat.member_id for seat in match.live_seats])
        return APART if apart else None
    return None


def _is_for_the_day(letter: Letter, now: datetime) -> bool:
    """Whether a letter is to wait because its reader is asleep."""
    return letter.kind in BY_DAY and letter.member is not None and is_night(now, _zone_of(letter))


def _zone_of(letter: Letter) -> str:
    """By whose clocks the reader of a letter lives: for a match, where they are in that week."""
    seats = letter.match.seats if letter.match is not None else []
    zones = [seat.time_zone for seat in seats if seat.member_id == letter.member_id]
    return zones[0] if zones else letter.member.time_zone if letter.member is not None else "UTC"


def _why_not_to(reader: Member, letter: Letter) -> str | None:
    if reader.left_at is not None:
        return LEFT
    if reader.email != letter.address and letter.kind != "new_address":
        return ELSEWHERE
    if letter.is_subscription and reader.unsubscribed_at is not None:
        return UNSUBSCRIBED
    return None
