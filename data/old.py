"""Throws away what is kept no longer than it is needed: old sign-ins, sign-ups never confirmed, old words, files and trips."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from data.avoidance import Avoidance
from data.busy_day import BusyDay
from data.letter import Letter
from data.member import Member
from data.member_words import MemberWord
from data.move import Move
from data.sign_in import SignIn
from data.task import KEPT_FOR as FILES_KEPT_FOR
from data.task import Task
from data.trip import Trip

SIGN_IN_KEPT = timedelta(days=1)
SIGN_UP_KEPT = timedelta(days=14)  # as long as its link works
WORDS_KEPT = timedelta(days=60)
TRAVEL_KEPT = timedelta(days=60)
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


def forget_files_of_tasks(session: Session, now: datetime) -> int:
    """Drop what came of long work that ended long ago, and its report: both may name people. Return how many."""
    done = Task.ended_at < now - FILES_KEPT_FOR, or_(Task.result.is_not(None), Task.file.is_not(None))
    return _rows(session.execute(update(Task).where(*done).values(file=None, result=None, result_name="", report=[])))


def forget_past_travel(session: Session, now: datetime) -> int:
    """Delete trips and busy days that are long past, and where those lived who have moved since; return how many."""
    before = (now - TRAVEL_KEPT).date()
    past = Trip.last_day < before, BusyDay.day < before, Move.moved_at < now - MOVES_KEPT
    tables = zip((Trip, BusyDay, Move), past, strict=True)
    return sum(_rows(session.execute(delete(table).where(condition))) for table, condition in tables)


def _rows(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
