"""A report: what one member says was wrong about another, for the eyes of those who look after the community."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Seat
from data.member import Member
from data.note import Note

Outcome = Literal["nothing", "spoken_to", "paused", "barred"]
OPEN = "handled_at IS NULL"


class Report(Base):
    """One report; the two were kept apart the moment it was made. The one it is about is never told of it."""

    __tablename__ = "report"
    __table_args__ = (
        CheckConstraint("outcome IN ('nothing', 'spoken_to', 'paused', 'barred')", name="outcome"),
        CheckConstraint("(handled_at IS NULL) = (outcome IS NULL)", name="handled_with_an_outcome"),
        Index("ix_report_open", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), index=True)  # of who says it
    about_id: Mapped[int] = mapped_column(ForeignKey("member.id"), index=True)
    note_id: Mapped[int | None] = mapped_column(ForeignKey("note.id"))  # the note it is about, if it is about one
    words: Mapped[str] = mapped_column(Text)
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(10))

    seat: Mapped[Seat] = relationship()
    about: Mapped[Member] = relationship()
    note: Mapped[Note | None] = relationship()

    def handle(self, outcome: Outcome, now: datetime) -> None:
        """Somebody has looked at it, and this is what came of it."""
        self.handled_at, self.outcome = now, outcome


def open_reports(session: Session) -> list[Report]:
    """Return the reports nobody has handled yet, the oldest first."""
    return list(session.scalars(select(Report).where(Report.handled_at.is_(None)).order_by(Report.id)))


def count_open_reports(session: Session) -> int:
    """Return how many reports nobody has handled yet."""
    return session.scalar(select(func.count()).select_from(Report).where(Report.handled_at.is_(None))) or 0


def count_reports_about(session: Session, member_id: int) -> int:
    """Return how often a member was reported, handled or not."""
    return session.scalar(select(func.count()).select_from(Report).where(Report.about_id == member_id)) or 0
