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
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship
from sqlalchemy.sql.dml import ReturningUpdate

from data.database import Base, UtcDateTime
from data.match import Match
from data.member import Member

Kind = Literal[
    "confirm",
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
]
# Letters of the weekly habit: one click ends them, and nobody who has unsubscribed gets one.
SUBSCRIPTION = frozenset({"your_match", "nobody_this_week", "next_week", "reminder", "how_was_it"})
# Somebody is waiting at a screen for these: they go before any number of weekly letters.
URGENT = frozenset({"confirm", "sign_in"})
FIRST_RETRY = timedelta(seconds=30)
LAST_RETRY = timedelta(hours=2)
OPEN = "posted_at IS NULL AND given_up_at IS NULL"
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
        Index("ix_letter_open", "urgent", "try_after", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
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
        """It could not be posted this time: wait 30 s, then twice as long each time, two hours at most.

        The wait is stretched by up to a quarter by the letter's number, so that letters that failed together
        do not all come back together.
        """
        wait = min(FIRST_RETRY * 2 ** min(self.tries - 1, 20), LAST_RETRY)
        self.try_after = now + wait * (1 + self.id * 37 % 100 / 400)
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


def claim_letter(session: Session, now: datetime, lease: timedelta) -> Letter | None:
    """Take the next letter to post, the urgent ones first; whoever else asks gets another for the time of the lease.

    What has become pointless meanwhile is given up on the way. Commit before posting: then a crash costs only the lease.
    """
    while True:
        urgent = session.scalars(_claim(now, lease, urgent=True)).one_or_none()
        letter = urgent or session.scalars(_claim(now, lease, urgent=False)).one_or_none()
        why = why_pointless(letter, now) if letter else None
        if letter is None or why is None:
            return letter
        letter.give_up(now, why)
        session.flush()


def why_pointless(letter: Letter, now: datetime) -> str | None:
    """Return why a letter should not be posted any more, or none if it should."""
    if letter.try_until is not None and now > letter.try_until:
        return "It came too late to be of use."
    member = letter.member
    if member is None or letter.kind == "goodbye":
        return None
    if member.email != letter.address:
        return "The reader has left, or has another address now."
    if letter.is_subscription and member.unsubscribed_at is not None:
        return "The reader has unsubscribed."
    if letter.match is not None and not _still_true(letter.kind, letter.match, member):
        return "The match is off."
    return None


def still_claimed(session: Session, letter: Letter) -> Letter | None:
    """Return the letter locked, as it stands now, unless another poster has taken it over since it was claimed."""
    claim = Letter.id == letter.id, Letter.tries == letter.tries, Letter.posted_at.is_(None)
    return session.scalar(select(Letter).where(*claim).with_for_update(of=Letter))


def recent_letters(session: Session, address: str = "", limit: int = 100) -> list[Letter]:
    """Return the newest letters first: everybody's, or those to one address."""
    newest = select(Letter).order_by(Letter.id.desc()).limit(limit)
    if address:
        newest = newest.where(func.lower(Letter.address) == address.strip().lower())
    return list(session.scalars(newest))


def _claim(now: datetime, lease: timedelta, *, urgent: bool) -> ReturningUpdate[Letter]:
    """The next open letter that is due, and its lease, in one statement that two posters cannot both win.

    The pick is MATERIALIZED because PostgreSQL may run a plain sub-select with a LIMIT more than once;
    SQLite has one writer at a time and ignores the locking clause.
    """
    due = Letter.posted_at.is_(None), Letter.given_up_at.is_(None), Letter.urgent.is_(urgent), Letter.try_after <= now
    first = select(Letter.id).where(*due).order_by(Letter.try_after, Letter.id).limit(1)
    pick = first.with_for_update(skip_locked=True).cte("pick").prefix_with("MATERIALIZED")
    taken = update(Letter).where(Letter.id.in_(select(pick.c.id)))
    claimed = taken.values(tries=Letter.tries + 1, try_after=now + lease).returning(Letter)
    return claimed.execution_options(synchronize_session=False, populate_existing=True)


def _still_true(kind: str, match: Match, member: Member) -> bool:
    """Whether what a letter says of a match still holds for its reader."""
    if kind in {"they_cannot_come", "report"}:
        return True
    seated = any(seat.member_id == member.id and seat.declined_at is None for seat in match.live_seats)
    return seated and (match.is_on if kind in {"it_is_on", "reminder"} else not match.is_off)
