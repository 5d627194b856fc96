"""What an answer sets off, whether it comes by a button or from a calendar: the letters that go with it, in its transaction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from data.answering import accept, ask_to_move, decline, propose
from data.match import Seat, Why
from web.letters import Letters


class Answers:
    """Answers given at one moment, in one transaction; each is for a seat whose match is locked (`seat_to_answer`).

    Each raises CannotAnswer when the invitation is closed, NoTimeTicked when it needs a time.
    """

    def __init__(self, session: Session, letters: Letters, now: datetime) -> None:
        self._session, self._letters, self._now = session, letters, now

    def yes(self, seat: Seat, moments: Collection[datetime], minutes: int | None = None) -> None:
        """Say yes to some times; when that makes it on, or leaves no common time, everybody hears of it."""
        self._letters.tell(self._session, seat.match, accept(seat, moments, self._now, minutes), self._now)

    def propose(self, seat: Seat, moments: Collection[datetime]) -> None:
        """Add times of one's own, while none suits all."""
        self._letters.tell(self._session, seat.match, propose(seat, moments, self._now), self._now)

    def another_time(self, seat: Seat, moments: Collection[datetime]) -> None:
        """Ask the others for another time."""
        self._letters.tell(self._session, seat.match, ask_to_move(seat, moments, self._now), self._now)

    def no(self, seat: Seat, why: Why, word: str = "") -> None:
        """Say no, or cancel; whoever has the meeting in their calendar gets a letter that takes it out again."""
        was_invited = seat.accepted_at is not None and seat.match.sequence > 0
        decline(seat, self._now, why, word)
        if was_invited:
            self._letters.you_cancelled(self._session, seat, self._now)
