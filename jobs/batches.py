"""Writes many letters a batch to a transaction, so that members who write meanwhile never wait long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.orm import Session, sessionmaker

BATCH = 200  # letters in one transaction
Due = TypeVar("Due")
Write = Callable[[Session, Sequence[Due]], int]  # writes to a batch of those due; returns how many letters that took


def in_batches(sessions: sessionmaker[Session], due: Sequence[Due], write: Write[Due]) -> int:
    """Write to all of those due; return how many letters that took."""
    written = 0
    for start in range(0, len(due), BATCH):
        with sessions() as session:
            written += write(session, due[start : start + BATCH])
            session.commit()
    return written
