"""Letters: what each one says, what it must not say, and that it is written once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.answering import decline
from data.letter import Letter
from data.match import Match, Seat
from data.member import Member
from data.sign_in import SignIn
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, MONDAY, Role, at, bring_together, join, run_round, say_yes
from tests.conftest import NewDatabase
from web.letters import Letters
from web.links import Links
from web.settings import Settings

NOW = at("mon 06:00")
SETTINGS = Settings(base_url="https://hello.example.org", operator="Olga, of us <olga@example.org>")
LETTERS, LINKS = Letters(SETTINGS), Links(SETTINGS)
# Everything about Ben, Cleo and Finn that nobody may learn before they have said yes.
SECRETS = ["@example.org", "finn.sound", "+64 21", "call.example", "Amagertorv", "https://meet.", "km"]


@pytest.fixture
def database_url(new_sqlite: NewDatabase) -> str:
    """What a letter says does not depend on the database; that it is written once is tested on both in tests/data."""
    return new_sqlite()


@pytest.fixture
def ada(session: Session) -> Member:
    return join(session, ADA)


@pytest.fixture
def nearby(session: Session, ada: Member) -> Match:
    """Ada is to meet Ben in Copenhagen."""
    return bring_together(session, run_round(session), ada, join(session, BEN), meets_at=at("thu 17:00"))


@pytest.fixture
def call(session: Session, ada: Member) -> Match:
    """Ada is to talk to Finn, who lives in Auckland and used to use Skype."""
    finn = join(session, FINN, skype_name="finn.sound", phone="+64 21 1234", call_link="https://call.example/finn")
    words = {"reason": "You want to learn radio, which Finn offers.", "topic": "rain"}
    return bring_together(
        session, run_round(session), ada, finn, mode="call", meeting_place="", meets_at=at("thu 17:00"), **words
    )


@pytest.fixture
def trio(session: Session, ada: Member) -> Match:
    """Ada is to meet Ben and Cleo."""
    return bring_together(
        session, run_round(session), ada, join(session, BEN), join(session, CLEO), meets_at=at("thu 17:00")
    )


def written(letter: Letter | None) -> Letter:
    assert letter is not None
    return letter


Write = Callable[[Session, Seat], Letter | None]
OF_A_SEAT: dict[str, Write] = {
    "your_match": lambda session, seat: LETTERS.your_match(session, seat, NOW),
    "it_is_on": lambda session, seat: LETTERS.it_is_on(session, seat, NOW),
    "they_cannot_come": lambda session, seat: LETTERS.they_cannot_come(session, seat, NOW),
    "reminder": lambda session, seat: LETTERS.reminder(session, seat, 24, NOW),
    "how_was_it": lambda session, seat: LETTERS.how_was_it(session, seat, 1, NOW),
    "your_side": lambda session, seat: LETTERS.your_side(session, seat, NOW),
    "you_both_enjoyed_it": lambda session, seat: LETTERS.you_both_enjoyed_it(session, seat, NOW),
}
OF_A_MEMBER: dict[str, Callable[[Session, Member], Letter | None]] = {
    "confirm": lambda session, member: LETTERS.confirm(session, member, NOW),
    "new_address": lambda session, member: LETTERS.new_address(session, member, "ada@new.example.org", NOW),
    "nobody_this_week": lambda session, member: LETTERS.nobody_this_week(session, member, run_round(session), NOW),
    "next_week": lambda session, member: LETTERS.next_week(session, member, MONDAY + timedelta(weeks=1), NOW),
    "are_you_in": lambda session, member: LETTERS.are_you_in(session, member, MONDAY + timedelta(weeks=1), NOW),
    "we_paused_you": lambda session, member: LETTERS.we_paused_you(session, member, NOW),
    "goodbye": lambda session, member: LETTERS.goodbye(session, member, "ada@example.org", "Ada", NOW),
}


def test_ada_is_asked_whether_she_will_meet_ben_and_why_and_when(session: Session, nearby: Match) -> None:
    letter = written(LETTERS.your_match(session, nearby.seats[0], NOW))
    assert letter.subject == "Meet Ben this week?"
    for words in [
        "Hello Ada,",
        "meet Ben (Veterinarian).",
        "You could both talk for an hour about sourdough.",
        "Time 1: Thursday 26 November at 18:00",
        "in person for 45 minutes",
        "Topic: sourdough",
        "by Wednesday 25 November at 20:00",
    ]:
        assert words in letter.text
    assert f"Choose a time, or say no:\n{LINKS.match_url(nearby.seats[0])}\n" in letter.text
    assert letter.address == "ada@example.org"


@pytest.mark.parametrize("which", ["nearby", "call", "trio"])
def test_before_both_have_said_yes_nobody_learns_more_than_name_and_profession(
    session: Session, which: str, request: pytest.FixtureRequest
) -> None:
    match: Match = request.getfixturevalue(which)
    letter = written(LETTERS.your_match(session, match.seats[0], NOW))
    text = letter.text.replace("https://hello.example.org/", "")
    assert not [secret for secret in SECRETS if secret in text + letter.subject]


def test_a_call_is_called_a_call_names_the_clock_and_says_that_skype_is_gone(session: Session, call: Match) -> None:
    letter = written(LETTERS.your_match(session, call.seats[0], NOW))
    assert letter.subject == "Meet Finn on a call this week?"
    assert "18:00, Copenhagen time" in letter.text
    assert "How: a call" in letter.text
    assert "Skype closed in May 2025" in letter.text
    finns = written(LETTERS.your_match(session, call.seats[1], NOW))
    assert "Friday 27 November at 06:00, Auckland time" in finns.text
    assert finns.subject == "Meet Ada on a call this week?"


def test_skype_is_not_mentioned_where_nobody_has_one(session: Session, ada: Member) -> None:
    match = bring_together(session, run_round(session), ada, join(session, EVA), mode="call")
    letter = written(LETTERS.your_match(session, match.seats[0], NOW))
    assert "Skype" not in letter.text
    assert "Copenhagen time" not in letter.text


def test_a_trio_names_both_others(session: Session, trio: Match) -> None:
    letter = written(LETTERS.your_match(session, trio.seats[0], NOW))
    assert letter.subject == "Meet Ben and Cleo this week?"
    assert "you, Ben (Veterinarian) and Cleo (Bookkeeper)." in letter.text
    assert "You, Ben and Cleo have all said yes." in written(LETTERS.it_is_on(session, trio.seats[0], NOW)).text


def test_it_is_on_says_where_when_how_long_and_how_to_stay_safe(session: Session, nearby: Match) -> None:
    letter = written(LETTERS.it_is_on(session, nearby.seats[0], NOW))
    assert letter.subject == "It is on: Ben, Thursday 26 November at 18:00"
    for words in [
        "Where: Café Europa, Amagertorv 1, Copenhagen",
        "18:00 to 18:45",
        "45 minutes are agreed",
        "public place",
        "tell somebody where you are going",
    ]:
        assert words in letter.text
    assert "ben@example.org" not in letter.text


def test_it_is_on_gives_the_room_and_what_used_to_be_a_skype_name(session: Session, call: Match) -> None:
    letter = written(LETTERS.it_is_on(session, call.seats[0], NOW))
    assert f"The call: https://meet.example.org/{call.room}\n" in letter.text
    assert "Elsewhere: Friday 27 November at 06:00, Auckland time, for Finn\n" in letter.text
    assert "Teams (was Skype) finn.sound, phone +64 21 1234, link https://call.example/finn" in letter.text
    assert "skype:" not in letter.text.lower()
    assert "can be reached" not in written(LETTERS.it_is_on(session, call.seats[1], NOW)).text


def fall_out(match: Match, *seats: Seat) -> None:
    """Some have said no, and `rematch` has acted on it."""
    for seat in seats:
        decline(seat, NOW, "not_this_week")
        seat.free(NOW)
    if len(match.live_seats) == 1:
        match.live_seats[0].free(NOW)


def test_who_is_left_alone_hears_kindly_that_we_are_looking(session: Session, nearby: Match) -> None:
    ada, ben = nearby.seats
    fall_out(nearby, ben)
    letter = written(LETTERS.they_cannot_come(session, ada, NOW))
    assert letter.subject == "Ben cannot come"
    assert "you did nothing wrong" in letter.text
    assert "looking for somebody else" in letter.text
    assert "Thursday 26 November at 21:00" in letter.text
    assert "https://" not in letter.text


def test_after_thursday_evening_they_come_first_next_week(session: Session, nearby: Match) -> None:
    ada, ben = nearby.seats
    fall_out(nearby, ben)
    letter = written(LETTERS.they_cannot_come(session, ada, at("thu 20:30")))
    assert "called in at short notice" in letter.text
    assert "among the first" in letter.text


def test_two_of_a_trio_hear_that_they_can_still_meet(session: Session, trio: Match) -> None:
    ada, _, cleo = trio.seats
    fall_out(trio, cleo)
    letter = written(LETTERS.they_cannot_come(session, ada, NOW))
    assert letter.subject == "Cleo cannot come"
    assert "You and Ben can still meet as two" in letter.text
    assert "Café Europa" not in letter.text
    assert LINKS.match_url(ada) in letter.text


@pytest.mark.parametrize(("mode", "where"), [("in_person", "Where: Café Europa"), ("call", "The call: https://meet.")])
def test_two_of_a_trio_who_were_told_where_to_come_are_told_again(
    session: Session, trio: Match, mode: str, where: str
) -> None:
    trio.mode = mode
    for seat in trio.seats:
        say_yes(seat, NOW)
    fall_out(trio, trio.seats[2])
    assert where in written(LETTERS.they_cannot_come(session, trio.seats[0], NOW)).text


def test_who_loses_first_one_and_then_the_other_of_a_trio_hears_of_both(session: Session, trio: Match) -> None:
    ada, ben, cleo = trio.seats
    fall_out(trio, cleo)
    assert LETTERS.they_cannot_come(session, ada, NOW)
    assert LETTERS.they_cannot_come(session, ada, NOW) is None
    fall_out(trio, ben)
    assert "is off" in written(LETTERS.they_cannot_come(session, ada, NOW)).text


def test_silence_counts_as_falling_out(session: Session, nearby: Match) -> None:
    ada, ben = nearby.seats
    say_yes(ada, NOW)
    ada.free(NOW)
    ben.free(NOW)
    assert written(LETTERS.they_cannot_come(session, ada, NOW)).subject == "Ben cannot come"


def test_nobody_this_week_is_kind_and_promises_the_first_place(session: Session, ada: Member) -> None:
    letter = written(LETTERS.nobody_this_week(session, ada, run_round(session), NOW, post_after=at("mon 07:00")))
    assert "nothing about you" in letter.text
    assert "On Monday you come first" in letter.text
    assert letter.try_after == at("mon 07:00")


def test_next_week_can_be_skipped_with_one_link(session: Session, ada: Member) -> None:
    letter = written(LETTERS.next_week(session, ada, MONDAY + timedelta(weeks=1), at("fri 09:00")))
    assert letter.subject == "You are in for Monday 30 November"
    assert f"Skip or pause:\n{LINKS.week_url(ada, MONDAY + timedelta(weeks=1))}\n" in letter.text
    assert letter.try_until == at("mon 06:00", weeks=1)


def test_the_reminders_of_a_day_and_of_two_hours_are_two_letters(session: Session, nearby: Match) -> None:
    seat = nearby.seats[0]
    assert LETTERS.reminder(session, seat, 24, NOW)
    assert LETTERS.reminder(session, seat, 2, NOW)
    assert LETTERS.reminder(session, seat, 2, NOW) is None


def test_a_reminder_of_a_call_has_the_room(session: Session, call: Match) -> None:
    assert (
        f"The call: https://meet.example.org/{call.room}\n"
        in written(LETTERS.reminder(session, call.seats[0], 2, NOW)).text
    )


def test_how_was_it_is_asked_twice_at_most_and_says_that_it_stays_between_us(session: Session, nearby: Match) -> None:
    seat = nearby.seats[0]
    first = written(LETTERS.how_was_it(session, seat, 1, NOW))
    assert first.subject == "How was it with Ben?"
    assert "never shown to Ben" in first.text
    assert LINKS.feedback_url(seat) in first.text
    assert "last time we ask" in written(LETTERS.how_was_it(session, seat, 2, NOW)).text
    assert LETTERS.how_was_it(session, seat, 2, NOW) is None


@pytest.mark.parametrize("kind", ["confirm", "new_address"])
def test_a_letter_to_an_address_not_yet_known_to_be_theirs_says_no_word_of_whoever_typed_it(
    session: Session, kind: str
) -> None:
    role = Role("Winner! Click", "Millionaire", topics="prizes", offers="gold", wants="you")
    letter = written(OF_A_MEMBER[kind](session, join(session, role, email="victim@example.org")))
    said = (letter.subject + letter.text).lower()
    assert not [word for word in ["winner", "millionaire", "prizes", "gold", "victim"] if word in said]


def test_one_address_is_asked_to_confirm_once_an_hour(session: Session, ada: Member) -> None:
    assert LETTERS.confirm(session, ada, at("mon 06:00"))
    assert LETTERS.confirm(session, ada, at("mon 06:59")) is None
    assert LETTERS.confirm(session, ada, at("mon 07:00"))
    ada.email = "ada@new.example.org"
    assert LETTERS.confirm(session, ada, at("mon 07:00"))


def test_a_sign_in_letter_has_the_code_and_the_link_for_ten_minutes(session: Session, ada: Member) -> None:
    sign_in = SignIn(member=ada, code_digest="", asked_at=NOW)
    session.add(sign_in)
    letter = written(LETTERS.sign_in(session, sign_in, "123456", NOW))
    assert letter.subject.startswith("123456 ")
    assert "\n\n123456\n\n" in letter.text
    assert f"Sign in:\n{LINKS.sign_in_url(sign_in)}\n" in letter.text
    assert "10 minutes" in letter.text
    assert letter.try_until == NOW + timedelta(minutes=10)


def test_a_goodbye_goes_to_the_address_that_has_just_been_forgotten(session: Session, ada: Member) -> None:
    ada.leave(NOW)
    letter = written(LETTERS.goodbye(session, ada, "ada@example.org", "Ada", NOW))
    assert letter.address == "ada@example.org"
    assert letter.text.startswith("Hello Ada,")
    assert "deleted" in letter.text


def test_a_report_reaches_the_operator_whole_and_each_one_once(session: Session, nearby: Match) -> None:
    note = "He followed me home.\r\n" + "It went on. " * 300
    letter = written(LETTERS.report(session, nearby.seats[0], note, NOW))
    assert letter.address == "olga@example.org"
    assert letter.member_id is None
    assert "He followed me home. It went on." in letter.text
    assert letter.text.count("It went on.") == 300
    assert LETTERS.report(session, nearby.seats[0], note, NOW) is None
    assert LETTERS.report(session, nearby.seats[0], "And again.", NOW)


@pytest.mark.parametrize("kind", OF_A_SEAT)
def test_a_letter_about_a_match_is_written_once_for_each_seat(session: Session, nearby: Match, kind: str) -> None:
    ada, ben = nearby.seats
    first = written(OF_A_SEAT[kind](session, ada))
    assert (first.kind, first.match_id, first.member_id) == (kind, nearby.id, ada.member_id)
    assert OF_A_SEAT[kind](session, ada) is None
    assert OF_A_SEAT[kind](session, ben)


@pytest.mark.parametrize("kind", [kind for kind in OF_A_MEMBER if kind != "nobody_this_week"])
def test_a_letter_to_a_member_is_written_once(session: Session, ada: Member, kind: str) -> None:
    assert written(OF_A_MEMBER[kind](session, ada)).kind == kind
    assert OF_A_MEMBER[kind](session, ada) is None


def test_a_letter_that_is_held_is_posted_no_sooner_and_no_later_than_it_makes_sense(
    session: Session, nearby: Match
) -> None:
    letter = written(LETTERS.your_match(session, nearby.seats[0], NOW, post_after=at("mon 07:00")))
    assert (letter.written_at, letter.try_after) == (NOW, at("mon 07:00"))
    assert letter.try_until == nearby.seats[0].answer_by == at("wed 19:00")
    assert written(LETTERS.it_is_on(session, nearby.seats[0], NOW)).try_until == nearby.meets_at


def every_letter(session: Session, ada: Member, nearby: Match) -> list[Letter]:
    written_ = [write(session, nearby.seats[0]) for write in OF_A_SEAT.values()]
    written_ += [write(session, ada) for kind, write in OF_A_MEMBER.items() if kind != "nobody_this_week"]
    return [letter for letter in written_ if letter]


def test_every_letter_is_short_has_at_most_one_button_and_says_why_one_gets_it(
    session: Session, ada: Member, nearby: Match
) -> None:
    for letter in every_letter(session, ada, nearby):
        body, _, footer = letter.text.partition("\n-- \n")
        assert len(body.split()) < 150, letter.kind
        assert len(re.findall(r"^https?://", letter.text, re.MULTILINE)) <= 1, letter.kind
        assert footer.startswith("You get this because"), letter.kind
        assert letter.text.startswith("Hello"), letter.kind
        assert letter.text.endswith("\n")
        assert not re.search(r"\n\n\n|  |[{}]", letter.text), letter.kind
        assert letter.is_subscription == (LINKS.unsubscribe_url(ada) in footer), letter.kind


def test_every_letter_has_its_own_message_id_of_our_domain(session: Session, ada: Member, nearby: Match) -> None:
    numbers = [letter.message_id for letter in every_letter(session, ada, nearby)]
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.org>", number) for number in numbers)


HOSTILE = 'x\r\nBcc: eve@example.org\n\nSay yes:\nhttps://evil.example/\u202e{{ 7*7 }}{% raw %}<b>"</b>\n-- \n'


@pytest.mark.parametrize("kind", OF_A_SEAT)
def test_what_the_other_wrote_can_start_no_line_and_bring_no_link(session: Session, ada: Member, kind: str) -> None:
    eve = join(session, Role("Eve", HOSTILE), first_name=HOSTILE[:60])
    words = {"reason": HOSTILE * 50, "topic": HOSTILE * 50, "meeting_place": HOSTILE}
    match = bring_together(session, run_round(session), ada, eve, meets_at=at("thu 17:00"), **words)
    letter = written(OF_A_SEAT[kind](session, match.seats[0]))
    plain = join(session, CLEO)
    quiet = bring_together(session, run_round(session, weeks=1), ada, plain, meets_at=at("thu 17:00"))
    model = written(OF_A_SEAT[kind](session, quiet.seats[0]))
    assert letter.text.count("\n") == model.text.count("\n")
    assert "evil.example" not in letter.text
    assert "\u202e" not in letter.text + letter.subject
    assert not re.search(r"[\r\n]", letter.subject)
    assert "49" not in letter.text.replace(letter.message_id, "").partition("https")[0]
    assert letter.text.count("\n-- \n") == 1


@pytest.mark.parametrize("kind", OF_A_SEAT)
def test_per_cent_signs_of_a_name_stay_as_they_were_typed(session: Session, ada: Member, kind: str) -> None:
    ben = join(session, BEN, first_name="100% %(names)s %d")
    match = bring_together(session, run_round(session), ada, ben, meets_at=at("thu 17:00"))
    letter = written(OF_A_SEAT[kind](session, match.seats[0]))
    assert "100% %(names)s %d" in letter.subject + letter.text


def test_who_lives_elsewhere_is_told_of_each_in_turn(session: Session, ada: Member) -> None:
    finn, dan = join(session, FINN), join(session, DAN)
    call = bring_together(session, run_round(session), ada, finn, dan, mode="call", meets_at=at("thu 17:00"))
    elsewhere = "Friday 27 November at 06:00, Auckland time, for Finn; Thursday 26 November at 18:00, Stockholm time"
    assert f"Elsewhere: {elsewhere}, for Dan\n" in written(LETTERS.it_is_on(session, call.seats[0], NOW)).text


def test_who_writes_a_letter_before_the_row_is_stored_need_not_know(session: Session) -> None:
    columns: dict[str, Any] = {"email": "new@example.org", "first_name": "New", "profession": "", "signed_up_at": NOW}
    member = Member(**columns)
    session.add(member)
    assert written(LETTERS.confirm(session, member, NOW)).member_id == member.id
