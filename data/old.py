"""Throws away what is kept no longer than it is needed: old sign-ins, words of letters and reports, past trips, files of tasks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, Text, and_, cast, delete, or_, select, update
from sqlalchemy.orm import Session

from data.avoidance import Avoidance
from data.busy_day import BusyDay
from data.letter import Letter
from data.match import Seat
from data.member import Member
from data.member_words import MemberWord
from data.move import Move
from data.note import Note
from data.report import Report
from data.sign_in import SignIn
from data.task import KEPT_FOR, Task
from data.trip import Trip
from data.webhook import Delivery

SIGN_IN_KEPT = timedelta(days=1)
SIGN_UP_KEPT = timedelta(days=14)  # as long as its link works
WORDS_KEPT = timedelta(days=60)
TRAVEL_KEPT = timedelta(days=60)
REPORTS_KEPT = timedelta(days=365)  # after somebody has handled them
DELIVERIES_KEPT = timedelta(days=30)  # long enough to look into what went wrong
MOVES_KEPT = timedelta(days=14)  # a round and its meetings are over by then, and so is the week in which they count


def forget_old_sign_ins(session: Session, now: datetime) -> int:
    """Delete sign-ins asked for more than a day ago; return how many."""
    return _rows(session.execute(delete(SignIn).where(SignIn.asked_at < now - SIGN_IN_KEPT)))


def forget_unconfirmed(session: Session, now: datetime) -> int:
    """Delete members who never said that the address is theirs, with everything sent there; return how many."""
    old = Member.confirmed_at.is_(None), Member.left_at.is_(None), Member.signed_up_at < now - SIGN_UP_KEPT
    ids = list(session.scalars(select(Member.id).where(*old).with_for_update(of=Member)))
    for table in (Letter, SignIn, BusyDay, Trip, Move, MemberWord):
        session.execute(delete(table).where(table.member_id.in_(ids)))
    session.execute(delete(Avoidance).where(or_(Avoidance.first_id.in_(ids), Avoidance.second_id.in_(ids))))
    return _rows(session.execute(delete(Member).where(Member.id.in_(ids))))


def forget_words_of_letters(session: Session, now: datetime) -> int:
    """Blank the words and the address of letters done with long ago; that they were written stays. Return how many.

    A goodbye is the last that is known of whoever left: it goes as soon as it is posted.
    """
    before = now - WORDS_KEPT
    long_ago = or_(Letter.posted_at < before, Letter.given_up_at < before)
    said_goodbye = and_(Letter.kind == "goodbye", or_(Letter.posted_at <= now, Letter.given_up_at <= now))
    done = or_(long_ago, said_goodbye), Letter.text != ""
    return _rows(session.execute(update(Letter).where(*done).values(text="", subject="", address="", calendar="")))


def forget_past_travel(session: Session, now: datetime) -> int:
    """Delete trips and busy days that are long past, and where those lived who have moved since; return how many."""
    before = (now - TRAVEL_KEPT).date()
    past = Trip.last_day < before, BusyDay.day < before, Move.moved_at < now - MOVES_KEPT
    tables = zip((Trip, BusyDay, Move), past, strict=True)
    return sum(_rows(session.execute(delete(table).where(condition))) for table, condition in tables)


def forget_words_of_reports(session: Session, now: datetime) -> int:
    """Blank the words of reports handled long ago, or made by somebody who has left; return how many.

    A note that was kept for a report although its writer has left goes as well, once the report is handled.
    """
    handled = Report.handled_at.is_not(None)
    gone = select(Seat.id).join(Member, Member.id == Seat.member_id).where(Member.left_at.is_not(None))
    long_ago = or_(Report.handled_at < now - REPORTS_KEPT, Report.seat_id.in_(gone))
    words = session.execute(update(Report).where(handled, long_ago, Report.words != "").values(words=""))
    notes = select(Note.id).where(Note.seat_id.in_(gone))
    session.execute(update(Report).where(handled, Report.note_id.in_(notes)).values(note_id=None))
    needed = select(Report.note_id).where(Report.note_id.is_not(None))
    session.execute(delete(Note).where(Note.seat_id.in_(gone), Note.id.not_in(needed)))
    return _rows(words)


def forget_files_of_tasks(session: Session, now: datetime) -> int:
    """Drop what tasks that ended long ago worked on and what came of them, people's addresses among it; return how many.

    That they were asked for, and their one line, stays: the log points to them.
    """
    left = Task.file.is_not(None), Task.result.is_not(None), Task.result_name != "", cast(Task.report, Text) != "[]"
    old = Task.ended_at < now - KEPT_FOR, or_(*left, Task.file_name != "")
    blank: dict[str, Any] = {"file": None, "file_name": "", "result": None, "result_name": "", "report": []}
    return _rows(session.execute(update(Task).where(*old).values(blank)))


def forget_old_deliveries(session: Session, now: datetime) -> int:
    """Delete what other programs were told long ago, or could not be told; return how many."""
    before = now - DELIVERIES_KEPT
    ended = or_(Delivery.delivered_at < before, Delivery.given_up_at < before)
    return _rows(session.execute(delete(Delivery).where(ended)))


def _rows(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
