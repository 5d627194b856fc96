"""Tidies up: what is kept no longer than it is needed goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data.old import forget_old_sign_ins, forget_past_travel, forget_unconfirmed, forget_words_of_letters
from web.settings import Settings


def tidy(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:  # noqa: ARG001  every job is called alike
    """Throw away old sign-ins, sign-ups never confirmed, words of old letters and past trips; return one line about it."""
    with sessions() as session:
        sign_ins, sign_ups = forget_old_sign_ins(session, now), forget_unconfirmed(session, now)
        letters, travel = forget_words_of_letters(session, now), forget_past_travel(session, now)
        session.commit()
    return (
        f"Thrown away: {sign_ins} old sign-ins, {sign_ups} sign-ups never confirmed, the words of {letters} letters, "
        f"{travel} trips, busy days and moves long past"
    )
