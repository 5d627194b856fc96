"""Tokens: with one, another program reads the figures of this community; only its digest is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import ForeignKey, Integer, String, case, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from data.database import Base, UtcDateTime

A_MINUTE = 120  # times a token may be used


class ApiToken(Base):
    """One token, and how much it has been used in the running minute."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(60))  # what it is for
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    minute: Mapped[datetime | None] = mapped_column(UtcDateTime)  # in which it was used last
    used: Mapped[int] = mapped_column(Integer, default=0)  # how often in that minute


def make_token(session: Session, name: str, by_id: int, now: datetime) -> str:
    """Make a token and return it: this once, as nobody can read it from the database."""
    token = f"hello_{token_urlsafe(32)}"
    session.add(ApiToken(name=name, digest=digest_of(token), made_by_id=by_id, made_at=now))
    return token


def token_with(session: Session, token: str) -> ApiToken | None:
    """Return the token somebody shows, if it is good."""
    return session.scalar(select(ApiToken).where(ApiToken.digest == digest_of(token), ApiToken.ended_at.is_(None)))


def count_use(session: Session, token_id: int, now: datetime) -> int:
    """Count one more use of a token; return how often that is in this minute, 0 for a token that has ended.

    One statement, so that of several uses at once each is counted, whichever process hears of it.
    """
    minute = minute_of(now)
    found = ApiToken.id == token_id, ApiToken.ended_at.is_(None)
    used = case((ApiToken.minute == minute, ApiToken.used + 1), else_=1)
    counted = update(ApiToken).where(*found).values(minute=minute, used=used).returning(ApiToken.used)
    return session.scalar(counted.execution_options(synchronize_session=False)) or 0


def minute_of(now: datetime) -> datetime:
    """Return the full minute a moment falls in."""
    return now.replace(second=0, microsecond=0)


def next_minute(now: datetime) -> timedelta:
    """Return how long it is until the next full minute, when counting begins anew."""
    return minute_of(now) + timedelta(minutes=1) - now


def good_tokens(session: Session) -> list[ApiToken]:
    """Return the tokens that work, the newest first."""
    return list(session.scalars(select(ApiToken).where(ApiToken.ended_at.is_(None)).order_by(ApiToken.id.desc())))


def lock_token(session: Session, number: int) -> ApiToken | None:
    """Return a token that works as it stands, locked until the transaction ends."""
    found = select(ApiToken).where(ApiToken.id == number, ApiToken.ended_at.is_(None)).with_for_update(of=ApiToken)
    return session.scalar(found.execution_options(populate_existing=True))


def digest_of(token: str) -> str:
    """Return what is kept of a token: long and random as it is, one round of SHA-256 is enough."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
