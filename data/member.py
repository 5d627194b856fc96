"""A member: who signed up, with a profession and a place, and when they like to meet somebody."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from secrets import token_urlsafe
from typing import Literal

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Index, Integer, String, Text, false, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.cells import snap
from data.database import Base, UtcDateTime
from data.free_hours import USUAL_HOURS
from data.member_words import kept_in_words
from data.occupations import Occupation
from data.places import Place

REACHES_KM = (5, 10, 25, 50)
Meets = Literal["in_person", "call", "either"]
Role = Literal["member", "host", "organiser"]  # a host moderates, and sits in for the odd one; an organiser does all


@kept_in_words
class Member(Base):
    """Someone who signed up. A member who has left keeps only a number, so that past matches stay whole."""

    __tablename__ = "member"
    __table_args__ = (
        CheckConstraint("reach_km IN (5, 10, 25, 50)", name="reach"),
        CheckConstraint("meets IN ('in_person', 'call', 'either')", name="meets"),
        CheckConstraint("rhythm_weeks IN (1, 2, 4)", name="rhythm"),
        CheckConstraint("role IN ('member', 'host', 'organiser')", name="role"),
        CheckConstraint("(left_at IS NULL) = (email IS NOT NULL)", name="email_until_left"),
        Index("uq_member_email", "email", unique=True),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254))
    first_name: Mapped[str] = mapped_column(String(60))
    profession: Mapped[str] = mapped_column(String(120))
    occupation_code: Mapped[str | None] = mapped_column(ForeignKey("occupation.code"))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"))
    # The centre of a 2 km cell, never the position itself: `settle_in` is the only writer.
    latitude: Mapped[float | None] = mapped_column(Float)
    longitude: Mapped[float | None] = mapped_column(Float)
    reach_km: Mapped[int] = mapped_column(Integer, default=10)
    meets: Mapped[str] = mapped_column(String(10), default="either")
    trio_ok: Mapped[bool] = mapped_column(default=False)
    offers: Mapped[str] = mapped_column(Text, default="")
    wants: Mapped[str] = mapped_column(Text, default="")
    topics: Mapped[str] = mapped_column(Text, default="")
    skype_name: Mapped[str] = mapped_column(String(100), default="")
    teams_name: Mapped[str] = mapped_column(String(100), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    call_link: Mapped[str] = mapped_column(String(300), default="")
    language: Mapped[str] = mapped_column(String(8), default="en", server_default="en")  # of their pages and letters
    # Hours of a usual week in which they are free, by their own clocks: see `data.free_hours`.
    free_hours: Mapped[int] = mapped_column(Integer, default=USUAL_HOURS)
    step_free: Mapped[bool] = mapped_column(default=False)  # a meeting place must be reached without steps
    short_notice: Mapped[bool] = mapped_column(default=False)  # may be asked on the same day to help somebody out
    rhythm_weeks: Mapped[int] = mapped_column(Integer, default=1)  # every week, every other, or every fourth
    ask_first: Mapped[bool] = mapped_column(default=False)  # paired only in a week for which they have said "in"
    in_for: Mapped[date | None] = mapped_column(Date)  # the Monday for which they have said so last
    signed_up_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    paused_until: Mapped[date | None] = mapped_column(Date)  # the first Monday they may be paired again
    unsubscribed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    quiet_since: Mapped[datetime | None] = mapped_column(UtcDateTime)  # two unanswered weeks: out until they come back
    came_back_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # silence before that is forgotten
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    role: Mapped[str] = mapped_column(String(10), default="member", server_default="member")
    sits_in: Mapped[bool] = mapped_column(default=False, server_default=false())  # a host, when somebody is left over
    # Rounds in which they were ready and nobody was found: who waited most comes first.
    times_left_out: Mapped[int] = mapped_column(Integer, default=0)
    # Opens their calendar feed; none: no feed.
    calendar_key: Mapped[str | None] = mapped_column(String(43), unique=True)
    # Part of every session cookie; a new key ends all sessions at once.
    session_key: Mapped[str] = mapped_column(String(43), default=lambda: token_urlsafe(32))

    place: Mapped[Place | None] = relationship(lazy="joined")
    occupation: Mapped[Occupation | None] = relationship()

    @property
    def time_zone(self) -> str:
        """The IANA zone of the member's place."""
        return self.place.time_zone if self.place else "UTC"

    @property
    def is_confirmed(self) -> bool:
        """Whether the e-mail address is known to be theirs and they are still here."""
        return self.confirmed_at is not None and self.left_at is None

    @property
    def only_sits_in(self) -> bool:
        """Whether they meet somebody only when that one would be left over; `who_only_sit_in` says the same of all."""
        return self.sits_in and self.role != "member"

    def confirm(self, now: datetime) -> None:
        """The address is theirs; confirming twice changes nothing."""
        self.confirmed_at = self.confirmed_at or now

    def settle_in(self, place: Place, position: tuple[float, float] | None = None) -> None:
        """Live in `place`, or at a position in degrees nearest to it; only a cell is kept of either."""
        self.place, self.place_id = place, place.id
        self.latitude, self.longitude = snap(*(position or (place.latitude, place.longitude)))

    def pause_until(self, monday: date) -> None:
        """Stay out of every round before `monday`."""
        self.paused_until = monday

    def resume(self, now: datetime) -> None:
        """Take part again from the next round on; earlier silence is forgotten."""
        self.paused_until = self.unsubscribed_at = self.quiet_since = None
        self.came_back_at = now

    def let_in(self, now: datetime) -> None:
        """End a pause or a silence for them; whether they get weekly letters is theirs alone to say."""
        self.paused_until = self.quiet_since = None
        self.came_back_at = now

    def say_in(self, monday: date) -> None:
        """Be in the round of `monday`, having been asked first."""
        self.in_for = monday

    def fall_quiet(self, now: datetime) -> None:
        """Stay out of every round until they come back: two weeks in a row they did not answer."""
        self.quiet_since = self.quiet_since or now

    def unsubscribe(self, now: datetime) -> None:
        """Get no weekly letters, and so meet nobody: a partner must not be left waiting."""
        self.unsubscribed_at = self.unsubscribed_at or now

    def end_sessions(self) -> None:
        """Sign out everywhere."""
        self.session_key = token_urlsafe(32)

    def open_calendar(self) -> None:
        """Have a calendar feed at a new secret address; an older one stops at once."""
        self.calendar_key = token_urlsafe(32)

    def close_calendar(self) -> None:
        """Have no calendar feed."""
        self.calendar_key = None

    def leave(self, now: datetime) -> None:
        """Forget everything about the member but a number; cannot be undone."""
        self.left_at = now
        self.email, self.place, self.place_id, self.occupation_code = None, None, None, None
        self.latitude, self.longitude = None, None
        self.first_name, self.profession = "Somebody", ""
        self.offers = self.wants = self.topics = ""
        self.skype_name = self.teams_name = self.phone = self.call_link = ""
        self.free_hours, self.rhythm_weeks, self.language, self.role = USUAL_HOURS, 1, "en", "member"
        self.step_free = self.short_notice = self.ask_first = self.sits_in = False
        self.in_for = self.paused_until = self.quiet_since = self.came_back_at = None
        self.end_sessions()
        self.close_calendar()


def fold_email(email: str) -> str:
    """Return the form in which an address is stored and looked up."""
    return email.strip().lower()


def member_by_email(session: Session, email: str) -> Member | None:
    """Return the member with this address, if there is one."""
    return session.scalar(select(Member).where(Member.email == fold_email(email)))


def member_by_calendar_key(session: Session, key: str) -> Member | None:
    """Return whose calendar feed this key opens, if it opens one."""
    found = session.scalar(select(Member).where(Member.calendar_key == key))
    return found if found is not None and found.is_confirmed else None


def lock_member(session: Session, member_id: int) -> None:
    """Let nobody else change what belongs to a member until the transaction ends."""
    session.execute(select(Member.id).where(Member.id == member_id).with_for_update(of=Member))


def members_numbered(session: Session, numbers: Collection[int]) -> list[Member]:
    """Return the members with these numbers, in their order."""
    return list(session.scalars(select(Member).where(Member.id.in_(numbers)).order_by(Member.id)))


def count_members(session: Session) -> int:
    """Return how many members there are, confirmed or not, those who left aside."""
    return session.scalar(select(func.count()).select_from(Member).where(Member.left_at.is_(None))) or 0


def others_are_here(session: Session, member_id: int) -> bool:
    """Return whether anybody but one member has signed up, confirmed or not, and not left."""
    here = select(Member.id).where(Member.id != member_id, Member.left_at.is_(None))
    return session.scalar(here.limit(1)) is not None
