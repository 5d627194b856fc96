"""Finds members by words that begin with what was typed, the newest first; an index answers, however many there are."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from data.member import Member, fold_email
from data.member_words import MemberWord
from data.search_keys import LONGEST, begins_with, fold, is_long_enough

MOST_WORDS = 6  # of what is typed; nobody needs more to be found


def find_members(session: Session, typed: str, most: int, before: int | None = None) -> list[Member]:
    """Return the members of whom each word typed begins a word, the newest first, those who left aside.

    All of them when no word is typed; with `before`, only those who signed up before the member of that number.
    """
    found = select(Member).where(Member.left_at.is_(None)).order_by(Member.id.desc()).limit(most)
    if before is not None:
        found = found.where(Member.id < before)
    for word in words_typed(typed):
        # Asked for as a list of numbers, the index on words is read once, and not once for each member.
        found = found.where(Member.id.in_(select(MemberWord.member_id).where(begins_with(MemberWord.word, word))))
    return list(session.scalars(found))


def words_typed(typed: str) -> list[str]:
    """Return the words to look for; those too short to be looked for are left out."""
    words = [word for part in typed.split() for word in _words_of(part) if is_long_enough(word)]
    return list(dict.fromkeys(words))[:MOST_WORDS]


def _words_of(part: str) -> list[str]:
    return [fold_email(part)[:LONGEST]] if "@" in part.strip("@") else fold(part).split()
