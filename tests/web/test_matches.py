"""The page of a match: yes, someone else, not this week; together they are on, once, with one letter each."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

import data.answering
from data.match import Match, Seat
from tests.cast import ADA, BEN, CLEO, FINN, at, join, say_yes
from tests.live_site import Clock
from tests.web.conftest import Bringing, Browser, NewBrowser, fresh, letters, one_database, path_of, words_of
from tests.web.racing import at_once
from web.links import Links

THURSDAY = at("thu 17:00")
FRIDAY, SATURDAY = at("fri 17:00"), at("sat 10:00")


def ticking(*moments: datetime, minutes: str = "45") -> dict[str, Any]:
    """What the form of the times sends."""
    return {"times": [moment.isoformat() for moment in moments or (THURSDAY,)], "minutes": minutes}


def test_both_say_yes_and_it_is_on(session: Session, browser: Browser, links: Links, ada_and_ben: Match) -> None:
    adas, bens = (path_of(links.match_url(seat)) for seat in ada_and_ben.seats)
    page = browser.open(adas).text
    assert "Ben" in page
    assert "Thursday 26 November at 18:00" in page
    assert "Copenhagen time" in page
    assert "Café Europa" not in page  # only once it is on
    assert "Ben has not answered yet." in words_of(page)
    browser.press(f"{adas}/acceptance", ticking())
    assert "Ada has said yes." in words_of(browser.open(bens).text)
    assert letters(session) == []
    browser.press(f"{bens}/acceptance", ticking())
    assert "Café Europa" in browser.open(adas).text
    assert "Thursday 26 November at 18:00, Copenhagen time, for 45 minutes" in browser.open(adas).text
    assert {(letter.kind, letter.address) for letter in letters(session)} == {
        ("it_is_on", "ada@example.org"),
        ("it_is_on", "ben@example.org"),
    }


def test_yes_twice_is_one_yes(session: Session, browser: Browser, links: Links, ada_and_ben: Match) -> None:
    for seat in ada_and_ben.seats:
        for _ in range(3):
            assert browser.press(f"{path_of(links.match_url(seat))}/acceptance", ticking()).status_code == 303
    assert len(letters(session)) == 2


@pytest.mark.parametrize("why", ["someone_else", "not_this_week"])
def test_a_no_is_noted_with_its_why_and_nothing_else_happens(
    session: Session, browser: Browser, links: Links, ada_and_ben: Match, why: str
) -> None:
    adas, bens = (path_of(links.match_url(seat)) for seat in ada_and_ben.seats)
    browser.press(f"{adas}/refusal", {"why": why})
    browser.press(f"{adas}/refusal", {"why": "someone_else"})
    seat = ada_and_ben.seats[0]
    fresh(session, seat)
    assert (seat.declined_at, seat.declined_why, seat.freed_at) == (at("mon 12:00"), why, None)
    assert letters(session) == []
    assert "Not everybody can come after all" in browser.open(bens).text
    assert "could not be answered" in browser.press(f"{bens}/acceptance", ticking(), follow=True).text


def test_a_yes_can_be_taken_back_until_the_meeting(
    session: Session, browser: Browser, links: Links, ada_and_ben: Match, clock: Clock
) -> None:
    adas, bens = (path_of(links.match_url(seat)) for seat in ada_and_ben.seats)
    for path in (adas, bens):
        browser.press(f"{path}/acceptance", ticking())
    clock.now = at("thu 16:00")
    assert "I cannot come after all" in browser.open(adas).text
    browser.press(f"{adas}/refusal", {"why": "not_this_week"})
    fresh(session, ada_and_ben, *ada_and_ben.seats)
    assert not ada_and_ben.is_on
    clock.now = at("thu 17:00")
    assert "could not be answered" in browser.press(f"{bens}/refusal", {"why": "someone_else"}, follow=True).text


@one_database
def test_late_freed_and_senseless_answers_get_a_kind_page(
    session: Session, browser: Browser, links: Links, ada_and_ben: Match, clock: Clock
) -> None:
    adas = path_of(links.match_url(ada_and_ben.seats[0]))
    senseless = browser.press(f"{adas}/refusal", {"why": "rain"})
    assert (senseless.status_code, "press one of the two buttons" in senseless.text) == (422, True)
    clock.now = at("wed 19:30")
    late = browser.press(f"{adas}/acceptance", ticking(), follow=True)
    assert late.status_code == 200
    assert "The time to answer ended" in late.text
    ada_and_ben.seats[0].free(at("wed 19:31"))
    session.commit()
    freed = browser.press(f"{adas}/acceptance", ticking(), follow=True)
    assert "Not everybody could come" in freed.text


@one_database
def test_three_of_a_trio_see_each_other_and_are_on_when_all_have_said_yes(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    trio = brought_together(join(session, ADA), join(session, BEN), join(session, CLEO))
    paths = [path_of(links.match_url(seat)) for seat in trio.seats]
    page = browser.open(paths[0]).text
    assert "Ben" in page
    assert "Cleo" in page
    for path in paths[:2]:
        browser.press(f"{path}/acceptance", ticking())
    assert letters(session) == []
    browser.press(f"{paths[2]}/acceptance", ticking())
    assert len(letters(session)) == 3
    assert "Ben and Cleo" in words_of(browser.open(paths[0]).text)


@one_database
def test_the_room_and_the_other_ways_to_call_are_shown_once_a_call_is_on(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    finn = join(session, FINN, phone="+64 12 345", skype_name="finn.radio")
    call = brought_together(join(session, ADA), finn, mode="call", meeting_place="")
    adas, finns = (path_of(links.match_url(seat)) for seat in call.seats)
    room = f"https://meet.example.org/{call.room}"
    assert room not in browser.open(adas).text
    assert "+64 12 345" not in browser.open(adas).text
    for path in (adas, finns):
        browser.press(f"{path}/acceptance", ticking())
    page = browser.open(adas).text
    assert f'href="{room}"' in page
    assert "Teams (was Skype) finn.radio, phone +64 12 345" in page
    assert "finn@example.org" not in page
    assert "Auckland time" in browser.open(finns).text


@one_database
def test_what_a_hostile_partner_typed_is_shown_as_text(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    """As it may stand in a database that an import or an older version has filled."""
    name = "{{1234*5678}}\u202e<script>alert(1)</script>\r\nhttps://evil.example"
    eve = join(
        session, BEN, first_name=name[:60], profession="<img src=x>", phone="<b>", call_link="javascript:alert(1)"
    )
    call = brought_together(join(session, ADA), eve, mode="call", topic="<i>", reason="{% raw %}")
    for seat in call.seats:
        say_yes(seat, at("mon 10:00"))
    session.commit()
    page = browser.open(path_of(links.match_url(call.seats[0]))).text
    assert "{{1234*5678}}" in page
    for bad in ("7006652", "<script>alert", "<img", "<b>", "<i>", "\u202e", 'href="javascript', "https://evil"):
        assert bad not in page


def test_two_who_say_yes_at_one_moment_are_on_once(
    session: Session, new_browser: NewBrowser, links: Links, ada_and_ben: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    _say_yes_together(new_browser, links, ada_and_ben, monkeypatch)
    fresh(session, ada_and_ben)
    assert ada_and_ben.is_on
    assert len(letters(session)) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_lock_two_at_one_moment_would_both_wait_for_ever(
    session: Session, new_browser: NewBrowser, links: Links, ada_and_ben: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control. SQLite has one writer at a time, so that only PostgreSQL can show it."""
    monkeypatch.setattr("web.matches.seat_to_answer", lambda session, number: session.get(Seat, number))
    _say_yes_together(new_browser, links, ada_and_ben, monkeypatch, patience=10)
    fresh(session, ada_and_ben, *ada_and_ben.seats)
    assert all(seat.accepted_at for seat in ada_and_ben.seats)
    assert not ada_and_ben.is_on
    assert letters(session) == []


def _say_yes_together(
    new_browser: NewBrowser, links: Links, match: Match, monkeypatch: pytest.MonkeyPatch, patience: float = 0.5
) -> None:
    """Press both buttons at once; whoever has seen the match waits a while for the other before saying so."""
    together = threading.Barrier(len(match.seats))
    settle = data.answering.settle

    def linger(match: Match, now: datetime) -> str:
        assert match.live_seats  # seen now, and not again
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock: so it should be
            together.wait(timeout=patience)
        return settle(match, now)

    monkeypatch.setattr(data.answering, "settle", linger)
    paths = [f"{path_of(links.match_url(seat))}/acceptance" for seat in match.seats]
    browsers = [new_browser() for _ in paths]
    answers = at_once([partial(one.press, path, ticking()) for one, path in zip(browsers, paths, strict=True)])
    assert {answer.status_code for answer in answers} == {303}
