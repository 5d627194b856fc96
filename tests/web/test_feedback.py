"""How was it: after the meeting, once, for us alone; and what a note or a tick does."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.answering import accept, ask_to_move, decline
from data.avoidance import Avoidance
from data.feedback import Feedback
from data.match import Match
from tests.cast import ADA, BEN, CLEO, at, join, say_yes
from tests.live_site import Clock
from tests.web.conftest import Bringing, Browser, NewBrowser, letters, one_database, path_of
from tests.web.racing import at_once
from web.links import Links

SAID = {"met": "yes", "rating": "4", "again": "yes", "learned": "how to feed a starter"}


def all_say_yes(session: Session, match: Match) -> Match:
    """Let everybody say yes on Monday."""
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    session.commit()
    return match


@pytest.fixture
def met(session: Session, clock: Clock, ada_and_ben: Match) -> Match:
    """Ada and Ben on Thursday evening, after their meeting."""
    clock.now = at("thu 20:00")
    return all_say_yes(session, ada_and_ben)


@pytest.fixture
def adas(links: Links, met: Match) -> str:
    """The link that asks Ada."""
    return path_of(links.feedback_url(met.seats[0]))


def test_ada_says_how_it_was_and_sees_it_afterwards(session: Session, browser: Browser, adas: str, met: Match) -> None:
    assert "Did you meet?" in browser.open(adas).text
    assert "how to feed a starter" in browser.press(adas, SAID, follow=True).text
    said = session.scalars(select(Feedback)).one()
    assert (said.seat_id, said.met, said.rating, said.again) == (met.seats[0].id, "yes", 4, True)
    assert said.given_at == at("thu 20:00")


def test_what_was_said_first_stays(session: Session, browser: Browser, adas: str) -> None:
    browser.press(adas, SAID)
    assert "4 of 5" in browser.press(adas, SAID | {"rating": "1"}).text
    assert session.scalars(select(Feedback.rating)).all() == [4]


def test_twenty_presses_at_one_moment_are_heard_once(session: Session, new_browser: NewBrowser, adas: str) -> None:
    browsers = [new_browser() for _ in range(20)]
    answers = at_once([partial(one.press, adas, SAID | {"note": "He shouted."}) for one in browsers])
    assert {answer.status_code for answer in answers} <= {200, 303}
    assert len(session.scalars(select(Feedback)).all()) == 1
    assert len(letters(session, "report")) == 1


@one_database
@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "say first whether you met"),
        ({"met": "perhaps"}, "say first whether you met"),
        ({"met": "yes"}, "say how it was"),
        ({"met": "yes", "rating": "6"}, "say how it was"),
        ({"met": "yes", "rating": "4", "learned": "x" * 1001}, "1,000 characters"),
    ],
)
def test_what_is_missing_is_said_beside_the_field(
    session: Session, browser: Browser, adas: str, form: dict[str, str], sentence: str
) -> None:
    answer = browser.press(adas, {"note": "kept", **form})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert ">\r\nkept</textarea>" in answer.text
    assert session.scalars(select(Feedback)).all() == []


@one_database
@pytest.mark.parametrize("why", ["they_did_not_come", "i_could_not", "never_arranged"])
def test_whoever_did_not_meet_rates_nothing(session: Session, browser: Browser, adas: str, why: str) -> None:
    browser.press(adas, SAID | {"met": why})
    said = session.scalars(select(Feedback)).one()
    assert (said.met, said.rating, said.again) == (why, None, None)


@one_database
def test_before_the_meeting_and_about_one_that_fell_through_there_is_nothing_to_say(
    session: Session, browser: Browser, links: Links, clock: Clock, ada_and_ben: Match
) -> None:
    adas = path_of(links.feedback_url(ada_and_ben.seats[0]))
    all_say_yes(session, ada_and_ben)
    assert "Not yet" in browser.open(adas).text
    assert browser.press(adas, SAID).status_code == 409
    decline(ada_and_ben.seats[1], at("tue 10:00"), "not_this_week")
    session.commit()
    clock.now = at("thu 20:00")
    assert "did not take place" in browser.open(adas).text
    assert browser.press(adas, SAID).status_code == 409
    assert session.scalars(select(Feedback)).all() == []


@one_database
def test_the_link_dies_a_week_after_the_last_day_of_its_round(browser: Browser, clock: Clock, adas: str) -> None:
    clock.now = at("mon 11:00", weeks=3)
    assert "Did you meet?" in browser.open(adas).text
    clock.now += timedelta(hours=2)
    assert browser.open(adas).status_code == 404
    assert browser.press(adas, SAID).status_code == 404


def test_a_tick_bars_the_two_silently(session: Session, browser: Browser, adas: str, met: Match) -> None:
    browser.press(adas, SAID | {"bar": "y"})
    avoidance = session.scalars(select(Avoidance)).one()
    assert (avoidance.first_id, avoidance.second_id) == (met.seats[0].member_id, met.seats[1].member_id)
    assert avoidance.why == "barred"
    assert letters(session) == []


def test_a_note_is_a_report_that_reaches_the_operator_alone(
    session: Session, browser: Browser, links: Links, adas: str, met: Match
) -> None:
    browser.press(adas, {"met": "i_could_not", "note": "He was rude on the phone."})
    assert session.scalars(select(Avoidance.why)).one() == "reported"
    report = letters(session)
    assert [(letter.kind, letter.address) for letter in report] == [("report", "operator@example.org")]
    assert "He was rude on the phone." in report[0].text
    assert "rude" not in browser.open(path_of(links.feedback_url(met.seats[1]))).text


@one_database
def test_of_two_partners_one_can_be_barred_and_the_other_not(
    session: Session, browser: Browser, links: Links, brought_together: Bringing, clock: Clock
) -> None:
    ada, ben, cleo = (join(session, role) for role in (ADA, BEN, CLEO))
    trio = all_say_yes(session, brought_together(ada, ben, cleo))
    clock.now = at("thu 20:00")
    adas = path_of(links.feedback_url(trio.seats[0]))
    assert "say whom this is about" in browser.press(adas, SAID | {"bar": "y"}).text
    browser.press(adas, SAID | {"bar": "y", "about": str(trio.seats[2].id)})
    avoidance = session.scalars(select(Avoidance)).one()
    assert (avoidance.first_id, avoidance.second_id) == (ada.id, cleo.id)


BOTH_ENJOYED = {"met": "yes", "rating": "4"}


@pytest.fixture
def bens(links: Links, met: Match) -> str:
    """The link that asks Ben."""
    return path_of(links.feedback_url(met.seats[1]))


def told(session: Session) -> set[tuple[str, str]]:
    return {(letter.kind, letter.address.partition("@")[0]) for letter in letters(session)}


def test_whoever_waited_alone_lets_the_other_be_asked_for_their_side(
    session: Session, browser: Browser, adas: str
) -> None:
    for _ in range(2):
        browser.press(adas, {"met": "they_did_not_come"})
    assert [(letter.kind, letter.address) for letter in letters(session)] == [("your_side", "ben@example.org")]


@one_database
def test_whoever_has_told_their_side_is_not_asked_for_it(
    session: Session, browser: Browser, adas: str, bens: str
) -> None:
    browser.press(bens, {"met": "i_could_not"})
    browser.press(adas, {"met": "they_did_not_come"})
    assert told(session) == set()


@one_database
def test_whoever_has_left_is_not_asked_for_their_side(
    session: Session, browser: Browser, adas: str, met: Match
) -> None:
    met.seats[1].member.leave(at("thu 19:00"))
    session.commit()
    browser.press(adas, {"met": "they_did_not_come"})
    assert told(session) == set()


def test_when_both_enjoyed_it_both_are_told_so_that_evening_once(
    session: Session, browser: Browser, adas: str, bens: str
) -> None:
    browser.press(adas, BOTH_ENJOYED)
    assert told(session) == set()
    for _ in range(2):
        browser.press(bens, {"met": "yes", "rating": "3", "again": "yes"})
    assert told(session) == {("you_both_enjoyed_it", "ada"), ("you_both_enjoyed_it", "ben")}
    assert {letter.try_after for letter in letters(session)} == {at("thu 20:00")}  # nine in the evening


def test_two_who_say_so_at_one_moment_are_both_told(
    session: Session, new_browser: NewBrowser, adas: str, bens: str
) -> None:
    at_once([partial(new_browser().press, path, BOTH_ENJOYED) for path in (adas, bens)])
    assert told(session) == {("you_both_enjoyed_it", "ada"), ("you_both_enjoyed_it", "ben")}


@one_database
@pytest.mark.parametrize(
    "bens_words",
    [{"met": "yes", "rating": "3"}, {"met": "yes", "rating": "3", "again": "no"}, BOTH_ENJOYED | {"bar": "y"}],
    ids=["so-so", "once is enough", "never again"],
)
def test_when_one_did_not_enjoy_it_nobody_is_told_anything(
    session: Session, browser: Browser, adas: str, bens: str, bens_words: dict[str, str]
) -> None:
    browser.press(adas, BOTH_ENJOYED)
    browser.press(bens, bens_words)
    assert told(session) == set()


@one_database
def test_of_three_all_must_have_enjoyed_it(
    session: Session, browser: Browser, links: Links, brought_together: Bringing, clock: Clock
) -> None:
    trio = all_say_yes(session, brought_together(*(join(session, role) for role in (ADA, BEN, CLEO))))
    clock.now = at("thu 21:30")
    paths = [path_of(links.feedback_url(seat)) for seat in trio.seats]
    for path in paths[:2]:
        browser.press(path, BOTH_ENJOYED)
    assert told(session) == set()
    browser.press(paths[2], BOTH_ENJOYED)
    assert told(session) == {("you_both_enjoyed_it", name) for name in ("ada", "ben", "cleo")}
    assert {letter.try_after for letter in letters(session)} == {at("fri 18:00")}  # at half past ten they sleep


@one_database
def test_how_it_was_is_asked_when_it_is_over_and_not_while_they_meet(browser: Browser, clock: Clock, adas: str) -> None:
    clock.now = at("thu 17:44")
    assert browser.press(adas, SAID).status_code == 409
    clock.now = at("thu 17:45")
    assert browser.press(adas, SAID).status_code == 303


@one_database
def test_a_meeting_that_was_moved_is_asked_about_after_its_new_time(
    session: Session, browser: Browser, clock: Clock, adas: str, met: Match
) -> None:
    ask_to_move(met.seats[0], [at("sat 17:00")], at("thu 09:00"))
    session.commit()
    assert "No time is fixed yet" in browser.open(adas).text
    accept(met.seats[1], [at("sat 17:00")], at("thu 10:00"))
    session.commit()
    assert "You meet on Saturday 28 November at 18:00" in browser.open(adas).text
    clock.now = at("sat 18:00")
    assert "Did you meet?" in browser.open(adas).text
