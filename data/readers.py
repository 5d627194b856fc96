"""Whom a message of the organisers goes to: who is here and gets weekly letters, everywhere or in one town."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from data.member import Member


def readers_of_message(session: Session, place_id: int | None) -> list[int]:
    """Return the numbers of those who live in a place, or of everybody, who take weekly letters."""
    return list(session.scalars(select(Member.id).where(_reads(place_id)).order_by(Member.id)))


def count_readers(session: Session, place_id: int | None) -> int:
    """Return how many they are."""
    return session.scalar(select(func.count()).select_from(Member).where(_reads(place_id))) or 0


def still_reads(member: Member) -> bool:
    """Whether somebody who was among them is still."""
    return member.is_confirmed and member.unsubscribed_at is None


def _reads(place_id: int | None) -> ColumnElement[bool]:
    here = Member.confirmed_at.is_not(None), Member.left_at.is_(None), Member.unsubscribed_at.is_(None)
    return and_(*here) if place_id is None else and_(*here, Member.place_id == place_id)
