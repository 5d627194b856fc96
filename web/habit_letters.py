"""The letters of the weekly habit: who is in next week, who is expected, how it was, and nobody this week."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from data.answering import may_move
from data.community import community_of
from data.letter import Kind, Letter
from data.match import Match, Seat
from data.member import Member
from data.round import ROUND_TIME, Round, next_round_monday
from data.waking_hours import next_at, told_in_the_evening
from web.letter_texts import Trusted
from web.links import AFTER_MEETING, Links
from web.pen import Draft, Pen
from web.settings import Settings

NEWS_FOR = timedelta(days=3)  # how long after a round's last pairing its bad news are still worth posting
GOOD_NEWS_FOR = timedelta(days=3)
# On the morning after, so that nobody can tell from the hour who has said what.
SIDE_ASKED_AT = time(10)


class HabitLetters:
    """Letters that come by the clock."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links = Links(settings)
        self._pen = Pen(settings)

    def next_week(self, session: Session, member: Member, monday: date, now: datetime) -> Letter | None:
        """Say that the next round counts them in, and how to skip it or pause."""
        return self._pen.to_member(session, member, self._of_week(session, "next_week", member, monday), now)

    def are_you_in(self, session: Session, member: Member, monday: date, now: datetime) -> Letter | None:
        """Ask one who wants to be asked first whether they are in the next round."""
        return self._pen.to_member(session, member, self._of_week(session, "are_you_in", member, monday), now)

    def reminder(self, session: Session, seat: Seat, hours: int, now: datetime) -> Letter | None:
        """Say who is coming and what they have set aside, `hours` before the meeting; anew when its time has changed."""
        match = seat.match
        facts = {
            "hours": hours,
            "can_move": may_move(seat, now),
            "can_be_rescued": now < match.round.rematch_until,
        }
        draft = Draft("reminder", f"{hours} {_fixed(match)}", facts, {"try_until": match.meets_at})
        return self._pen.to_seat(session, seat, draft, now)

    def how_was_it(self, session: Session, seat: Seat, nudge_number: int, now: datetime) -> Letter | None:
        """Ask for feedback: the first time (1), or once more (2)."""
        columns = {"try_until": now + AFTER_MEETING}
        facts = {"nudge_number": nudge_number}
        draft = Draft("how_was_it", f"{nudge_number} {_fixed(seat.match)}", facts, columns)
        return self._pen.to_seat(session, seat, draft, now)

    def your_side(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Ask one of whom something was said for their side, in words that give nothing away; next morning."""
        facts = {"link": Trusted(self._links.your_side_url(seat, now))}
        columns = {"try_after": next_at(SIDE_ASKED_AT, now, seat.time_zone), "try_until": now + AFTER_MEETING}
        return self._pen.to_seat(session, seat, Draft("your_side", "", facts, columns), now)

    def you_both_enjoyed_it(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Tell one who enjoyed it that the others did too; in the evening."""
        evening = told_in_the_evening(now, seat.time_zone)
        columns = {"try_after": evening, "try_until": evening + GOOD_NEWS_FOR}
        facts = {"link": Trusted(self._links.strangers_url())}
        return self._pen.to_seat(session, seat, Draft("you_both_enjoyed_it", "", facts, columns), now)

    def we_paused_you(self, session: Session, member: Member, now: datetime) -> Letter | None:
        """Say kindly that two weeks went by without an answer, and that one press brings them back."""
        session.flush()
        facts = {"link": Trusted(self._links.return_url(member))}
        draft = Draft("we_paused_you", f"we_paused_you {now:%Y-%m-%d}", facts)
        return self._pen.to_member(session, member, draft, now)

    def nobody_this_week(
        self, session: Session, member: Member, round_: Round, now: datetime, post_after: datetime | None = None
    ) -> Letter | None:
        """Nobody was found: say so kindly, and that they come first next week; held until `post_after`."""
        session.flush()
        columns = {"try_after": post_after or now, "try_until": round_.rematch_until + NEWS_FOR}
        after = next_round_monday(round_.monday, community_of(session).cadence_weeks, now)
        facts = {"link": Trusted(self._links.profile_url()), "next_round": after}
        draft = Draft("nobody_this_week", f"nobody_this_week {round_.monday}", facts, columns)
        return self._pen.to_member(session, member, draft, now)

    def _of_week(self, session: Session, kind: Kind, member: Member, monday: date) -> Draft:
        session.flush()
        starts = datetime.combine(monday, ROUND_TIME, UTC)
        facts = {"link": Trusted(self._links.week_url(member, monday)), "starts": starts}
        return Draft(kind, f"{kind} {monday}", facts, {"try_until": starts})


def _fixed(match: Match) -> str:
    """A name for the time a match was given last: another one whenever it is fixed anew."""
    return f"{match.on_at:%m%d%H%M%S}" if match.on_at else "open"
