"""An act: what somebody did at the organiser's desk, written down for good; the database lets nobody change it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DDL, JSON, ForeignKey, Index, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from data.database import Base, UtcDateTime
from data.member import Member

LONGEST_WHY = 500
FINAL = "what was done stays written"
# The promise is the database's own: no page, job or mistake of ours can change the log or thin it out.
SQLITE_GUARDS = [
    f"CREATE TRIGGER act_is_final_{deed.lower()} BEFORE {deed} ON act BEGIN SELECT RAISE(ABORT, '{FINAL}'); END"
    for deed in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARDS = [
    f"CREATE FUNCTION act_is_final() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{FINAL}'; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER act_is_final BEFORE UPDATE OR DELETE ON act FOR EACH ROW EXECUTE FUNCTION act_is_final()",
]


class Act(Base):
    """Who did what to whom or what, when, and why. It holds numbers, never names: those may be forgotten one day."""

    __tablename__ = "act"
    __table_args__ = (Index("ix_act_about", "about", "id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("member.id"), index=True)  # none: the command line
    deed: Mapped[str] = mapped_column(String(40))  # as "hold_round"
    about: Mapped[str] = mapped_column(String(80))  # as "member 12" or "round 2026-11-23"
    why: Mapped[str] = mapped_column(Text, default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    by: Mapped[Member | None] = relationship()


def write_down(session: Session, by_id: int | None, deed: str, about: str, now: datetime, **more: Any) -> Act:
    """Write down an act in the transaction of what was done. `why` is said in words; all else are facts about it."""
    why = more.pop("why", "")
    act = Act(at=now, by_id=by_id, deed=deed, about=about, why=why, facts=more)
    session.add(act)
    return act


def latest_acts(session: Session, most: int, before: int | None = None, about: str = "") -> list[Act]:
    """Return the newest acts, or those older than the one numbered `before`; all, or those about one thing."""
    acts = select(Act).order_by(Act.id.desc()).limit(most)
    if before is not None:
        acts = acts.where(Act.id < before)
    if about:
        acts = acts.where(Act.about == about)
    return list(session.scalars(acts))


def guards_of(dialect: str) -> list[DDL]:
    """Return what keeps the log as it is, for a migration to run."""
    guards = SQLITE_GUARDS if dialect == "sqlite" else POSTGRESQL_GUARDS
    return [DDL(guard) for guard in guards]  # type: ignore[no-untyped-call]  # the library's
