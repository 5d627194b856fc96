"""Leaving for good: no meeting to come waits for them, and what is known of them is erased, letters that name them included."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from data.answering import decline
from data.busy_day import BusyDay
from data.feedback import Feedback
from data.letter import Letter
from data.match import Seat, seat_to_answer, seats_of
from data.member import Member
from data.move import Move
from data.note import Note
from data.report import Report
from data.sign_in import SignIn
from data.trip import Trip
from data.wall import WallLine

ERASED = "(Erased: it told of somebody who has left.)"


def fall_out(session: Session, member_id: int, now: datetime) -> None:
    """Say no to every meeting still to come, so that `rematch` finds somebody else for the partners."""
    ahead = [seat for seat in seats_of(session, member_id) if seat.freed_at is None and not seat.match.has_begun(now)]
    for seat in sorted(ahead, key=lambda seat: seat.match_id):  # one order for all who lock matches
        locked = seat_to_answer(session, seat.id)
        if locked is not None and locked.freed_at is None and not locked.match.has_begun(now):
            decline(locked, now, "not_this_week")


def erase(session: Session, member: Member, now: datetime) -> None:
    """Forget a member for good; that their seats and answers were somebody's stays, for the others' sake.

    Letters to them are deleted. Letters to others about their matches lose their words, and are posted no more.
    A report that reached the operator stays: it is about what happened, and others may need it. So do the words of one
    that nobody has handled yet, and a note it is about, until somebody has: `data.old` forgets them then.
    """
    session.flush()
    seats = select(Seat.id).where(Seat.member_id == member.id)
    matches = select(Seat.match_id).where(Seat.member_id == member.id)
    for table in (Letter, SignIn, BusyDay, Trip, Move):
        session.execute(delete(table).where(table.member_id == member.id))
    notes = select(Note.id).where(Note.seat_id.in_(seats))
    handled = Report.handled_at.is_not(None)
    session.execute(update(Report).where(handled, Report.seat_id.in_(seats)).values(words=""))
    session.execute(update(Report).where(handled, Report.note_id.in_(notes)).values(note_id=None))
    needed = select(Report.note_id).where(Report.note_id.is_not(None))
    session.execute(delete(Note).where(Note.seat_id.in_(seats), Note.id.not_in(needed)))
    session.execute(delete(WallLine).where(WallLine.seat_id.in_(seats)))
    session.execute(update(Seat).where(Seat.member_id == member.id).values(word="", place_proposed="", memo=""))
    session.execute(update(Feedback).where(Feedback.seat_id.in_(seats)).values(learned="", note=""))
    about = Letter.match_id.in_(matches), or_(Letter.member_id.is_not(None), Letter.kind != "report")
    waiting = Letter.posted_at.is_(None), Letter.given_up_at.is_(None)
    session.execute(update(Letter).where(*about, *waiting).values(given_up_at=now, last_error=ERASED))
    session.execute(update(Letter).where(*about).values(subject=ERASED, text=ERASED, calendar=""))
    member.leave(now)
