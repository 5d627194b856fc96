"""The wall: lines people have learned from a stranger and chose to share, shown once somebody has looked at them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    UniqueConstraint,
    case,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Seat
from data.member import Member

LONGEST_LINE = 280
SHOWN = "shown_at IS NOT NULL"
UNJUDGED = "shown_at IS NULL AND refused_at IS NULL"


class ShownLine(NamedTuple):
    """A line as everybody reads it."""

    id: int
    words: str
    by: str  # the first name it is signed with, or nothing


class WallLine(Base):
    """What one seat shares of what they learned; of whom they learned it, it says nothing."""

    __tablename__ = "wall_line"
    __table_args__ = (
        UniqueConstraint("seat_id", name="uq_wall_line_seat_id"),
        CheckConstraint("shown_at IS NULL OR refused_at IS NULL", name="shown_or_refused"),
        Index("ix_wall_line_waiting", "id", sqlite_where=text(UNJUDGED), postgresql_where=text(UNJUDGED)),
        Index("ix_wall_line_shown", "shown_at", "id", sqlite_where=text(SHOWN), postgresql_where=text(SHOWN)),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"))
    words: Mapped[str] = mapped_column(String(LONGEST_LINE))
    signed: Mapped[bool] = mapped_column(default=False)  # with their first name, else by nobody
    shared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    shown_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    refused_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seat: Mapped[Seat] = relationship()

    @property
    def by(self) -> str:
        """The first name it is signed with, or nothing."""
        return self.seat.member.first_name if self.signed else ""

    def show(self, now: datetime) -> None:
        """Let everybody read it."""
        self.shown_at, self.refused_at = self.shown_at or now, None

    def refuse(self, now: datetime) -> None:
        """Let nobody else read it, now or later."""
        self.shown_at, self.refused_at = None, self.refused_at or now


WAITING = WallLine.shown_at.is_(None), WallLine.refused_at.is_(None)
WITH_AUTHOR = joinedload(WallLine.seat).lazyload(Seat.match)


def share(session: Session, seat: Seat, words: str, now: datetime, *, signed: bool) -> WallLine:
    """Put a line up; other words than before wait to be looked at again, the same ones stay as they are."""
    line = line_of(session, seat.id)
    if line is None:
        line = WallLine(seat=seat, words=words, signed=signed, shared_at=now)
        session.add(line)
    elif line.words != words:
        line.words, line.shared_at, line.shown_at, line.refused_at = words, now, None, None
    line.signed = signed
    return line


def line_of(session: Session, seat_id: int) -> WallLine | None:
    """Return what a seat shares, if it shares anything."""
    return session.scalar(select(WallLine).where(WallLine.seat_id == seat_id))


def lines_by(session: Session, member_id: int) -> dict[int, WallLine]:
    """Return all a member shares, by the number of the seat."""
    shared = select(WallLine).join(Seat).where(Seat.member_id == member_id)
    return {line.seat_id: line for line in session.scalars(shared)}


def lines_shown(session: Session, most: int, before: int | None = None) -> list[ShownLine]:
    """Return the newest lines everybody may read, or those older than the one numbered `before`."""
    shown = _shown().order_by(WallLine.id.desc()).limit(most)
    rows = session.execute(shown if before is None else shown.where(WallLine.id < before))
    return [ShownLine(number, words, by) for number, words, by in rows]


def lines_waiting(session: Session, most: int | None = None) -> list[WallLine]:
    """Return the lines somebody has to look at, the oldest first; all of them, or at most so many."""
    waiting = select(WallLine).where(*WAITING).order_by(WallLine.id).limit(most)
    return list(session.scalars(waiting.options(WITH_AUTHOR)))


def count_lines_waiting(session: Session) -> int:
    """Return how many lines somebody has to look at."""
    return session.scalar(select(func.count()).select_from(WallLine).where(*WAITING)) or 0


def lines_hanging(session: Session, most: int) -> list[WallLine]:
    """Return the newest lines everybody may read, for whoever may take them down."""
    hanging = select(WallLine).where(WallLine.shown_at.is_not(None)).order_by(WallLine.id.desc()).limit(most)
    return list(session.scalars(hanging.options(WITH_AUTHOR)))


def lock_line(session: Session, number: int) -> WallLine | None:
    """Return a line as it stands, locked until the transaction ends."""
    locked = select(WallLine).where(WallLine.id == number).options(WITH_AUTHOR).with_for_update(of=WallLine)
    return session.scalar(locked.execution_options(populate_existing=True))


def line_shown(session: Session, number: int) -> ShownLine | None:
    """Return the line with a number, if everybody may read it."""
    rows = session.execute(_shown().where(WallLine.id == number))
    return next((ShownLine(found, words, by) for found, words, by in rows), None)


def _shown() -> Select[int, str, str]:
    """The lines everybody may read: three columns, as a page of many of them must be quick."""
    by = case((WallLine.signed, Member.first_name), else_="")
    lines = select(WallLine.id, WallLine.words, by).join(Seat, Seat.id == WallLine.seat_id)
    return lines.join(Member, Member.id == Seat.member_id).where(WallLine.shown_at.is_not(None))
