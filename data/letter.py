"""A letter: an e-mail written once, with the event it tells of, and posted until the mail server says yes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Match
from data.member import Member
from data.retry import wait_before

Kind = Literal[
    "confirm",
    "new_address",
    "sign_in",
    "your_match",
    "it_is_on",
    "they_cannot_come",
    "nobody_this_week",
    "next_week",
    "reminder",
    "how_was_it",
    "goodbye",
    "report",
    "no_common_time",
    "another_time",
    "another_place",
    "you_cancelled",
    "note",
    "your_side",
    "you_both_enjoyed_it",
    "we_paused_you",
    "are_you_in",
    "message",
]
# Letters of the weekly habit: one click ends them, and nobody who has unsubscribed gets one.
SUBSCRIPTION = frozenset(
    {"your_match", "nobody_this_week", "next_week", "are_you_in", "reminder", "how_was_it", "you_both_enjoyed_it"}
    | {"we_paused_you", "message"}
)
# They come by the clock, or can wait for the morning: none is posted in the reader's night.
BY_DAY = (SUBSCRIPTION - {"your_match", "nobody_this_week"}) | {"your_side"}
# Somebody is waiting at a screen for these: they go before any number of weekly letters.
URGENT = frozenset({"confirm", "new_address", "sign_in"})
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=2)
OPEN = "posted_at IS NULL AND given_up_at IS NULL"
GIVEN_UP = "given_up_at IS NOT NULL"
TO_OPERATOR = "member_id IS NULL"


class Letter(Base):
    """One e-mail to one reader about one occasion. Everything in it is fixed when it is written."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("member_id", "occasion", name="uq_letter_member_id_occasion"),
        # The same promise for the operator, whose letters belong to no member.
        Index(
            "uq_letter_operator_occasion",
            "occasion",
            unique=True,
            sqlite_where=text(TO_OPERATOR),
            postgresql_where=text(TO_OPERATOR),
        ),
        Index("ix_letter_given_up", "given_up_at", sqlite_where=text(GIVEN_UP), postgresql_where=text(GIVEN_UP)),
        Index("ix_letter_open", "urgent", "try_after", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"))  # none: the operator
    match_id: Mapped[int | None] = mapped_column(ForeignKey("match.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    occasion: Mapped[str] = mapped_column(String(80))
    urgent: Mapped[bool] = mapped_column(default=False)
    address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8), default="en", server_default="en")
    calendar: Mapped[str] = mapped_column(Text, default="")  # an invitation or its end (RFC 5546), if it carries one
    message_id: Mapped[str] = mapped_column(String(320))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    try_after: Mapped[datetime] = mapped_column(UtcDateTime)  # held until then; moved on at every claim
    try_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # pointless afterwards
    tries: Mapped[int] = mapped_column(Integer, default=0)
    posted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str] = mapped_column(Text, default="")

    member: Mapped[Member | None] = relationship()
    match: Mapped[Match | None] = relationship()

    @property
    def is_subscription(self) -> bool:
        """Whether it belongs to the weekly habit, which one click ends."""
        return self.kind in SUBSCRIPTION

    def was_posted(self, now: datetime) -> None:
        """The mail server has taken it."""
        self.posted_at, self.last_error = now, ""

    def try_again(self, now: datetime, error: str) -> None:
        """It could not be posted this time: wait 30 s, then twice as long each time, two hours at most."""
        self.try_after = now + wait_before(self.tries, FIRST_RETRY, LAST_RETRY, self.id)
        self.last_error = error

    def give_up(self, now: datetime, why: str) -> None:
        """It will not be posted."""
        self.given_up_at, self.last_error = now, why


def write(session: Session, **columns: Any) -> Letter | None:
    """Write a letter, or return none when its reader already has one for the occasion.

    The database decides, so that two writers at once make one letter; the caller's transaction goes on either way.
    """
    columns.setdefault("urgent", columns["kind"] in URGENT)
    insert = postgresql.insert(Letter) if session.get_bind().dialect.name == "postgresql" else sqlite.insert(Letter)
    written: Letter | None = session.scalar(insert.values(**columns).on_conflict_do_nothing().returning(Letter))
    return written


def count_letters(session: Session, member: Member, kind: Kind, since: datetime) -> int:
    """Return how many letters of a kind were written for a member since a moment, whatever the address."""
    recent = Letter.member_id == member.id, Letter.kind == kind, Letter.written_at > since
    return session.scalar(select(func.count()).select_from(Letter).where(*recent)) or 0


def recent_letters(session: Session, address: str = "", limit: int = 100) -> list[Letter]:
    """Return the newest letters first: everybody's, or those to one address."""
    newest = select(Letter).order_by(Letter.id.desc()).limit(limit)
    if address:
        newest = newest.where(func.lower(Letter.address) == address.strip().lower())
    return list(session.scalars(newest))
