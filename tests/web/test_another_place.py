"""Another public place: proposed in words or picked, agreed by a button, never a home, and never words nobody has read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data.agreeing_place import PlaceOutcome, propose_place
from data.answering import accept
from data.match import Match, Seat
from data.venues import SuggestedVenue, Venue
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, at, join
from tests.live_site import Clock
from tests.web.conftest import (
    Bringing,
    Browser,
    NewBrowser,
    all_say_yes,
    fresh,
    letters,
    one_database,
    pages_of,
    words_of,
)
from tests.web.racing import at_once
from web.links import Links

NOW = at("mon 12:00")
Press = Callable[[], TestResponse]
LIBRARY, HARBOUR = "Main library, Krystalgade 15", "Harbour Café, Kajen 2"


def suggest(session: Session, match: Match, *names: str, **columns: str) -> None:
    """Give a match its public places."""
    for rank, name in enumerate(names, 1):
        venue = Venue(kind="cafe", name=name, address="Torvet 1", latitude=55.0, longitude=12.0, **columns)
        match.suggestions.append(SuggestedVenue(rank=rank, venue=venue))
    session.commit()


def test_ada_proposes_and_ben_says_yes_and_both_get_a_new_invitation(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    page = browser.press(f"{adas}/place", {"place": LIBRARY}, follow=True).text
    assert "It is where you meet once Ben has said yes to it." in page
    assert f"You have proposed <strong>{LIBRARY}</strong>" in page
    (letter,) = letters(session)
    assert (letter.kind, letter.address, letter.subject) == (
        "another_place",
        "ben@example.org",
        "Ada proposes another place",
    )
    assert f"Where: {LIBRARY}\nSo far: Café Europa, Amagertorv 1, Copenhagen\nWhen: Thursday 26 November" in letter.text
    page = browser.open(bens).text
    assert "Yes, let us meet there" in page
    assert "Café Europa" in page
    page = browser.press(f"{bens}/place/agreement", {"place": LIBRARY}, follow=True).text
    assert f"Agreed. You meet here: {LIBRARY}" in page
    assert "Yes, let us meet there" not in page
    fresh(session, pair)
    assert (pair.meeting_place, pair.sequence) == (LIBRARY, 2)
    told = letters(session, "it_is_on")
    assert {letter.address for letter in told} == {"ada@example.org", "ben@example.org"}
    assert all(f"Where: {LIBRARY}" in letter.text for letter in told)


@one_database
def test_one_of_the_places_we_suggested_is_picked_by_a_button(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    suggest(session, pair, "Café Nord", "Café Syd", "Café Vest")
    adas, bens = pages_of(links, pair)
    assert browser.open(adas).text.count('name="suggested"') == 4
    browser.press(f"{adas}/place", {"suggested": "2", "place": ""})
    assert "<strong>Café Syd, Torvet 1</strong>" in browser.open(bens).text


@one_database
def test_places_closed_at_the_time_hidden_or_already_agreed_upon_are_not_offered(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    suggest(session, pair, "Breakfast Bar", opening_hours="Mo-Su 07:00-11:00")
    page = pages_of(links, pair)[0]
    assert "Breakfast Bar" not in browser.open(page).text
    venue = pair.suggestions[0].venue
    venue.opening_hours = ""
    session.commit()
    assert "Breakfast Bar" in browser.open(page).text
    venue.hidden_at = NOW
    session.commit()
    assert "Breakfast Bar" not in browser.open(page).text
    venue.hidden_at, pair.meeting_place = None, "Breakfast Bar, Torvet 1"
    session.commit()
    assert 'value="1"' not in browser.open(page).text


BAD = {
    "nothing": ({"place": " "}, "Please name a public place."),
    "a home": ({"place": "my place, Nørrebrogade 7"}, "This sounds like a home."),
    "a home in German": ({"place": "bei mir zu Hause"}, "This sounds like a home."),
    "a link": ({"place": "see https://evil.example/here"}, "without a link"),
    "too long": ({"place": "x" * 201}, "Please keep this to 200 characters."),
    "two lines": ({"place": "Café\r\nBcc: eve@example.org"}, "characters in this that we cannot show"),
    "NUL": ({"place": "Café\x00"}, "characters in this that we cannot show"),
    "an unknown number": ({"suggested": "7", "place": ""}, "Please name a public place."),
}


@one_database
@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_proposed_is_kept_with_a_kind_sentence(
    session: Session, browser: Browser, links: Links, pair: Match, case: str
) -> None:
    form, sentence = BAD[case]
    answer = browser.press(f"{pages_of(links, pair)[0]}/place", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert letters(session) == []
    fresh(session, *pair.seats)
    assert pair.seats[0].place_proposed == ""


@one_database
def test_a_place_picked_and_another_typed_is_asked_about(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    suggest(session, pair, "Café Nord")
    page = f"{pages_of(links, pair)[0]}/place"
    assert "leave one of them out" in browser.press(page, {"suggested": "1", "place": LIBRARY}).text
    assert "Please pick a place, or name one." in browser.press(page, {"suggested": "own", "place": ""}).text
    assert browser.press(page, {"suggested": "own", "place": LIBRARY}).status_code == 303


HOSTILE = "<script>alert(1)</script> {{7*7}} {% raw %} \u202eevil\u202c 🦩"


def test_hostile_words_stay_words_on_page_and_letter_and_can_be_agreed_to(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    assert browser.press(f"{adas}/place", {"place": HOSTILE}).status_code == 303
    fresh(session, *pair.seats)
    proposed = pair.seats[0].place_proposed
    assert proposed == "<script>alert(1)</script> {{7*7}} {% raw %} evil 🦩"
    page = browser.open(bens).text
    assert "<script>alert" not in page
    assert "{{7*7}}" in page
    (letter,) = letters(session)
    assert "\u202e" not in letter.text
    assert "{{7*7}}" in letter.text
    browser.press(f"{bens}/place/agreement", {"place": proposed})
    assert f"Where: {proposed}\n" in letters(session, "it_is_on")[0].text
    assert "<script>alert" not in browser.open(adas).text


def test_two_hundred_emoji_fit(session: Session, browser: Browser, links: Links, pair: Match) -> None:
    adas, bens = pages_of(links, pair)
    browser.press(f"{adas}/place", {"place": "🦩" * 200})
    browser.press(f"{bens}/place/agreement", {"place": "🦩" * 200})
    fresh(session, pair)
    assert pair.meeting_place == "🦩" * 200


@one_database
def test_a_yes_to_what_was_replaced_meanwhile_is_refused_kindly(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    for place in (LIBRARY, HARBOUR):
        browser.press(f"{adas}/place", {"place": place})
    for words in ({"place": LIBRARY}, {}, {"place": "x" * 5000}):
        page = browser.press(f"{bens}/place/agreement", words, follow=True).text
        assert "not proposed any more" in page
        assert HARBOUR in page
    fresh(session, pair)
    assert pair.meeting_place.startswith("Café Europa")
    assert letters(session, "it_is_on") == []


@one_database
def test_proposed_twice_is_one_letter_and_five_a_day_are_enough(
    session: Session, browser: Browser, links: Links, pair: Match, clock: Clock
) -> None:
    page = f"{pages_of(links, pair)[0]}/place"
    assert "nothing has changed" not in browser.press(page, {"place": LIBRARY}, follow=True).text
    assert "nothing has changed" in browser.press(page, {"place": LIBRARY}, follow=True).text
    assert len(letters(session)) == 1
    for number in range(2, 6):
        clock.now = at(f"mon 12:0{number}")
        assert browser.press(page, {"place": f"Café {number}"}).status_code == 303
    answer = browser.press(page, {"place": "Café 6"})
    assert answer.status_code == 422
    assert "a lot of places for one day" in answer.text
    assert len(letters(session)) == 5
    clock.now = at("tue 12:30")
    assert browser.press(page, {"place": "Café 6"}).status_code == 303


def test_of_three_the_button_waits_for_everybody(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    trio = all_say_yes(session, brought_together(*(join(session, role) for role in (ADA, BEN, CLEO))))
    adas, bens, cleos = pages_of(links, trio)
    assert "Ben and Cleo have said yes" in browser.press(f"{adas}/place", {"place": LIBRARY}, follow=True).text
    assert len(letters(session, "another_place")) == 2
    page = browser.press(f"{bens}/place/agreement", {"place": LIBRARY}, follow=True).text
    assert "You have said yes to it. It counts once everybody has." in page
    assert letters(session, "it_is_on") == []
    assert "Ada and Ben would like to meet here:" in words_of(browser.open(cleos).text)
    browser.press(f"{cleos}/place/agreement", {"place": LIBRARY})
    assert len(letters(session, "it_is_on")) == 3


@one_database
def test_while_they_look_for_a_time_they_agree_without_an_invitation(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    match = brought_together(join(session, ADA), join(session, BEN), times=[at("thu 17:00"), at("fri 17:00")])
    for seat, times in zip(match.seats, (["thu 17:00"], ["fri 17:00"]), strict=True):
        answer_with(seat, *times)
    session.commit()
    assert match.is_agreeing
    adas, bens = pages_of(links, match)
    browser.press(f"{adas}/place", {"place": LIBRARY})
    assert "So far" not in letters(session, "another_place")[0].text
    assert "Agreed." in browser.press(f"{bens}/place/agreement", {"place": LIBRARY}, follow=True).text
    assert letters(session, "it_is_on") == []


def answer_with(seat: Seat, *times: str) -> None:
    """Say yes to some of the times."""
    accept(seat, [at(time) for time in times], at("mon 10:00"))


@one_database
def test_strangers_see_no_proposal_and_agree_to_none(
    session: Session, browser: Browser, links: Links, pair: Match, brought_together: Bringing
) -> None:
    others = all_say_yes(session, brought_together(join(session, DAN), join(session, EVA), weeks=1))
    adas, _ = pages_of(links, pair)
    browser.press(f"{adas}/place", {"place": LIBRARY})
    for page in pages_of(links, others):
        assert LIBRARY not in browser.open(f"{page}/place").text
        assert "not proposed any more" in browser.press(f"{page}/place/agreement", {"place": LIBRARY}, follow=True).text
    fresh(session, pair, others)
    assert LIBRARY not in {pair.meeting_place, others.meeting_place}


@one_database
def test_nothing_is_agreed_upon_for_a_call_or_before_all_have_said_yes(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    call = all_say_yes(session, brought_together(join(session, CLEO), join(session, FINN), mode="call"))
    unanswered = brought_together(join(session, DAN), join(session, EVA), weeks=1)
    for page in [*pages_of(links, call), *pages_of(links, unanswered)]:
        assert "cannot be changed here" in browser.open(f"{page}/place").text
        assert "cannot be changed any more" in browser.press(f"{page}/place", {"place": LIBRARY}, follow=True).text


@one_database
def test_once_it_has_begun_or_somebody_has_left_it_is_too_late(
    session: Session, browser: Browser, links: Links, pair: Match, clock: Clock
) -> None:
    adas, bens = pages_of(links, pair)
    browser.press(f"{adas}/place", {"place": LIBRARY})
    clock.now = at("thu 17:00")
    assert (
        "cannot be changed any more" in browser.press(f"{bens}/place/agreement", {"place": LIBRARY}, follow=True).text
    )
    pair.seats[0].member.leave(NOW)
    session.commit()
    assert browser.open(f"{adas}/place").status_code == 404
    assert browser.press(f"{adas}/place", {"place": HARBOUR}).status_code == 404
    fresh(session, pair)
    assert pair.meeting_place.startswith("Café Europa")


def test_two_who_propose_at_one_moment_both_stand(
    session: Session, new_browser: NewBrowser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    presses: list[Press] = [
        partial(new_browser().press, f"{page}/place", {"place": place})
        for page, place in ((adas, LIBRARY), (bens, HARBOUR))
    ]
    assert [answer.status_code for answer in at_once(presses)] == [303, 303]
    fresh(session, *pair.seats)
    assert [seat.place_proposed for seat in pair.seats] == [LIBRARY, HARBOUR]


def test_a_yes_and_a_newer_proposal_at_one_moment_never_agree_to_what_nobody_proposes(
    session: Session, new_browser: NewBrowser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    new_browser().press(f"{adas}/place", {"place": LIBRARY})
    agree = partial(new_browser().press, f"{bens}/place/agreement", {"place": LIBRARY})
    think_again = partial(new_browser().press, f"{adas}/place", {"place": HARBOUR})
    presses: list[Press] = [agree, think_again]
    assert [answer.status_code for answer in at_once(presses)] == [303, 303]
    fresh(session, pair, *pair.seats)
    if pair.meeting_place == LIBRARY:  # Ben was heard first; Ada's newer proposal now waits for him
        assert pair.seats[0].place_proposed == HARBOUR
        assert pair.sequence == 2
    else:  # Ada was heard first, and his yes was to words nobody proposes any more
        assert pair.meeting_place.startswith("Café Europa")
        assert [seat.place_proposed for seat in pair.seats] == [HARBOUR, ""]
        assert letters(session, "it_is_on") == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_lock_both_would_propose_the_same_and_never_agree(
    session: Session, new_browser: NewBrowser, links: Links, pair: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: each sees that the other has proposed nothing, and both wait for ever."""
    monkeypatch.setattr("web.seat_of_link.seat_to_answer", lambda session, number: session.get(Seat, number))
    _propose_the_same(new_browser, links, pair, monkeypatch, patience=10)
    fresh(session, pair, *pair.seats)
    assert [seat.place_proposed for seat in pair.seats] == [LIBRARY, LIBRARY]
    assert pair.meeting_place.startswith("Café Europa")


def test_two_who_propose_the_same_at_one_moment_have_agreed(
    session: Session, new_browser: NewBrowser, links: Links, pair: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    _propose_the_same(new_browser, links, pair, monkeypatch, patience=0.5)
    fresh(session, pair, *pair.seats)
    assert pair.meeting_place == LIBRARY
    assert len(letters(session, "it_is_on")) == 2


def _propose_the_same(
    new_browser: NewBrowser, links: Links, match: Match, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    """Both propose one place; whoever has seen the match waits a while for the other."""
    together = threading.Barrier(2)

    def linger(seat: Seat, place: str, now: datetime) -> PlaceOutcome:
        assert seat.match.live_seats  # seen now, and not again
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock: so it should be
            together.wait(timeout=patience)
        return propose_place(seat, place, now)

    monkeypatch.setattr("web.another_place.propose_place", linger)
    presses: list[Press] = [
        partial(new_browser().press, f"{page}/place", {"place": LIBRARY}) for page in pages_of(links, match)
    ]
    assert [answer.status_code for answer in at_once(presses)] == [303, 303]
