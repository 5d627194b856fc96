"""A letter: an e-mail written once, with the event it tells of, and posted until the mail server says yes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.database import Base, UtcDateTime


class Letter(Base):
    """One e-mail to one reader about one occasion. Everything in it is fixed when it is written."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("member_id", "occasion", name="uq_letter_member_id_occasion"),
        Index("ix_letter_due", "posted_at", "given_up_at", "try_after"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # none: the operator
    match_id: Mapped[int | None] = mapped_column(ForeignKey("match.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    occasion: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_after: Mapped[datetime] = mapped_column(UtcDateTime)  # held until then; moved on at every claim
    try_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # pointless afterwards
    tries: Mapped[int] = mapped_column(Integer, default=0)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")
