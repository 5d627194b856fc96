"""The letters of a match: whom one could meet, that it is on, that it is not, and what changes in between."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from data.answering import Outcome, mover_of, still_good
from data.community import community_of
from data.letter import Kind, Letter
from data.match import Match, Seat
from data.meeting_time import MeetingTime
from data.round import next_round_monday
from data.webhook import facts_of, tell_webhooks
from web.calendar import cancellation, invitation
from web.habit_letters import NEWS_FOR
from web.links import Links
from web.pen import Draft, Pen
from web.settings import Settings
from web.terms import terms_of


class MatchLetters:
    """Letters to the member of a seat about its match."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._links = Links(settings)
        self._pen = Pen(settings)

    def your_match(
        self, session: Session, seat: Seat, now: datetime, post_after: datetime | None = None
    ) -> Letter | None:
        """Introduce the stranger of the week with the times to choose from; held until `post_after`."""
        columns = {"try_after": post_after or now, "try_until": seat.answer_by}
        return self._pen.to_seat(session, seat, Draft("your_match", "", {"times": seat.match.times}, columns), now)

    def tell(self, session: Session, match: Match, outcome: Outcome, now: datetime) -> None:
        """Write to whom the outcome of an answer concerns; that a match is on, the webhooks hear as well."""
        if outcome == "on":
            tell_webhooks(session, "match_on", facts_of(match), now)
            for seat in match.live_seats:
                self.it_is_on(session, seat, now)
        elif outcome == "no_common_time":
            for seat in match.live_seats:
                self.no_common_time(session, seat, now)
        elif outcome == "another_time":
            for seat in match.live_seats:
                if seat is not mover_of(match):
                    self.another_time(session, seat, now)

    def it_is_on(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Everybody has said yes to one time: say when, and where or on which call; again after every change."""
        columns = {
            "try_until": seat.match.meets_at,
            "calendar": invitation(terms_of(session, self._settings), seat, now),
        }
        draft = Draft("it_is_on", str(seat.match.sequence), {}, columns)
        return self._pen.to_seat(session, seat, draft, now)

    def no_common_time(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """All have said yes, and no time suits all: show what suits the others, and how to go on."""
        return self._about_time(session, seat, "no_common_time", _suits_others(seat, now), now)

    def another_time(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """One of them asks for another time: show which, to be confirmed with one press."""
        return self._about_time(session, seat, "another_time", _suits_others(seat, now), now)

    def you_cancelled(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Confirm to one who cancelled that it is off, so that it leaves their calendar too."""
        columns = {
            "try_until": seat.match.round.over_at,
            "calendar": cancellation(terms_of(session, self._settings), seat, now),
        }
        everybody = [other.member for other in seat.match.seats if other is not seat]
        return self._pen.to_seat(session, seat, Draft("you_cancelled", "", {"everybody": everybody}, columns), now)

    def they_cannot_come(self, session: Session, seat: Seat, now: datetime) -> Letter | None:
        """Tell one who is left that somebody fell out, or that no time was found, and what happens now."""
        match = seat.match
        staying = [other.member for other in match.live_seats if other is not seat and not other.declined_at]
        gone = _fallen_out(seat)
        facts = {
            "gone": [other.member for other in gone],
            "words": [(other.member, other.word) for other in gone if other.word],
            "no_time": match.agreeing_since is not None and all(other.accepted_at for other in match.seats),
            "staying": staying,
            "going_on": bool(staying) and seat.freed_at is None,
            "still_looking": now < match.round.rematch_until,
            "until": match.round.rematch_until,
            "next_round": next_round_monday(match.round.monday, community_of(session).cadence_weeks, now),
        }
        columns: dict[str, Any] = {"try_until": max(match.round.rematch_until, now) + NEWS_FOR}
        if seat.freed_at is not None and match.sequence > 1:  # it stands in their calendar
            columns["calendar"] = cancellation(terms_of(session, self._settings), seat, now)
        elif match.is_on:  # a trio goes on as two: an answer from a calendar must fit the newest word
            columns["calendar"] = invitation(terms_of(session, self._settings), seat, now)
        draft = Draft("they_cannot_come", str(_count_gone(seat)), facts, columns)
        return self._pen.to_seat(session, seat, draft, now)

    def _about_time(
        self, session: Session, seat: Seat, kind: Kind, times: list[MeetingTime], now: datetime
    ) -> Letter | None:
        since = seat.match.agreeing_since or now
        until = since + seat.match.round.agree_within(self._settings.agree_within)
        mover = mover_of(seat.match)
        facts: dict[str, Any] = {"times": times, "until": until, "mover": [mover.member] if mover else []}
        return self._pen.to_seat(session, seat, Draft(kind, f"{since:%m%d%H%M%S}", facts, {"try_until": until}), now)


def _suits_others(seat: Seat, now: datetime) -> list[MeetingTime]:
    """The times that suit all the others of a match, or failing that some of them, and can still be agreed upon."""
    others = {other.id for other in seat.match.live_seats if other is not seat}
    good = still_good(seat.match, now)
    return [time for time in good if others <= time.ticked_by] or [time for time in good if others & time.ticked_by]


def _fallen_out(seat: Seat) -> list[Seat]:
    """Who of a match cannot come: those who said no or nothing; when nobody did, everybody else."""
    others = [other for other in seat.match.seats if other is not seat]
    gone = [other for other in others if other.declined_at or other.freed_at]
    silent = [other for other in gone if other.declined_at or not other.accepted_at]
    return silent or gone or others


def _count_gone(seat: Seat) -> int:
    return len(seat.match.seats) - len(seat.match.live_seats)
