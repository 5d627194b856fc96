"""Barred addresses: who was sent away by an organiser cannot sign up again; of their address only a digest is kept."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime
from data.member import fold_email


class Barred(Base):
    """One address that may not sign up."""

    __tablename__ = "barred"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)


def bar(session: Session, email: str, now: datetime) -> None:
    """Let an address sign up no more; said twice, it is kept once."""
    if session.get(Barred, digest_of(email)) is None:
        session.add(Barred(digest=digest_of(email), since=now))


def is_barred(session: Session, email: str) -> bool:
    """Whether an address may not sign up."""
    return session.get(Barred, digest_of(email)) is not None


def digest_of(email: str) -> str:
    """Return what is kept of an address."""
    return sha256(fold_email(email).encode()).hexdigest()
