"""The letters of the weekly habit, as text: what each says, and what it must not give away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.letter import Letter
from data.match import Match
from data.member import Member
from tests.cast import ADA, BEN, CLEO, FINN, MONDAY, at, bring_together, join, run_round, say_yes
from tests.conftest import NewDatabase
from web.letters import Letters
from web.links import Links
from web.settings import Settings

SETTINGS = Settings(base_url="https://hello.example.org")
LETTERS, LINKS = Letters(SETTINGS), Links(SETTINGS)
DAY_BEFORE, SOON, AFTER = at("wed 17:00"), at("thu 15:00"), at("fri 20:00")


@pytest.fixture
def database_url(new_sqlite: NewDatabase) -> str:
    """What a letter says does not depend on the database."""
    return new_sqlite()


@pytest.fixture
def ada(session: Session) -> Member:
    return join(session, ADA)


def on(session: Session, *members: Member, mode: str = "in_person") -> Match:
    """A meeting on Thursday at six in Copenhagen, to which all have said yes on Monday."""
    place = "Café Europa, Amagertorv 1, Copenhagen" if mode == "in_person" else ""
    match = bring_together(session, run_round(session), *members, mode=mode, meeting_place=place)
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    return match


@pytest.fixture
def nearby(session: Session, ada: Member) -> Match:
    return on(session, ada, join(session, BEN))


def written(letter: Letter | None) -> Letter:
    assert letter is not None
    return letter


def body(letter: Letter) -> str:
    return letter.text.partition("\n-- \n")[0]


def test_a_day_before_the_reminder_names_who_waits_what_they_set_aside_what_it_costs_and_a_way_out(
    session: Session, nearby: Match
) -> None:
    letter = written(LETTERS.reminder(session, nearby.seats[0], 24, DAY_BEFORE))
    assert letter.subject == "Ben is expecting you on Thursday at 18:00"
    for words in [
        "Ben has set aside Thursday 26 November, 18:00 to 18:45, to meet you, and makes the trip for it.",
        "Where: Café Europa, Amagertorv 1, Copenhagen\nTopic: sourdough\n",
        "Ben sits there alone: the way there, the wait and the way back, all for nothing.",
        "Cancel early, and all is well: two clicks, no reason asked, never held against you.",
        "there is still time to find somebody else for Ben. If only the hour is wrong, ask for another one, once.",
        f"See it, or cancel:\n{LINKS.match_url(nearby.seats[0])}",
    ]:
        assert words in letter.text
    assert letter.try_until == at("thu 17:00")
    assert "ben@example.org" not in letter.text


def test_two_hours_before_it_is_short(session: Session, nearby: Match) -> None:
    letter = written(LETTERS.reminder(session, nearby.seats[0], 2, SOON))
    assert letter.subject == "Ben on Thursday at 18:00: see you soon"
    assert "cancel now, before Ben sets out for nothing" in letter.text
    assert "another one" not in letter.text
    assert len(body(letter)) < len(body(written(LETTERS.reminder(session, nearby.seats[0], 24, DAY_BEFORE))))


def test_it_promises_no_rescue_and_no_other_time_once_these_are_over(session: Session, nearby: Match) -> None:
    ada = nearby.seats[0]
    ada.move_asked_at = at("tue 10:00")
    letter = written(LETTERS.reminder(session, ada, 24, at("thu 20:01")))
    assert "Ben can plan the day anew." in letter.text
    assert "somebody else" not in letter.text
    assert "another one" not in letter.text


def test_for_a_call_it_gives_the_room_and_names_the_clock(session: Session, ada: Member) -> None:
    call = on(session, ada, join(session, FINN), mode="call")
    letter = written(LETTERS.reminder(session, call.seats[0], 24, DAY_BEFORE))
    assert "set aside Thursday 26 November, 18:00 to 18:45, Copenhagen time, for a call with you." in letter.text
    assert f"The call: https://meet.example.org/{call.room}\n" in letter.text
    assert "Finn sits before an empty screen" in letter.text
    finns = written(LETTERS.reminder(session, call.seats[1], 2, SOON))
    assert "Friday 27 November, 06:00 to 06:45, Auckland time" in finns.text
    assert "before Ada waits in an empty call" in finns.text


def test_of_three_both_others_expect_you(session: Session, ada: Member) -> None:
    trio = on(session, ada, join(session, BEN), join(session, CLEO))
    letter = written(LETTERS.reminder(session, trio.seats[0], 24, DAY_BEFORE))
    assert letter.subject == "Ben and Cleo are expecting you on Thursday at 18:00"
    assert "Ben and Cleo have set aside" in letter.text
    assert "make their way for it" in letter.text
    mutual = written(LETTERS.you_both_enjoyed_it(session, trio.seats[0], AFTER))
    assert mutual.subject == "Ben and Cleo enjoyed meeting you too"


def test_the_same_reminder_is_written_once_and_anew_when_the_time_was_fixed_anew(
    session: Session, nearby: Match
) -> None:
    ada = nearby.seats[0]
    written(LETTERS.reminder(session, ada, 24, DAY_BEFORE))
    assert LETTERS.reminder(session, ada, 24, DAY_BEFORE) is None
    nearby.on_at = at("wed 18:00")
    written(LETTERS.reminder(session, ada, 24, at("wed 18:01")))


def test_your_side_is_asked_in_words_that_give_nothing_away_and_on_the_morning_after(
    session: Session, nearby: Match
) -> None:
    letter = written(LETTERS.your_side(session, nearby.seats[1], AFTER))
    assert "We heard that your meeting with Ada did not go as planned. How was it from your side?" in letter.text
    for telling in ("alone", "did not come", "waited", "said", "no-show", "report", "Ada told"):
        assert telling not in body(letter).replace("for us alone", "")
    assert letter.try_after == at("sat 09:00")  # ten in Copenhagen
    assert not letter.is_subscription


def test_whoever_is_asked_late_has_as_much_time_to_answer(nearby: Match) -> None:
    ben = nearby.seats[1]
    late = nearby.round.over_at + timedelta(days=7)
    token = LINKS.your_side_url(ben, late).rpartition("/")[2]
    assert LINKS.read_feedback(token, late + timedelta(days=10)) == ben.id
    assert LINKS.your_side_url(ben, AFTER) == LINKS.feedback_url(ben)


def test_that_it_was_mutual_is_told_in_the_evening_and_says_no_more_than_that(session: Session, nearby: Match) -> None:
    letter = written(LETTERS.you_both_enjoyed_it(session, nearby.seats[0], at("fri 10:00")))
    assert letter.subject == "Ben enjoyed meeting you too"
    assert "Ben told us the same about meeting you" in letter.text
    assert "nearly everybody believes that they liked the other more" in letter.text
    assert letter.try_after == at("fri 18:00")  # seven in Copenhagen
    assert "again" not in body(letter)


def test_how_it_was_promises_what_is_kept(session: Session, nearby: Match) -> None:
    for number in (1, 2):
        letter = written(LETTERS.how_was_it(session, nearby.seats[0], number, AFTER))
        assert "never shown to Ben; only if both of you enjoyed it, we tell you so" in letter.text


def test_who_fell_quiet_is_told_kindly_and_one_press_brings_them_back_for_ever(session: Session, ada: Member) -> None:
    letter = written(LETTERS.we_paused_you(session, ada, at("wed 20:00")))
    assert letter.subject == "We have stopped pairing you, until you say so"
    assert "Nothing is held against you" in letter.text
    url = LINKS.return_url(ada)
    assert f"Take part again:\n{url}" in letter.text
    assert LINKS.read_return(url.rpartition("/")[2], at("mon 06:00", weeks=500)) == ada.id
    assert "Stop all weekly letters" in letter.text


def test_who_is_asked_first_is_asked_by_when_and_what_silence_means(session: Session, ada: Member) -> None:
    letter = written(LETTERS.are_you_in(session, ada, MONDAY, at("fri 09:00", weeks=-1)))
    assert letter.subject == "Are you in for Monday 23 November?"
    assert "Say so by Sunday" in letter.text
    assert "without a word from you, you are out" in letter.text
    assert f"Say that you are in:\n{LINKS.week_url(ada, MONDAY)}" in letter.text
    assert letter.try_until == at("mon 06:00")
    assert LETTERS.are_you_in(session, ada, MONDAY, at("fri 10:00", weeks=-1)) is None
