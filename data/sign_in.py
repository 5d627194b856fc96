"""A sign-in by letter: a link and a six-digit code, good for ten minutes, five tries and one use."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Integer, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.member import Member

GOOD_FOR = timedelta(minutes=10)
TRIES = 5
LETTERS_PER_HOUR = 5


class SignIn(Base):
    """One request to sign in; the code itself is in the letter alone, here is only its digest."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    code_digest: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    member: Mapped[Member] = relationship(lazy="joined")

    def is_open(self, now: datetime) -> bool:
        """Whether the link or the code may still be used."""
        return self.used_at is None and self.tries < TRIES and now < self.asked_at + GOOD_FOR

    def use(self, now: datetime) -> bool:
        """Use it up by its link; return whether it was open."""
        was_open = self.is_open(now)
        if was_open:
            self.used_at = now
        return was_open

    def try_digest(self, digest: str, now: datetime) -> bool:
        """Use it up by its code; a wrong code costs one try. Return whether it was right."""
        if not self.is_open(now):
            return False
        self.tries += 1
        if digest != self.code_digest:
            return False
        self.used_at = now
        return True


def asked_too_often(session: Session, member: Member, now: datetime) -> bool:
    """Whether this member's mailbox has had its share of sign-in letters for the hour."""
    recent = SignIn.member_id == member.id, SignIn.asked_at > now - timedelta(hours=1)
    count = session.scalar(select(func.count()).select_from(SignIn).where(*recent)) or 0
    return count >= LETTERS_PER_HOUR


def latest_sign_in(session: Session, member: Member) -> SignIn | None:
    """Return the member's newest sign-in, locked, so that tries at the same moment all count."""
    newest = select(SignIn).where(SignIn.member_id == member.id).order_by(SignIn.id.desc()).limit(1)
    return session.scalar(newest.with_for_update(of=SignIn))
