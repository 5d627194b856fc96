"""Tidies up: what is kept no longer than it is needed goes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session, sessionmaker

from data.old import (
    forget_old_deliveries,
    forget_old_sign_ins,
    forget_past_travel,
    forget_unconfirmed,
    forget_words_of_letters,
)
from jobs.received_folder import ReceivedFolder
from web.settings import Settings


def tidy(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
    """Throw away old sign-ins, sign-ups never confirmed, words of old letters, past trips and old mail; return one line."""
    with sessions() as session:
        sign_ins, sign_ups = forget_old_sign_ins(session, now), forget_unconfirmed(session, now)
        letters, travel = forget_words_of_letters(session, now), forget_past_travel(session, now)
        deliveries = forget_old_deliveries(session, now)
        session.commit()
    mail = ReceivedFolder(settings.received_folder).throw_away_old(now)
    return (
        f"Thrown away: {sign_ins} old sign-ins, {sign_ups} sign-ups never confirmed, the words of {letters} letters, "
        f"{travel} trips, busy days and moves long past, {deliveries} deliveries to webhooks, {mail} received messages"
    )
