"""Who may write notes, how many, until when, and who is shown them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data.answering import ask_to_move, decline
from data.avoidance import keep_apart
from data.match import Match, Seat
from data.note import (
    Note,
    NotesClosed,
    TooManyNotes,
    may_write,
    note_to_report,
    notes_by,
    notes_shown_to,
    readers_of,
    write_note,
)
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes

NOW = at("mon 10:00")
OVER = at("thu 17:45")  # when the meeting of the cast ends


def test_nobody_writes_before_all_have_said_yes(session: Session) -> None:
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
    say_yes(match.seats[0], NOW)
    assert not any(may_write(session, seat, NOW) for seat in match.seats)
    with pytest.raises(NotesClosed):
        write_note(session, match.seats[0], "Hello", NOW)
    say_yes(match.seats[1], NOW)
    assert all(may_write(session, seat, NOW) for seat in match.seats)


def test_they_write_while_a_time_is_being_agreed_upon(session: Session, trio: Match) -> None:
    ask_to_move(trio.seats[0], [at("fri 17:00")], NOW)
    assert trio.meets_at is None
    assert all(may_write(session, seat, NOW) for seat in trio.seats)
    assert not may_write(session, trio.seats[0], trio.round.over_at)


def test_notes_close_two_days_after_the_meeting_to_the_second(session: Session, trio: Match) -> None:
    close = OVER + timedelta(hours=48)
    assert may_write(session, trio.seats[0], close - timedelta(seconds=1))
    assert not may_write(session, trio.seats[0], close)


def all_do(seats: list[Seat], act: Callable[[Seat], None]) -> None:
    for seat in seats:
        act(seat)


CLOSING: dict[str, Callable[[Session, Match], None]] = {
    "Ben says no": lambda _, trio: decline(trio.seats[1], NOW, "not_this_week"),
    "Ada is freed": lambda _, trio: trio.seats[0].free(NOW),
    "Ben bars Ada": lambda session, trio: keep_apart(session, trio.seats[1].member_id, 1, "barred", NOW),
    "the others have left": lambda _, trio: all_do(trio.seats[1:], lambda seat: seat.member.leave(NOW)),
    "the others are freed": lambda _, trio: all_do(trio.seats[1:], lambda seat: seat.free(NOW)),
}


@pytest.mark.parametrize("change", CLOSING)
def test_notes_close_when(session: Session, trio: Match, change: str) -> None:
    ada = trio.seats[0]
    assert ada.member_id == 1
    assert may_write(session, ada, NOW)
    CLOSING[change](session, trio)
    session.flush()
    assert not may_write(session, ada, NOW)


def test_two_of_a_trio_write_on_when_the_third_has_gone_even_for_good(session: Session, trio: Match) -> None:
    ada, ben, cleo = trio.seats
    keep_apart(session, ada.member_id, cleo.member_id, "reported", NOW)
    assert not may_write(session, ada, NOW)
    cleo.free(NOW)
    session.flush()
    assert may_write(session, ada, NOW)
    assert readers_of(ada) == [ben]


def test_ten_notes_in_any_twenty_four_hours(session: Session, trio: Match) -> None:
    ada, ben, _ = trio.seats
    for number in range(10):
        assert write_note(session, ada, f"note {number}", NOW + timedelta(minutes=number))
    with pytest.raises(TooManyNotes) as enough:
        write_note(session, ada, "one more", NOW + timedelta(hours=23))
    assert enough.value.again_at == NOW + timedelta(hours=24)
    assert write_note(session, ben, "Ben has not written yet", NOW)
    assert write_note(session, ada, "one more", NOW + timedelta(hours=24))
    with pytest.raises(TooManyNotes):
        write_note(session, ada, "and another", NOW + timedelta(hours=24))


def test_a_button_pressed_twice_makes_one_note(session: Session, trio: Match) -> None:
    ada = trio.seats[0]
    assert write_note(session, ada, "Hello", NOW)
    assert write_note(session, ada, "Hello", NOW + timedelta(seconds=59)) is None
    assert write_note(session, ada, "Hello", NOW + timedelta(seconds=60))
    assert len(notes_shown_to(session, ada)) == 2


def test_who_was_freed_sees_what_was_written_before_and_may_report_it_and_nothing_later(
    session: Session, trio: Match
) -> None:
    ada, _, cleo = trio.seats
    early, late = _note(session, trio, 0, "to all", NOW), _note(session, trio, 0, "to Ben", at("tue 10:00"))
    cleo.free(at("mon 20:00"))
    assert notes_shown_to(session, cleo) == [early]
    assert notes_shown_to(session, ada) == [early, late]
    assert note_to_report(session, cleo, early.id) == early
    assert note_to_report(session, cleo, late.id) is None
    assert note_to_report(session, ada, early.id) is None  # her own


def test_a_note_of_another_match_is_nobodys_to_read_here(session: Session, trio: Match) -> None:
    other = bring_together(session, run_round(session, weeks=1), trio.seats[1].member, trio.seats[2].member)
    theirs = _note(session, other, 0, "elsewhere", NOW)
    assert notes_shown_to(session, trio.seats[0]) == []
    assert note_to_report(session, trio.seats[0], theirs.id) is None
    assert notes_by(session, trio.seats[1].member_id) == [theirs]


def test_the_table_takes_five_hundred_characters_of_any_script_and_no_more(session: Session, trio: Match) -> None:
    _note(session, trio, 0, "🦩" * 500, NOW)
    with pytest.raises(IntegrityError):
        _note(session, trio, 0, "x" * 501, NOW)


def _note(session: Session, trio: Match, seat: int, text: str, when: datetime) -> Note:
    note = Note(seat_id=trio.seats[seat].id, seat=trio.seats[seat], text=text, written_at=when)
    session.add(note)
    session.flush()
    return note
