"""Reliability: how far a member's yes can be counted on; for themselves and the matcher alone, and forgiving.

Of the last twenty meetings they had said yes to, it counts how many were kept. Notice given counts as kept. What the
other says counts only once their own side was asked for, and nothing counts where the two disagree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from data.feedback import Feedback
from data.match import Match, Seat

LAST = 20  # meetings
# A newcomer is believed in as if nine of ten meetings had been kept: Beta(9, 1). Where people say yes beforehand, about
# eight of ten meetings are held, and each needs two who come: 0.9 x 0.9. Ten is half of the window: one lapse of a
# newcomer leaves 0.82, and twenty kept meetings make 0.97.
PRIOR_KEPT, PRIOR_MISSED = 9, 1
LONGEST_MEETING = timedelta(minutes=90)
ASKED_WITHIN = timedelta(days=1)  # the letter that asks for their side waits for the morning
SILENCE = timedelta(days=7)  # after which it counts that nothing was heard
AT_ONCE = 5000  # members in one query


class Said(NamedTuple):
    """What one of the others said of a meeting, none if nothing; and since when they say that they were alone there."""

    met: str | None
    alone_since: datetime | None


class Past(NamedTuple):
    """A meeting that is over, or was cancelled, for one who had said yes to it."""

    seat_id: int
    member_id: int
    gave_notice: bool
    said: str | None  # by themselves
    others: list[Said]

    def kept(self, now: datetime) -> bool | None:
        """Whether it counts as kept; none if it counts for nobody."""
        if self.gave_notice:
            return True
        others = {other.met for other in self.others} - {None}
        if self.said == "i_could_not":
            is_contradicted = len(self.others) == 1 and bool(others & {"yes", "never_arranged"})
            return None if is_contradicted else False
        if "never_arranged" in others | {self.said} or (self.said == "they_did_not_come" and "yes" in others):
            return None
        if "they_did_not_come" in others:
            return False if self._was_silent(now) and "yes" not in others else None
        return None if self.said == "yes" and others == {"i_could_not"} and len(self.others) == 1 else True

    def _was_silent(self, now: datetime) -> bool:
        asked = [other.alone_since for other in self.others if other.alone_since is not None]
        return self.said is None and now > min(asked) + ASKED_WITHIN + SILENCE


@dataclass(frozen=True)
class Reliability:
    """How far one member's yes can be counted on, and the meetings behind it, the newest first."""

    past: list[Past]
    kept: int
    missed: int

    @property
    def share(self) -> float:
        """The share of meetings they are expected to keep: the mean of Beta(9 + kept, 1 + missed)."""
        return (PRIOR_KEPT + self.kept) / (PRIOR_KEPT + PRIOR_MISSED + self.kept + self.missed)


def kept_shares(session: Session, member_ids: Collection[int], now: datetime) -> dict[int, float]:
    """Return the share of meetings that each of these members is expected to keep."""
    past = defaultdict(list)
    numbers = sorted(member_ids)
    for start in range(0, len(numbers), AT_ONCE):
        for meeting in _past_of(session, numbers[start : start + AT_ONCE], now):
            past[meeting.member_id].append(meeting)
    return {number: _weighed(past[number], now).share for number in numbers}


def reliability_of(session: Session, member_id: int, now: datetime) -> Reliability:
    """Return how far a member's yes can be counted on: for their own eyes."""
    return _weighed(list(_past_of(session, [member_id], now)), now)


def _weighed(past: list[Past], now: datetime) -> Reliability:
    outcomes = [meeting.kept(now) for meeting in past]
    return Reliability(past, outcomes.count(True), outcomes.count(False))


def _past_of(session: Session, member_ids: Sequence[int], now: datetime) -> Iterator[Past]:
    """Yield the last meetings of each member with all that was said of them, in one query."""
    last = _last_seats(member_ids, now)
    other, mine, theirs = aliased(Seat), aliased(Feedback), aliased(Feedback)
    alone_since = case((theirs.met == "they_did_not_come", theirs.given_at))  # a date costs time to read
    rows = (
        select(last.c.id, last.c.member_id, last.c.gave_notice, mine.met, theirs.met, alone_since)
        .outerjoin(mine, mine.seat_id == last.c.id)
        .outerjoin(other, and_(other.match_id == last.c.match_id, other.id != last.c.id, other.freed_at.is_(None)))
        .outerjoin(theirs, theirs.seat_id == other.id)
        .where(last.c.place <= LAST)
        .order_by(last.c.id.desc(), other.id)
    )
    seen: dict[int, Past] = {}
    for seat_id, member_id, gave_notice, said, met, since in session.execute(rows):
        past = seen.get(seat_id) or seen.setdefault(seat_id, Past(seat_id, member_id, gave_notice, said, []))
        past.others.append(Said(met, since))
    yield from seen.values()


def _last_seats(member_ids: Sequence[int], now: datetime) -> Subquery:
    """The seats of meetings that were said yes to and are over, or were cancelled, each with its place from the newest."""
    was_held = and_(
        Seat.accepted_at.is_not(None),
        Seat.freed_at.is_(None),
        Match.on_at.is_not(None),
        Match.meets_at <= now - LONGEST_MEETING,
    )
    place = func.row_number().over(partition_by=Seat.member_id, order_by=Seat.id.desc()).label("place")
    gave_notice = Seat.declined_at.is_not(None).label("gave_notice")
    columns = Seat.id, Seat.match_id, Seat.member_id, gave_notice, place
    chosen = Seat.member_id.in_(member_ids), or_(was_held, Seat.cancelled_at.is_not(None))
    return select(*columns).join(Match, Match.id == Seat.match_id).where(*chosen).subquery()
