"""Tidies up: what is kept no longer than it is needed goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data.old import (
    forget_files_of_tasks,
    forget_old_sign_ins,
    forget_past_travel,
    forget_unconfirmed,
    forget_words_of_letters,
)
from jobs.received_folder import ReceivedFolder
from web.settings import Settings


def tidy(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Throw away old sign-ins, sign-ups never confirmed, words of old letters, past trips, old files and mail; return one line."""
    with sessions() as session:
        sign_ins, sign_ups = forget_old_sign_ins(session, now), forget_unconfirmed(session, now)
        letters, travel = forget_words_of_letters(session, now), forget_past_travel(session, now)
        files = forget_files_of_tasks(session, now)
        session.commit()
    mail = ReceivedFolder(settings.received_folder).throw_away_old(now)
    return (
        f"Thrown away: {sign_ins} old sign-ins, {sign_ups} sign-ups never confirmed, the words of {letters} letters, "
        f"{travel} trips, busy days and moves long past, {files} files of long work, {mail} received messages"
    )
