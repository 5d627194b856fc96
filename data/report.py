"""A report: what one member says was wrong about another, for the eyes of those who look after the community."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Select, String, Text, and_, func, select, text
from sqlalchemy.orm import Mapped, Session, aliased, joinedload, lazyload, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.match import Match, Seat
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


def write_report(  # noqa: PLR0913  what a report is made of
    session: Session, seat: Seat, about_id: int, words: str, now: datetime, *, note: Note | None = None
) -> Report:
    """Write down what a seat says about another member, and about which note, if about one; said twice, it is kept once.

    The match is to be locked (`seat_to_answer`), so that a button pressed twice is heard one press after the other.
    """
    note_id = note.id if note else None
    same = Report.seat_id == seat.id, Report.about_id == about_id, Report.words == words
    known = session.scalar(select(Report).where(*same, Report.note_id.is_not_distinct_from(note_id)).limit(1))
    report = known or Report(seat_id=seat.id, about_id=about_id, words=words, reported_at=now, note_id=note_id)
    session.add(report)
    return report


def reports_to_handle(session: Session, member_id: int, most: int) -> list[Report]:
    """Return the open reports a member may handle, the oldest first: none of their own, and none about them."""
    # With whom they are by and about and when they were to meet: all that a list of them shows.
    match = joinedload(Report.seat).joinedload(Seat.match).options(lazyload(Match.seats), lazyload(Match.times))
    open_ = _to_handle(member_id).options(match, joinedload(Report.about))
    return list(session.scalars(open_.order_by(Report.id).limit(most)))


def count_reports_to_handle(session: Session, member_id: int) -> int:
    """Return how many open reports a member may handle."""
    return session.scalar(_to_handle(member_id).with_only_columns(func.count())) or 0


def lock_report(session: Session, number: int, member_id: int) -> Report | None:
    """Return a report as it stands, locked until the transaction ends; none when it is not this member's to handle."""
    locked = _to_look_at(member_id).where(Report.id == number).with_for_update(of=Report)
    return session.scalar(locked.execution_options(populate_existing=True))


def count_open_reports_by(session: Session, member_id: int) -> int:
    """Return how many reports of a member's own nobody has handled yet."""
    mine = select(func.count()).select_from(Report).join(Seat).where(Seat.member_id == member_id)
    return session.scalar(mine.where(Report.handled_at.is_(None))) or 0


def count_reports_about(session: Session, member_id: int) -> int:
    """Return how often a member was reported, handled or not."""
    return session.scalar(select(func.count()).select_from(Report).where(Report.about_id == member_id)) or 0


def count_earlier(session: Session, reports: Collection[Report]) -> dict[int, int]:
    """Return for each of some reports, by its number, how often whom it is about was reported before, handled or not."""
    earlier = aliased(Report)
    before = and_(earlier.about_id == Report.about_id, earlier.id < Report.id)
    counts = select(Report.id, func.count(earlier.id)).outerjoin(earlier, before).group_by(Report.id)
    some = counts.where(Report.id.in_([report.id for report in reports]))
    return {number: count for number, count in session.execute(some)}  # noqa: C416  rows are no pairs to mypy


def reports_by(session: Session, member_id: int) -> list[Report]:
    """Return the reports a member has made, the oldest first."""
    mine = select(Report).join(Seat).where(Seat.member_id == member_id)
    return list(session.scalars(mine.order_by(Report.id)))


def reports_about(session: Session, member_id: int) -> list[int]:
    """Return the numbers of the reports about a member: of what came of them they are to learn nothing."""
    return list(session.scalars(select(Report.id).where(Report.about_id == member_id).order_by(Report.id)))


def _to_handle(member_id: int) -> Select[Report]:
    return _to_look_at(member_id).where(Report.handled_at.is_(None))


def _to_look_at(member_id: int) -> Select[Report]:
    """Reports that neither come from a member nor are about them: of the latter they must never learn."""
    return select(Report).join(Seat).where(Report.about_id != member_id, Seat.member_id != member_id)
