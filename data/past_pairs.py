"""Past pairs: every two who were brought together, whether they met, and whether they enjoyed it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from data.feedback import Feedback, enjoys
from data.match import Match, Seat
from data.round import Round


class PastPair(NamedTuple):
    """Two members who were in one match, the lower number first. `enjoyed` is none when nobody said how it was."""

    one_id: int
    other_id: int
    monday: date
    met: bool
    enjoyed: bool | None


class _Said(NamedTuple):
    """The answers of one seat; all none when it gave no feedback."""

    met: str | None
    rating: int | None
    again: bool | None

    @property
    def enjoyed(self) -> bool | None:
        return enjoys(self.met, self.rating, self.again)


def past_pairs(session: Session) -> list[PastPair]:
    """Return every two who were ever brought together, the oldest first; of a trio, each two.

    They met when either says so, or when it was on for both and neither says otherwise. They enjoyed it when
    everybody who said how it was did.
    """
    one, other = aliased(Seat), aliased(Seat)
    first, second = aliased(Feedback), aliased(Feedback)
    pairs = (
        select(
            one.member_id, other.member_id, Round.monday,
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
    return [
        _pair(one_id, other_id, monday, bool(was_on), (_Said(*said[:3]), _Said(*said[3:])))
        for one_id, other_id, monday, was_on, *said in session.execute(pairs)
    ]


def _pair(one_id: int, other_id: int, monday: date, was_on: bool, said: tuple[_Said, _Said]) -> PastPair:  # noqa: FBT001  a column's value
    answers = {answer.met for answer in said if answer.met is not None}
    enjoyed = [answer.enjoyed for answer in said if answer.enjoyed is not None]
    met = "yes" in answers or (was_on and not answers)
    return PastPair(one_id, other_id, monday, met, all(enjoyed) if enjoyed else None)
