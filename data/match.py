"""A match: people brought together in a round, one seat each; a seat accepts, declines, is freed."""

from __future__ import annotations

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal

from sqlalchemy import (
    CheckConstraint,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.member import Member
from data.round import Round

Why = Literal["someone_else", "not_this_week"]
LIVE = "freed_at IS NULL"
ANSWER_WITHIN = timedelta(hours=24)  # of a match made late in the week


class CannotAnswer(Exception):
    """This invitation is closed: the time to answer has passed, or the match is off."""


class Match(Base):
    """Two people (three in a trio) who are to meet, with when, where and why."""

    __tablename__ = "match"
    __table_args__ = (
        CheckConstraint("mode IN ('in_person', 'call')", name="mode"),
        UniqueConstraint("id", "round_id", name="uq_match_id_round_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    mode: Mapped[str] = mapped_column(String(10))
    value: Mapped[float] = mapped_column(Float)
    reason: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    meets_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    minutes: Mapped[int] = mapped_column(Integer, default=45)
    meeting_place: Mapped[str] = mapped_column(Text, default="")  # a public place, in words; empty for a call
    room: Mapped[str] = mapped_column(String(43), default=lambda: token_urlsafe(32))  # unguessable, of a call
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when everybody had said yes

    round: Mapped[Round] = relationship(lazy="joined")
    seats: Mapped[list[Seat]] = relationship(back_populates="match", order_by="Seat.id", lazy="selectin")

    @property
    def live_seats(self) -> list[Seat]:
        """The seats of those who may still come."""
        return [seat for seat in self.seats if seat.freed_at is None]

    @property
    def is_on(self) -> bool:
        """Whether everybody has said yes and nobody has fallen out since."""
        return self.on_at is not None and len(self.live_seats) > 1 and not self.is_falling_through

    @property
    def is_off(self) -> bool:
        """Whether nobody is left to meet."""
        return len(self.live_seats) < 2

    @property
    def is_falling_through(self) -> bool:
        """Whether somebody has said no and `rematch` has not acted on it yet."""
        return any(seat.declined_at is not None for seat in self.live_seats)

    @property
    def ends_at(self) -> datetime:
        """When the meeting is over: a stated end is a polite exit."""
        return self.meets_at + timedelta(minutes=self.minutes)


class Seat(Base):
    """One member's part in a match, and what they said to it."""

    __tablename__ = "seat"
    __table_args__ = (
        ForeignKeyConstraint(["match_id", "round_id"], ["match.id", "match.round_id"], name="fk_seat_match_round"),
        UniqueConstraint("match_id", "member_id", name="uq_seat_match_id_member_id"),
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
        CheckConstraint("(declined_at IS NULL) = (declined_why IS NULL)", name="why_declined"),
        CheckConstraint("declined_why IN ('someone_else', 'not_this_week')", name="declined_why"),
        Index(
            "uq_seat_live",
            "round_id",
            "member_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    match_id: Mapped[int] = mapped_column(Integer, index=True)
    round_id: Mapped[int] = mapped_column(Integer)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_why: Mapped[str | None] = mapped_column(String(20))
    freed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    match: Mapped[Match] = relationship(back_populates="seats", lazy="joined")
    member: Mapped[Member] = relationship(lazy="joined")

    @property
    def partners(self) -> list[Member]:
        """The other members who may still come."""
        return [seat.member for seat in self.match.live_seats if seat is not self]

    @property
    def answer_by(self) -> datetime:
        """Until when this seat may answer: Wednesday evening, or a day after a later match was made."""
        return max(self.match.round.answer_by(self.member.time_zone), self.match.made_at + ANSWER_WITHIN)

    def accept(self, now: datetime) -> None:
        """Say yes; saying it twice changes nothing. The match is on once every live seat has."""
        if self.accepted_at is not None and self.freed_at is None:
            return
        self._check_open(now)
        self.accepted_at = now
        self.declined_at = self.declined_why = None
        if all(seat.accepted_at for seat in self.match.live_seats):
            self.match.on_at = now

    def decline(self, now: datetime, why: Why) -> None:
        """Say no, before the meeting; `rematch` acts on it."""
        if self.declined_at is not None:
            return
        if self.freed_at is not None or now >= self.match.meets_at:
            raise CannotAnswer
        self.accepted_at = None
        self.declined_at, self.declined_why = now, why

    def free(self, now: datetime) -> None:
        """Take the member out of the match, so that they may be paired again in this round."""
        self.freed_at = self.freed_at or now

    def _check_open(self, now: datetime) -> None:
        closed = self.freed_at is not None or self.match.is_off or self.match.is_falling_through
        if closed or now > self.answer_by:
            raise CannotAnswer


def seat_to_answer(session: Session, seat_id: int) -> Seat | None:
    """Return a seat with its match locked, so that two answers at once are heard one after the other."""
    seat = session.get(Seat, seat_id)
    if seat is None:
        return None
    locked = select(Match).where(Match.id == seat.match_id).with_for_update(of=Match)
    session.scalars(locked.execution_options(populate_existing=True)).one()
    session.refresh(seat)
    return seat


def live_seat(session: Session, member_id: int, round_id: int) -> Seat | None:
    """Return the seat a member holds in a round, if any."""
    found = select(Seat).where(Seat.member_id == member_id, Seat.round_id == round_id, Seat.freed_at.is_(None))
    return session.scalar(found)


def seats_of(session: Session, member_id: int) -> list[Seat]:
    """Return every seat a member has ever had, the newest first."""
    return list(session.scalars(select(Seat).where(Seat.member_id == member_id).order_by(Seat.id.desc())))
