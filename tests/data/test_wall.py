"""What people share of what they learned: seen by all once somebody has looked at it, and gone when they leave."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.leaving import erase
from data.wall import ShownLine, WallLine, line_of, line_shown, lines_by, lines_shown, lines_waiting, share
from tests.cast import ADA, BEN, at, bring_together, join, run_round

BREAD, NIGHT = "Bread needs time, not kneading.", "Night shifts have their own sunrise."


@pytest.fixture
def line(session: Session) -> WallLine:
    """What Ada learned from Ben."""
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
    line = share(session, match.seats[0], BREAD, at("fri 12:00"), signed=True)
    session.flush()
    return line


def test_a_line_waits_until_somebody_has_looked_at_it(session: Session, line: WallLine) -> None:
    assert lines_waiting(session) == [line]
    assert (lines_shown(session, 10), line_shown(session, line.id)) == ([], None)
    line.show(at("fri 13:00"))
    session.flush()
    shown = ShownLine(line.id, BREAD, "Ada")
    assert (lines_waiting(session), lines_shown(session, 10), line_shown(session, line.id)) == ([], [shown], shown)


def test_a_refused_line_neither_waits_nor_shows(session: Session, line: WallLine) -> None:
    line.show(at("fri 13:00"))
    line.refuse(at("fri 14:00"))
    session.flush()
    assert (lines_waiting(session), lines_shown(session, 10)) == ([], [])


def test_other_words_wait_again_and_the_same_words_do_not(session: Session, line: WallLine) -> None:
    line.show(at("fri 13:00"))
    assert share(session, line.seat, BREAD, at("fri 14:00"), signed=False) is line
    assert (line.shown_at, line.by) == (at("fri 13:00"), "")
    share(session, line.seat, NIGHT, at("fri 15:00"), signed=True)
    assert (line.shown_at, line.words, line.by) == (None, NIGHT, "Ada")


def test_each_finds_their_own_lines_only(session: Session, line: WallLine) -> None:
    ada, ben = line.seat.match.seats
    assert lines_by(session, ada.member_id) == {ada.id: line}
    assert lines_by(session, ben.member_id) == {}
    assert line_of(session, ben.id) is None


def test_older_lines_come_in_pages(session: Session, line: WallLine) -> None:
    other = share(session, line.seat.match.seats[1], NIGHT, at("sat 12:00"), signed=False)
    for one in (line, other):
        one.show(at("sat 13:00"))
    session.flush()
    assert [(shown.id, shown.by) for shown in lines_shown(session, 1)] == [(other.id, "")]
    assert [shown.id for shown in lines_shown(session, 1, before=other.id)] == [line.id]


def test_whoever_leaves_takes_their_lines_along(session: Session, line: WallLine) -> None:
    line.show(at("fri 13:00"))
    erase(session, line.seat.member, at("sat 12:00"))
    session.expire_all()
    assert lines_shown(session, 10) == []


def test_a_seat_shares_one_line(session: Session, line: WallLine) -> None:
    session.add(WallLine(seat_id=line.seat_id, words=NIGHT, shared_at=at("fri 12:00")))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()
