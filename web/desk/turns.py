"""What organisers do to members they do one after the other, and each sees what the one before has done."""

from __future__ import annotations

from flask import g

from data.member import Member
from data.roles import lock_organisers, locked_member
from web import errors
from web.visitor import member_here

LARGEST_NUMBER = 2**31


def take_turn() -> list[int]:
    """Wait for other organisers; return the numbers of all. Whose role was taken meanwhile finds nothing."""
    organisers = lock_organisers(g.session)
    return organisers if member_here().id in organisers else errors.not_found()


def member_shown(number: int) -> Member:
    """Return a member to be looked at, one who has left included."""
    member: Member | None = g.session.get(Member, number) if number < LARGEST_NUMBER else None
    return member or errors.not_found()


def member_to_change(number: int) -> Member:
    """Return a member as they are now, locked, for something to be done; one who has left is not there."""
    member = locked_member(g.session, number) if number < LARGEST_NUMBER else None
    return member if member is not None and member.left_at is None else errors.not_found()
