"""Past pairs: every two who were brought together, whether they met, and whether they enjoyed it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session, aliased

from data.feedback import Feedback, enjoys
from data.match import Match, Seat
from data.round import Round

FEW = 2_000  # members whose numbers fit into one question; beyond them, all is read and theirs kept


class PastPair(NamedTuple):
    """Two members who were in one match, the lower number first.

    `mode` is the match's. `enjoyed` is none when nobody said how it was. `both_again`: they met, and both said that they
    would meet again.
    """

    one_id: int
    other_id: int
    monday: date
    met: bool
    enjoyed: bool | None
    mode: str = "in_person"
    both_again: bool = False


class _Said(NamedTuple):
    """The answers of one seat; all none when it gave no feedback."""

    met: str | None
    rating: int | None
    again: bool | None

    @property
    def enjoyed(self) -> bool | None:
        return enjoys(self.met, self.rating, self.again)


def past_pairs(session: Session, among: Collection[int] | None = None) -> list[PastPair]:
    """Return every two who were ever brought together, the oldest first; of a trio, each two.

    They met when either says so, or when it was on for both and neither says otherwise. They enjoyed it when
    everybody who said how it was did. `among` keeps to pairs of these members: when they are few, no others' matches are read.
    """
    found = (_pair(row) for row in session.execute(_brought_together(among)))
    if among is None:
        return list(found)
    wanted = frozenset(among)
    return [pair for pair in found if pair.one_id in wanted and pair.other_id in wanted]


def _brought_together(among: Collection[int] | None) -> Select[*tuple[Any, ...]]:
    one, other = aliased(Seat), aliased(Seat)
    first, second = aliased(Feedback), aliased(Feedback)
    pairs = (
        select(
            one.member_id, other.member_id, Round.monday, Match.mode,
            Match.on_at.is_not(None) & one.freed_at.is_(None) & other.freed_at.is_(None),
            first.met, first.rating, first.again, second.met, second.rating, second.again,
        )
        .join(Match, Match.id == one.match_id)
        .join(Round, Round.id == Match.round_id)
        .join(other, and_(other.match_id == one.match_id, other.member_id > one.member_id))
        .outerjoin(first, first.seat_id == one.id)
        .outerjoin(second, second.seat_id == other.id)
        .order_by(Round.monday, Match.id, one.member_id, other.member_id)
    )  # fmt: skip
    if among is not None and len(among) <= FEW:
        # By their matches: asked for members on both sides, SQLite looks for every two of them (70 s for 2,000).
        return pairs.where(Match.id.in_(select(Seat.match_id).where(Seat.member_id.in_(among))))
    return pairs


def _pair(row: Row[*tuple[Any, ...]]) -> PastPair:
    one_id, other_id, monday, mode, was_on, *answered = row
    said = _Said(*answered[:3]), _Said(*answered[3:])
    answers = {answer.met for answer in said if answer.met is not None}
    enjoyed = [answer.enjoyed for answer in said if answer.enjoyed is not None]
    met = "yes" in answers or (bool(was_on) and not answers)
    again = met and all(answer.again is True for answer in said)
    return PastPair(one_id, other_id, monday, met, all(enjoyed) if enjoyed else None, mode, again)
