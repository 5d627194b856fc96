"""How many strangers, how many lessons, and how many weeks in a row: gently counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.feedback import Feedback
from data.match import Seat
from data.member import Member
from tests.cast import ADA, BEN, CLEO, DAN, FINN, MONDAY, Role, at, bring_together, join, run_round
from web.record import Record, record_of

NOW = at("sun 12:00")


class Life:
    """Ada's weeks so far."""

    def __init__(self, session: Session) -> None:
        self.session, self.ada = session, join(session, ADA)
        self.seats: list[Seat] = []
        self.said: dict[int, Feedback] = {}

    def met(self, other: Role | Member, weeks: int, learned: str = "") -> Member:
        """Ada has met somebody some weeks ago."""
        seat = self._seat(other, weeks, on_at=at("tue 09:00", weeks=-weeks), meets_at=at("thu 17:00", weeks=-weeks))
        told = Feedback(seat_id=seat.id, given_at=NOW, met="yes", rating=5, learned=learned)
        self.said[seat.id] = told
        return seat.match.seats[1].member

    def said_no(self, weeks: int) -> None:
        """Ada had no time some weeks ago."""
        seat = self._seat(CLEO, weeks)
        seat.declined_at, seat.declined_why = at("tue 09:00", weeks=-weeks), "not_this_week"

    def was_silent(self, weeks: int) -> None:
        """Ada left a letter without an answer some weeks ago."""
        self._seat(CLEO, weeks).freed_at = at("wed 23:00", weeks=-weeks)

    def record(self) -> Record:
        """Count it all."""
        self.session.flush()
        return record_of(self.seats, self.said, NOW)

    def _seat(self, other: Role | Member, weeks: int, **changes: object) -> Seat:
        email = f"{len(self.seats)}@example.org"
        them = other if isinstance(other, Member) else join(self.session, other, email=email)
        match = bring_together(self.session, run_round(self.session, weeks=-weeks), self.ada, them, **changes)
        self.seats.append(match.seats[0])
        return match.seats[0]


@pytest.fixture
def life(session: Session) -> Life:
    """A life to fill."""
    return Life(session)


def test_nobody_met_is_no_row_and_no_weeks(life: Life) -> None:
    assert life.record() == Record(0, 0, 0, [], {})  # type: ignore[arg-type]  # a Counter equals a dict


def test_strangers_lessons_weeks_and_countries_are_counted(life: Life) -> None:
    life.met(BEN, 3, "Horses sleep standing.")
    life.met(DAN, 2)
    life.met(FINN, 1, "Rain has a sound.")
    record = life.record()
    assert (record.strangers, record.lessons, record.in_a_row) == (3, 2, 3)
    assert record.countries == {"DK": 1, "SE": 1, "NZ": 1}
    assert [(week.monday, week.state) for week in record.weeks] == [
        (MONDAY - timedelta(weeks=weeks), "met") for weeks in (3, 2, 1)
    ]


def test_whoever_is_met_twice_is_one_stranger(life: Life) -> None:
    ben = life.met(BEN, 9)
    life.met(ben, 1)
    assert life.record().strangers == 1


def test_holidays_and_a_no_do_not_break_the_row(life: Life) -> None:
    life.met(BEN, 5)
    life.said_no(3)
    life.met(DAN, 1)
    record = life.record()
    assert [week.state for week in record.weeks] == ["met", "free", "free", "free", "met"]
    assert record.in_a_row == 2


def test_a_letter_left_without_an_answer_does(life: Life) -> None:
    life.met(BEN, 5)
    life.was_silent(3)
    life.met(DAN, 1)
    record = life.record()
    assert [week.state for week in record.weeks] == ["met", "free", "silent", "free", "met"]
    assert record.in_a_row == 1


def test_this_week_is_under_way_until_it_is_told_of(life: Life) -> None:
    life.met(BEN, 1)
    life._seat(CLEO, 0)
    assert life.record().weeks[-1].state == "ahead"
    assert life.record().in_a_row == 1


def test_a_calendar_shows_a_year_at_most(life: Life) -> None:
    life.met(BEN, 70)
    life.met(DAN, 1)
    assert len(life.record().weeks) == 53
    assert life.record().in_a_row == 2
