"""A match: people brought together in a round, one seat each, and the times they may choose from."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Literal

from sqlalchemy import (
    JSON,
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
from sqlalchemy.orm import Mapped, Session, joinedload, lazyload, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.meeting_time import MeetingTime
from data.member import Member
from data.round import Round
from data.venues import SuggestedVenue, Venue

Why = Literal["someone_else", "not_this_week"]
LIVE = "freed_at IS NULL"
LENGTH = timedelta(minutes=45)  # of a meeting, unless all agree otherwise
ANSWER_WITHIN = timedelta(hours=24)  # of a match made late in the week


class Match(Base):
    """Two people (three in a trio) who are to meet, with why and where, and when once a time suits all of them."""

    __tablename__ = "match"
    __table_args__ = (
        CheckConstraint("mode IN ('in_person', 'call')", name="mode"),
        CheckConstraint("on_at IS NULL OR meets_at IS NOT NULL", name="on_has_a_time"),
        UniqueConstraint("id", "round_id", name="uq_match_id_round_id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    mode: Mapped[str] = mapped_column(String(10))
    value: Mapped[float] = mapped_column(Float)
    reason: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(Text)
    reason_facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")  # what goes into it
    topic_facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    questions: Mapped[list[str]] = mapped_column(JSON, default=list)  # a step deeper than small talk
    sign: Mapped[str] = mapped_column(String(60), default="")  # by which they know each other at the door
    meets_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)  # none until a time suits everybody
    minutes: Mapped[int] = mapped_column(Integer, default=45)
    meeting_place: Mapped[str] = mapped_column(Text, default="")  # a public place, in words; empty for a call
    room: Mapped[str] = mapped_column(String(43), default=lambda: token_urlsafe(32))  # unguessable, of a call
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # of a rescue at short notice, the same for all
    agreeing_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # all have said yes, and no time suits all
    on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when everybody had said yes to one time
    sequence: Mapped[int] = mapped_column(Integer, default=0)  # of its calendar entry: rises with every change

    round: Mapped[Round] = relationship(lazy="joined")
    seats: Mapped[list[Seat]] = relationship(back_populates="match", order_by="Seat.id", lazy="selectin")
    times: Mapped[list[MeetingTime]] = relationship(
        order_by="MeetingTime.starts_at", lazy="selectin", cascade="all, delete-orphan"
    )

    suggestions: Mapped[list[SuggestedVenue]] = relationship(
        order_by="SuggestedVenue.rank", cascade="all, delete-orphan"
    )  # up to three public places, the best first

    @property
    def venue(self) -> Venue | None:
        """The listed venue where they meet, or none: a call, no place yet, or one agreed in words of their own."""
        return next((one.venue for one in self.suggestions if one.venue.in_words == self.meeting_place), None)

    @property
    def live_seats(self) -> list[Seat]:
        """The seats of those who may still come."""
        return [seat for seat in self.seats if seat.freed_at is None]

    @property
    def is_on(self) -> bool:
        """Whether everybody has said yes to one time and nobody has fallen out since."""
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
    def is_agreeing(self) -> bool:
        """Whether all have said yes and still look for a time that suits all of them."""
        return self.agreeing_since is not None and not self.is_off and not self.is_falling_through

    @property
    def ends_at(self) -> datetime | None:
        """When the meeting is over: a stated end is a polite exit."""
        return self.meets_at + timedelta(minutes=self.minutes) if self.meets_at else None

    def has_begun(self, now: datetime) -> bool:
        """Whether it is too late to change anything: the meeting has begun, or its round's days are over."""
        return now >= (self.meets_at or self.round.over_at)


class Seat(Base):
    """One member's part in a match, and what they said to it."""

    __tablename__ = "seat"
    __table_args__ = (
        ForeignKeyConstraint(["match_id", "round_id"], ["match.id", "match.round_id"], name="fk_seat_match_round"),
        UniqueConstraint("match_id", "member_id", name="uq_seat_match_id_member_id"),
        CheckConstraint("accepted_at IS NULL OR declined_at IS NULL", name="one_answer"),
        CheckConstraint("(declined_at IS NULL) = (declined_why IS NULL)", name="why_declined"),
        CheckConstraint("declined_why IN ('someone_else', 'not_this_week')", name="declined_why"),
        CheckConstraint("minutes IN (30, 45, 60, 90)", name="minutes"),
        Index(
            "uq_seat_live", "round_id", "member_id", unique=True, sqlite_where=text(LIVE), postgresql_where=text(LIVE)
        ),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    match_id: Mapped[int] = mapped_column(Integer, index=True)
    round_id: Mapped[int] = mapped_column(Integer)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")  # by whose clocks they live in that week
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    declined_why: Mapped[str | None] = mapped_column(String(20))
    # Whether a yes was taken back; the one fact that tells a cancelled meeting from a declined one.
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    word: Mapped[str] = mapped_column(Text, default="")  # to the others, with a no
    minutes: Mapped[int | None] = mapped_column(Integer)  # how long they would like to meet, if not as usual
    move_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when they asked for another time, once
    place_proposed: Mapped[str] = mapped_column(String(200), default="")  # another public place, until somebody agrees
    freed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    memo: Mapped[str] = mapped_column(Text, default="", server_default="")  # a note to oneself; nobody else reads it

    match: Mapped[Match] = relationship(back_populates="seats", lazy="joined")
    member: Mapped[Member] = relationship(lazy="joined")

    @property
    def partners(self) -> list[Member]:
        """The other members who may still come."""
        return [seat.member for seat in self.match.live_seats if seat is not self]

    @property
    def answer_by(self) -> datetime:
        """Until when this seat may answer: the evening of its round, or a day after a later match was made."""
        match = self.match
        return match.answer_until or max(match.round.answer_by(self.time_zone), match.made_at + ANSWER_WITHIN)

    def free(self, now: datetime) -> None:
        """Take the member out of the match, so that they may be paired again in this round."""
        self.freed_at = self.freed_at or now


# The seats of a match need not bring along the match they came with, and they bring along all of its members.
EACH_ROW_ONCE = (joinedload(Seat.match).selectinload(Match.seats).lazyload(Seat.match), lazyload(Seat.member))


def seat_to_answer(session: Session, seat_id: int) -> Seat | None:
    """Return a seat with its match locked and read anew, so that two answers at once are heard one after the other."""
    match_id = session.scalar(select(Seat.match_id).where(Seat.id == seat_id))
    if match_id is None:
        return None
    match = lock_match(session, match_id)
    return next(seat for seat in match.seats if seat.id == seat_id)


def lock_match(session: Session, match_id: int) -> Match:
    """Return a match as it stands now, with its seats and times, locked until the transaction ends."""
    locked = select(Match).where(Match.id == match_id).with_for_update(of=Match)
    return session.scalars(locked.execution_options(populate_existing=True)).one()


def seat_numbered(session: Session, number: int) -> Seat | None:
    """Return the seat with this number, if there is one."""
    return session.get(Seat, number, options=EACH_ROW_ONCE)


def seats_of(session: Session, member_id: int, since: date | None = None) -> list[Seat]:
    """Return every seat a member has had, or those in rounds from a Monday on, the newest first."""
    mine = select(Seat).where(Seat.member_id == member_id).order_by(Seat.id.desc()).options(*EACH_ROW_ONCE)
    if since is not None:
        mine = mine.join(Round, Round.id == Seat.round_id).where(Round.monday >= since)
    return list(session.scalars(mine))
