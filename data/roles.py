"""Who looks after the community: hosts and organisers, of whom at least one organiser stays."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.member import Member, Role


class LastOrganiser(Exception):
    """Nobody else could look after the community: make somebody else an organiser first."""


def lock_organisers(session: Session) -> list[int]:
    """Return the numbers of the organisers as they are now, locked: what organisers do, they do one after the other.

    Others may meanwhile write about them (FOR NO KEY UPDATE), so that nobody who answers a match waits.
    """
    here = Member.role == "organiser", Member.left_at.is_(None)
    return list(session.scalars(select(Member.id).where(*here).order_by(Member.id).with_for_update(key_share=True)))


def locked_member(session: Session, number: int) -> Member | None:
    """Return a member as they are now, locked until the transaction ends."""
    locked = select(Member).where(Member.id == number).with_for_update(of=Member, key_share=True)
    return session.scalar(locked.execution_options(populate_existing=True))


def give_role(member: Member, role: Role, organisers: list[int]) -> bool:
    """Give a locked member a role; return whether it is another than before. `organisers` are locked too.

    Raises LastOrganiser when nobody would be left to do everything.
    """
    if member.role == role:
        return False
    if organisers == [member.id]:
        raise LastOrganiser
    member.role = role
    return True
