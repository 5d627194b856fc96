"""The letters that are due: the urgent ones first, each to one poster, and none that has become pointless."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from data.answering import accept, ask_to_move, decline
from data.avoidance import keep_apart
from data.database import sessions_of
from data.due_letters import claim_letter, open_letter, still_claimed
from data.feedback import Feedback
from data.letter import Letter, write
from data.match import Match
from data.member import Member
from tests.cast import ADA, BEN, CLEO, at, bring_together, join, run_round, say_yes

NOW = at("mon 09:00")
LEASE = timedelta(minutes=7)


@pytest.fixture
def ada(session: Session) -> Member:
    return join(session, ADA)


@pytest.fixture
def match(session: Session, ada: Member) -> Match:
    """Ada and Ben, both of whom have said yes."""
    match = bring_together(session, run_round(session), ada, join(session, BEN))
    for seat in match.seats:
        say_yes(seat, NOW)
    return match


def letter_to(session: Session, member: Member | None, kind: str = "next_week", **columns: Any) -> Letter:
    address = member.email if member else "operator@example.org"
    usual: dict[str, Any] = {"occasion": kind, "address": address, "try_after": NOW, "written_at": NOW}
    fixed = {"subject": "", "text": "", "message_id": f"<{kind}@example.org>"}
    written = write(session, kind=kind, member_id=member.id if member else None, **fixed, **(usual | columns))
    assert written
    session.flush()
    return written


def claimed(session: Session, now: Any = NOW) -> str | None:
    letter = claim_letter(session, now, LEASE)
    return letter.kind if letter else None


def test_a_letter_is_claimed_once_until_the_lease_is_over(session: Session, ada: Member) -> None:
    letter = letter_to(session, ada)
    assert claimed(session) == "next_week"
    assert (letter.tries, letter.try_after) == (1, NOW + LEASE)
    assert claimed(session) is None
    assert claimed(session, NOW + LEASE) == "next_week"
    assert letter.tries == 2


def test_a_held_letter_waits_for_its_hour(session: Session, ada: Member) -> None:
    letter_to(session, ada, try_after=NOW + timedelta(hours=1))
    assert claimed(session) is None
    assert claimed(session, NOW + timedelta(hours=1)) == "next_week"


def test_who_waits_at_a_screen_goes_before_any_number_of_weekly_letters(session: Session, ada: Member) -> None:
    for number in range(3):
        letter_to(session, ada, occasion=f"next_week {number}", try_after=NOW - timedelta(hours=1))
    letter_to(session, ada, "sign_in")
    assert claimed(session) == "sign_in"
    assert claimed(session) == "next_week"


def test_who_waited_longest_goes_first(session: Session, ada: Member) -> None:
    letter_to(session, ada, "how_was_it")
    letter_to(session, ada, "nobody_this_week", try_after=NOW - timedelta(hours=1))
    assert [claimed(session), claimed(session), claimed(session)] == ["nobody_this_week", "how_was_it", None]


def test_posted_and_given_up_letters_are_never_claimed_again(session: Session, ada: Member) -> None:
    letter_to(session, ada, "goodbye").was_posted(NOW)
    letter_to(session, ada, "how_was_it").give_up(NOW, "No such user")
    session.flush()
    assert claimed(session, NOW + timedelta(days=1)) is None


def test_a_letter_claimed_by_one_poster_is_skipped_by_another_at_the_same_moment(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        sessions = sessions_of(engine)  # one writer at a time: the second looks when the first has committed
        with sessions.begin() as first:
            letter_to(first, join(first, ADA))
            assert claimed(first) == "next_week"
        with sessions.begin() as second:
            assert claimed(second) is None
        return
    with sessions_of(engine).begin() as session:
        ada = join(session, ADA)
        letter_to(session, ada, occasion="first")
        letter_to(session, ada, occasion="second")
    with sessions_of(engine)() as one, sessions_of(engine)() as other:
        first_claim, second_claim = claim_letter(one, NOW, LEASE), claim_letter(other, NOW, LEASE)
        assert first_claim
        assert second_claim
        assert first_claim.occasion != second_claim.occasion


CHANGES: dict[str, tuple[Callable[[Member], object], str]] = {
    "left": (lambda ada: ada.leave(NOW), "left"),
    "unsubscribed": (lambda ada: ada.unsubscribe(NOW), "unsubscribed"),
    "moved": (lambda ada: setattr(ada, "email", "ada@new.example.org"), "another address"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_reader_who_is_gone_gets_no_weekly_letter(session: Session, ada: Member, change: str) -> None:
    letter, (happen, why) = letter_to(session, ada), CHANGES[change]
    happen(ada)
    assert claimed(session) is None
    assert letter.given_up_at == NOW
    assert why in letter.last_error


def test_who_has_unsubscribed_still_gets_what_they_asked_for(session: Session, ada: Member) -> None:
    ada.unsubscribe(NOW)
    letter_to(session, ada, "sign_in")
    assert claimed(session) == "sign_in"


def test_the_goodbye_reaches_who_has_left(session: Session, ada: Member) -> None:
    letter_to(session, ada, "goodbye")
    ada.leave(NOW)
    assert claimed(session) == "goodbye"


def test_a_new_address_is_written_to_while_the_old_one_still_stands(session: Session, ada: Member) -> None:
    letter_to(session, ada, "new_address", address="ada@new.example.org")
    assert claimed(session) == "new_address"


def test_a_new_address_of_somebody_who_has_left_is_not_written_to(session: Session, ada: Member) -> None:
    letter_to(session, ada, "new_address", address="ada@new.example.org")
    ada.leave(NOW)
    assert claimed(session) is None


def test_a_letter_is_given_up_when_its_time_is_over_and_the_next_one_is_found(session: Session, ada: Member) -> None:
    late = letter_to(session, ada, "sign_in", try_until=NOW - timedelta(seconds=1))
    letter_to(session, ada, "goodbye", try_until=NOW)
    assert claimed(session) == "goodbye"
    assert "too late" in late.last_error


def test_the_operator_gets_a_report_whoever_has_left_meanwhile(session: Session, match: Match) -> None:
    letter_to(session, None, "report", match_id=match.id)
    for seat in match.seats:
        seat.free(NOW)
        seat.member.leave(NOW)
    assert claimed(session) == "report"


ABOUT_A_MATCH = ["your_match", "it_is_on", "reminder", "how_was_it", "note", "another_place"]


@pytest.mark.parametrize("kind", ABOUT_A_MATCH)
def test_a_letter_about_a_match_that_stands_is_posted(session: Session, ada: Member, match: Match, kind: str) -> None:
    letter_to(session, ada, kind, match_id=match.id)
    assert claimed(session) == kind


@pytest.mark.parametrize("kind", ABOUT_A_MATCH)
def test_a_letter_about_a_match_that_is_off_is_not_posted(
    session: Session, ada: Member, match: Match, kind: str
) -> None:
    letter = letter_to(session, ada, kind, match_id=match.id)
    match.seats[1].free(NOW)
    assert claimed(session) is None
    assert letter.last_error == "The match is off, or its time has changed."


@pytest.mark.parametrize("kind", ABOUT_A_MATCH)
def test_who_has_said_no_themselves_is_not_written_to_about_it(
    session: Session, ada: Member, match: Match, kind: str
) -> None:
    letter_to(session, ada, kind, match_id=match.id)
    decline(match.seats[0], NOW, "not_this_week")
    assert claimed(session) is None


@pytest.mark.parametrize("kind", ["it_is_on", "reminder"])
def test_nobody_is_told_to_come_when_the_other_has_just_said_no(
    session: Session, ada: Member, match: Match, kind: str
) -> None:
    letter_to(session, ada, kind, match_id=match.id)
    decline(match.seats[1], NOW, "not_this_week")
    assert claimed(session) is None


def test_that_they_cannot_come_is_told_when_the_match_is_off(session: Session, ada: Member, match: Match) -> None:
    letter_to(session, ada, "they_cannot_come", match_id=match.id)
    for seat in match.seats:
        seat.free(NOW)
    assert claimed(session) == "they_cannot_come"


def test_a_claim_holds_until_somebody_else_has_claimed_it(session: Session, ada: Member) -> None:
    letter_to(session, ada)
    letter = claim_letter(session, NOW, LEASE)
    assert letter
    session.expunge(letter)
    assert still_claimed(session, letter)
    claim_letter(session, NOW + LEASE, LEASE)
    assert still_claimed(session, letter) is None


def test_an_open_letter_is_found_until_it_is_posted(session: Session, ada: Member) -> None:
    letter = letter_to(session, ada)
    assert open_letter(session, letter.id) is letter
    letter.was_posted(NOW)
    assert open_letter(session, letter.id) is None


@pytest.mark.parametrize("kind", ["it_is_on", "reminder"])
def test_what_names_an_earlier_time_is_not_posted_once_the_meeting_has_moved(
    session: Session, ada: Member, match: Match, kind: str
) -> None:
    old = letter_to(session, ada, kind, match_id=match.id)
    new = [at("fri 17:00")]
    ask_to_move(match.seats[0], new, at("tue 10:00"))
    assert claimed(session, at("tue 10:30")) is None
    assert "its time has changed" in old.last_error
    old.given_up_at = None
    accept(match.seats[1], new, at("tue 11:00"))
    assert claimed(session, at("tue 11:30")) is None
    assert old.given_up_at == at("tue 11:30")
    letter_to(session, ada, kind, match_id=match.id, occasion="anew", written_at=at("tue 11:00"))
    assert claimed(session, at("tue 11:30")) == kind


@pytest.mark.parametrize("kind", ["reminder", "how_was_it", "your_side", "we_paused_you"])
def test_what_can_wait_is_held_over_the_readers_night(session: Session, ada: Member, match: Match, kind: str) -> None:
    letter = letter_to(session, ada, kind, match_id=match.id, try_after=at("mon 21:30"))
    assert claimed(session, at("mon 21:30")) is None  # half past ten in Copenhagen
    assert letter.try_after == at("tue 06:00")
    assert claimed(session, at("tue 06:00")) == kind


def test_the_night_is_that_of_where_they_are_in_that_week(session: Session, ada: Member, match: Match) -> None:
    match.seats[0].time_zone = "America/New_York"
    letter_to(session, ada, "reminder", match_id=match.id, try_after=at("mon 21:30"))
    assert claimed(session, at("mon 21:30")) == "reminder"


def test_a_sign_in_does_not_wait_for_the_morning(session: Session, ada: Member) -> None:
    letter_to(session, ada, "sign_in", try_after=at("mon 23:00"))
    assert claimed(session, at("mon 23:00")) == "sign_in"


@pytest.mark.parametrize("kind", ["how_was_it", "your_side"])
def test_a_question_that_is_answered_already_is_not_posted(
    session: Session, ada: Member, match: Match, kind: str
) -> None:
    letter_to(session, ada, kind, match_id=match.id)
    session.add(Feedback(seat_id=match.seats[0].id, given_at=NOW, met="yes"))
    session.flush()
    assert claimed(session) is None


def test_that_it_was_mutual_is_not_told_to_two_who_have_parted(session: Session, ada: Member, match: Match) -> None:
    letter_to(session, ada, "you_both_enjoyed_it", match_id=match.id)
    assert claimed(session) == "you_both_enjoyed_it"
    keep_apart(session, ada.id, match.seats[1].member_id, "barred", NOW)
    assert claimed(session, NOW + LEASE) is None


def test_two_of_a_trio_hear_from_each_other_though_one_is_kept_apart_from_the_third_who_has_gone(
    session: Session, ada: Member
) -> None:
    trio = bring_together(session, run_round(session), ada, join(session, BEN), join(session, CLEO))
    for seat in trio.seats:
        say_yes(seat, NOW)
    keep_apart(session, ada.id, trio.seats[2].member_id, "reported", NOW)
    trio.seats[2].free(NOW)
    letter_to(session, ada, "note", match_id=trio.id)
    assert claimed(session) == "note"


@pytest.mark.parametrize("kind", ["note", "another_place"])
def test_the_words_of_one_are_not_handed_on_once_the_two_are_kept_apart(
    session: Session, ada: Member, match: Match, kind: str
) -> None:
    letter = letter_to(session, ada, kind, match_id=match.id)
    keep_apart(session, ada.id, match.seats[1].member_id, "reported", NOW)
    assert claimed(session) is None
    assert letter.last_error == "They are kept apart since."
