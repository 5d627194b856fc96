"""Who is left over: told once a round, first in line in the next; taken back when somebody is found after all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.letter import Letter
from data.member import Member
from data.round import Round
from web.letters import Letters


def tell_left_over(session: Session, round_: Round, members: Sequence[Member], letters: Letters, now: datetime) -> int:
    """Write to each of `members` that nobody was found, and let them wait in front; return how many letters it took.

    Whoever was told earlier in the round is not told again, but waits in front as well.
    """
    count_as_left_out(session, [member.id for member in members])
    held = {member.id: max(now, round_.letters_from(member.time_zone)) for member in members}
    written = [letters.nobody_this_week(session, member, round_, now, held[member.id]) for member in members]
    return sum(letter is not None for letter in written)


def count_as_left_out(session: Session, member_ids: Sequence[int]) -> None:
    """Let these members come first in the next round."""
    _count(session, member_ids, 1)


def take_back(session: Session, round_: Round, member_ids: Sequence[int]) -> None:
    """Somebody was found for these members, in their first seat of the round: who was told otherwise has not sat out."""
    told = select(Letter.member_id).where(Letter.kind == "nobody_this_week", Letter.written_at >= round_.started_at)
    left_out = set(session.scalars(told))
    _count(session, [number for number in member_ids if number in left_out], -1)


def uncount(session: Session, member_ids: Sequence[int]) -> None:
    """Somebody was found for these members after they had been counted as left out."""
    _count(session, member_ids, -1)


def _count(session: Session, member_ids: Sequence[int], change: int) -> None:
    """Counted by the database, so that nothing counted meanwhile is lost."""
    for number in member_ids:
        session.execute(update(Member).where(Member.id == number).values(times_left_out=Member.times_left_out + change))
