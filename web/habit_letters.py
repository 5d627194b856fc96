"""The letters of the weekly habit: who is in next week, who is expected, how it was, and nobody this week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from data.letter import Letter
from data.match import Seat
from data.member import Member
from data.round import ROUND_TIME, Round
from web.letter_texts import Trusted
from web.links import AFTER_MEETING, Links
from web.pen import Draft, Pen
from web.settings import Settings

NEWS_FOR = timedelta(days=3)  # how long after a round's last pairing its bad news are still worth posting


class HabitLetters:
    """Letters that come by the clock."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links = Links(settings)
        self._pen = Pen(settings)

    def next_week(self, session: Session, member: Member, monday: date, now: datetime) -> Letter | None:
        """Say that the next round counts them in, and how to skip it or pause."""
        session.flush()
        starts = datetime.combine(monday, ROUND_TIME, UTC)
        facts = {"link": Trusted(self._links.week_url(member, monday)), "starts": starts}
        return self._pen.to_member(
            session, member, Draft("next_week", f"next_week {monday}", facts, {"try_until": starts}), now
        )

    def reminder(self, session: Session, seat: Seat, hours: int, now: datetime) -> Letter | None:
        """Say who is coming and what they have set aside, `hours` before the meeting."""
        draft = Draft("reminder", str(hours), {"hours": hours}, {"try_until": seat.match.meets_at})
        return self._pen.to_seat(session, seat, draft, now)

    def how_was_it(self, session: Session, seat: Seat, nudge_number: int, now: datetime) -> Letter | None:
        """Ask for feedback: the first time (1), or once more (2)."""
        columns = {"try_until": now + AFTER_MEETING}
        draft = Draft("how_was_it", str(nudge_number), {"nudge_number": nudge_number}, columns)
        return self._pen.to_seat(session, seat, draft, now)

    def nobody_this_week(
        self, session: Session, member: Member, round_: Round, now: datetime, post_after: datetime | None = None
    ) -> Letter | None:
        """Nobody was found: say so kindly, and that they come first next week; held until `post_after`."""
        session.flush()
        columns = {"try_after": post_after or now, "try_until": round_.rematch_until + NEWS_FOR}
        facts = {"link": Trusted(self._links.profile_url())}
        draft = Draft("nobody_this_week", f"nobody_this_week {round_.monday}", facts, columns)
        return self._pen.to_member(session, member, draft, now)
