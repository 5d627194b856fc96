"""The letters of a match: whom one could meet, that it is on, that it is not, and what changes in between."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from data.letter import Letter
from data.match import Seat
from data.member import Member
from web.habit_letters import NEWS_FOR
from web.links import Links
from web.pen import Draft, Pen
from web.settings import Settings


class MatchLetters:
    """Letters to the member of a seat about its match."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links = Links(settings)
        self._pen = Pen(settings)

    def your_match(
        self, session: Session, seat: Seat, now: datetime, post_after: datetime | None = None
    ) -> Letter | None:
        """Introduce the stranger of the week, and ask for a yes or a no; held until `post_after`."""
        columns = {"try_after": post_after or now, "try_until": seat.answer_by}
        return self._pen.to_seat(session, seat, Draft("your_match", "", {}, columns), now)

    def it_is_on(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Everybody has said yes: say when, and where or on which call."""
        return self._pen.to_seat(session, seat, Draft("it_is_on", "", {}, {"try_until": seat.match.meets_at}), now)

    def they_cannot_come(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Tell one who is left that somebody fell out, and what happens now."""
        round_ = seat.match.round
        staying = [other.member for other in seat.match.live_seats if other is not seat and not other.declined_at]
        facts = {
            "gone": _fallen_out(seat),
            "staying": staying,
            "going_on": bool(staying) and seat.freed_at is None,
            "still_looking": now < round_.rematch_until,
            "until": round_.rematch_until,
        }
        columns = {"try_until": round_.rematch_until + NEWS_FOR}
        return self._pen.to_seat(session, seat, Draft("they_cannot_come", str(_count_gone(seat)), facts, columns), now)


def _fallen_out(seat: Seat) -> list[Member]:
    """Who of a match cannot come: those who said no or nothing; when nobody did, everybody else."""
    others = [other for other in seat.match.seats if other is not seat]
    gone = [other for other in others if other.declined_at or other.freed_at]
    silent = [other for other in gone if other.declined_at or not other.accepted_at]
    return [other.member for other in silent or gone or others]


def _count_gone(seat: Seat) -> int:
    return len(seat.match.seats) - len(seat.match.live_seats)
