"""Choosing a time on the page of a match: none in common, times of one's own, another time, a word with a no."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.match import Match
from tests.cast import ADA, BEN, CLEO, FINN, at, bring_together, join, run_round
from tests.live_site import Clock
from tests.web.conftest import Browser, fresh, letters, newest_letter, one_database, path_of, words_of
from web.links import Links

WED, THU, FRI = at("wed 17:00"), at("thu 17:00"), at("fri 17:00")


def ticking(*moments: datetime, minutes: str = "45", **more: str) -> dict[str, Any]:
    """What a form of times sends."""
    return {"times": [moment.isoformat() for moment in moments], "minutes": minutes} | more


@pytest.fixture
def match(session: Session) -> Match:
    """Ada and Ben may choose from Wednesday, Thursday and Friday evening."""
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN), times=[WED, THU, FRI])
    session.commit()
    return match


@pytest.fixture
def paths(match: Match, links: Links) -> list[str]:
    """The pages of Ada and of Ben."""
    return [path_of(links.match_url(seat)) for seat in match.seats]


@pytest.fixture
def on(browser: Browser, paths: list[str]) -> None:
    """They meet on Thursday."""
    for path in paths:
        browser.press(f"{path}/acceptance", ticking(THU))


def kinds(session: Session) -> list[tuple[str, str]]:
    return sorted((letter.address.partition("@")[0], letter.kind) for letter in letters(session))


def test_a_yes_without_a_time_is_asked_kindly_for_one(browser: Browser, paths: list[str]) -> None:
    answer = browser.press(f"{paths[0]}/acceptance", {})
    assert answer.status_code == 422
    assert "Please tick at least one time" in answer.text
    assert "This week you could meet" in browser.open(paths[0]).text


@pytest.mark.parametrize("bad", ["yesterday", "2026-11-26T17:00:00", "2026-12-24T17:00:00+00:00", "\x00", "9" * 500])
@one_database
def test_what_is_no_time_of_theirs_is_no_tick(browser: Browser, paths: list[str], bad: str) -> None:
    assert browser.press(f"{paths[0]}/acceptance", {"times": [bad], "minutes": "7"}).status_code == 422


def test_without_a_common_time_each_sees_the_others_ticks_and_both_are_written_to(
    session: Session, browser: Browser, paths: list[str], match: Match
) -> None:
    adas, bens = paths
    browser.press(f"{adas}/acceptance", ticking(WED))
    assert "suits Ada" not in words_of(browser.open(bens).text)  # nobody's answer hangs on the other's
    browser.press(f"{bens}/acceptance", ticking(FRI))
    assert kinds(session) == [("ada", "no_common_time"), ("ben", "no_common_time")]
    letter = newest_letter(session, "no_common_time")
    assert letter.subject == "You and Ada both want to meet: which time?"
    assert "This suits Ada:\n\nTime 1: Wednesday 25 November at 18:00\n\nDoes it work after all?" in letter.text
    assert "by Tuesday 24 November at 13:00" in letter.text
    assert "suits Ben" in words_of(browser.open(adas).text)
    browser.press(f"{adas}/acceptance", ticking(WED, FRI))
    fresh(session, match)
    assert (match.is_on, match.meets_at) == (True, FRI)
    assert kinds(session)[:2] == [("ada", "it_is_on"), ("ada", "no_common_time")]


def test_a_time_of_ones_own_is_read_by_ones_own_clocks(
    session: Session, browser: Browser, paths: list[str], match: Match
) -> None:
    adas, bens = paths
    browser.press(f"{adas}/acceptance", ticking(WED))
    browser.press(f"{bens}/acceptance", ticking(FRI))
    browser.press(f"{adas}/times", {"first": "2026-11-28T11:30", "second": ""})
    assert "Saturday 28 November at 11:30" in browser.open(bens).text
    browser.press(f"{bens}/acceptance", ticking(at("sat 10:30")))
    fresh(session, match)
    assert match.meets_at == at("sat 10:30")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Please give a day and a time"),
        ({"first": "soon"}, "Please give a day and a time, like"),
        ({"first": "2026-11-23T14:00"}, "at least four hours from now"),
        ({"first": "2026-12-07T18:00"}, "until Sunday 6 December"),
        ({"first": "2026-11-27T18:00", "second": "2020-01-01T18:00"}, "at least four hours from now"),
    ],
)
@one_database
def test_a_time_that_cannot_be_gets_a_sentence_and_what_was_typed_is_kept(
    browser: Browser, paths: list[str], typed: dict[str, str], said: str
) -> None:
    browser.press(f"{paths[0]}/acceptance", ticking(WED))
    browser.press(f"{paths[1]}/acceptance", ticking(FRI))
    answer = browser.press(f"{paths[0]}/times", typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert all(word in answer.text for word in typed.values() if "T" in word)


@one_database
def test_before_both_have_said_yes_nobody_proposes(browser: Browser, paths: list[str]) -> None:
    page = browser.press(f"{paths[0]}/times", {"first": "2026-11-27T18:00"}, follow=True).text
    assert "could not be answered" in page


@pytest.mark.usefixtures("on")
def test_another_time_takes_the_meeting_off_until_the_other_presses_once(
    session: Session, browser: Browser, paths: list[str], match: Match
) -> None:
    adas, bens = paths
    page = browser.open(adas).text
    assert "Another time would be better" in page
    assert FRI.isoformat() in browser.open(f"{adas}/move").text
    browser.press(f"{adas}/move", ticking(FRI))
    fresh(session, match)
    assert not match.is_on
    letter = newest_letter(session, "another_time")
    assert (letter.address, letter.subject) == ("ben@example.org", "Ada asks for another time")
    assert "Café Europa" not in browser.open(bens).text
    assert "You have asked for another time" in browser.open(adas).text
    browser.press(f"{bens}/acceptance", ticking(FRI))
    fresh(session, match)
    assert (match.is_on, match.meets_at) == (True, FRI)
    news = [letter for letter in letters(session, "it_is_on") if letter.address == "ada@example.org"]
    assert ["Friday" in letter.subject for letter in news] == [True, False]
    assert "Another time would be better" not in browser.open(adas).text
    assert browser.open(f"{adas}/move").headers["Location"] == adas  # once each
    assert "Another time would be better" in browser.open(bens).text


@pytest.mark.usefixtures("on")
def test_another_time_that_suits_nobody_takes_both_out(
    session: Session, browser: Browser, paths: list[str], match: Match
) -> None:
    adas, bens = paths
    browser.press(f"{adas}/move", ticking(FRI))
    browser.press(f"{bens}/refusal", {"why": "someone_else", "word": "Friday is my daughter's birthday."})
    fresh(session, *match.seats)
    assert match.seats[1].word == "Friday is my daughter's birthday."
    assert newest_letter(session, "you_cancelled").address == "ben@example.org"


@pytest.mark.usefixtures("on")
@one_database
def test_asking_for_no_time_or_too_late_changes_nothing(
    session: Session, browser: Browser, paths: list[str], match: Match, clock: Clock
) -> None:
    assert browser.press(f"{paths[0]}/move", {}).status_code == 422
    clock.now = at("thu 13:01")
    assert "could not be answered" in browser.press(f"{paths[0]}/move", ticking(FRI), follow=True).text
    assert "Another time would be better" not in browser.open(paths[0]).text
    fresh(session, match)
    assert match.is_on


@pytest.mark.usefixtures("on")
def test_who_cancels_is_thanked_and_their_word_reaches_the_other(
    session: Session, browser: Browser, paths: list[str], match: Match
) -> None:
    browser.press(f"{paths[0]}/refusal", {"why": "not_this_week", "word": "Fever.\nSorry! https://evil.example"})
    letter = newest_letter(session, "you_cancelled")
    assert (letter.address, letter.subject) == ("ada@example.org", "Cancelled: your meeting with Ben")
    assert "never held against anyone" in letter.text
    fresh(session, *match.seats)
    assert match.seats[0].cancelled_at == at("mon 12:00")


@one_database
def test_a_word_that_is_too_long_is_kept_and_nothing_is_cancelled(
    session: Session, browser: Browser, paths: list[str], match: Match
) -> None:
    answer = browser.press(f"{paths[0]}/refusal", {"why": "someone_else", "word": "x" * 301})
    assert answer.status_code == 422
    fresh(session, *match.seats)
    assert match.seats[0].declined_at is None


@one_database
def test_across_zones_each_reads_their_own_clocks_and_the_others(
    session: Session, browser: Browser, links: Links
) -> None:
    call = bring_together(
        session, run_round(session), join(session, ADA), join(session, FINN), mode="call", times=[at("sat 07:00")]
    )
    session.commit()
    adas, finns = (browser.open(path_of(links.match_url(seat))).text for seat in call.seats)
    assert "Saturday 28 November at 08:00" in adas
    assert "Saturday 20:00, Auckland time" in adas
    assert "Saturday 28 November at 20:00" in finns
    assert "Saturday 08:00, Copenhagen time" in finns


@one_database
def test_both_wish_for_an_hour_and_get_it(session: Session, browser: Browser, paths: list[str], match: Match) -> None:
    for path in paths:
        browser.press(f"{path}/acceptance", ticking(THU, minutes="60"))
    fresh(session, match)
    assert match.minutes == 60
    assert "18:00 to 19:00" in newest_letter(session, "it_is_on").text


@one_database
def test_a_trio_goes_on_as_two_and_a_stranger_sees_nothing(session: Session, browser: Browser, links: Links) -> None:
    people = [join(session, role) for role in (ADA, BEN, CLEO)]
    trio = bring_together(session, run_round(session), *people, times=[THU, FRI])
    session.commit()
    for seat in trio.seats:
        browser.press(f"{path_of(links.match_url(seat))}/acceptance", ticking(THU))
    browser.press(f"{path_of(links.match_url(trio.seats[0]))}/move", ticking(FRI))
    asked = [letter.address for letter in letters(session, "another_time")]
    assert sorted(asked) == ["ben@example.org", "cleo@example.org"]
    token = path_of(links.match_url(trio.seats[0])).rpartition("/")[2]
    assert browser.press(f"/matches/{token[:-2]}xx/move", ticking(FRI)).status_code == 404
