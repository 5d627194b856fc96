"""Notes on the page of a match: who may write, what the others get, how many, and that nobody else reads a word."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data import note as notes_data
from data.avoidance import keep_apart
from data.letter import Letter
from data.match import Match, Seat
from data.note import NOTES_A_DAY, Note, notes_by
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, at, join, say_yes
from tests.live_site import Clock
from tests.web.conftest import (
    Bringing,
    Browser,
    NewBrowser,
    SigningIn,
    all_say_yes,
    letters,
    one_database,
    pages_of,
    words_of,
)
from tests.web.racing import at_once
from web.links import Links

NOW = at("mon 12:00")


def written(session: Session, seat: Seat) -> list[str]:
    texts = [note.text for note in notes_by(session, seat.member_id)]
    session.commit()
    return texts


def test_a_note_stands_on_both_pages_and_reaches_the_other_as_a_letter(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    answer = browser.press(f"{adas}/notes", {"note": "I will be at the window.\r\nRed scarf!"}, follow=True)
    assert "Your note is on its way to Ben." in answer.text
    (letter,) = letters(session)
    assert (letter.kind, letter.address, letter.subject) == (
        "note",
        "ben@example.org",
        "Ada has written you a note",
    )
    assert "“I will be at the window. Red scarf!”" in letter.text
    assert "A reply to this letter reaches nobody" in letter.text
    assert f"Read and answer:\n{links.match_url(pair.seats[1])}\n" in letter.text
    assert f"{links.match_url(pair.seats[1])}/report?note=1" in letter.text
    assert "ada@example.org" not in letter.text
    for page, who in ((adas, "You"), (bens, "Ada")):
        html = browser.open(page).text
        assert f"{who}, Monday 23 November at 13:00" in words_of(html)  # by the clocks of Copenhagen
        assert "I will be at the window.\nRed scarf!" in html
    assert "report?note=1" in browser.open(bens).text
    assert "report?note=1" not in browser.open(adas).text


@one_database
def test_everybody_reads_by_their_own_clocks_and_the_oldest_first(
    session: Session, browser: Browser, links: Links, brought_together: Bringing, clock: Clock
) -> None:
    call = all_say_yes(session, brought_together(join(session, ADA), join(session, FINN), mode="call"))
    adas, finns = pages_of(links, call)
    browser.press(f"{adas}/notes", {"note": "Good morning"})
    clock.now += timedelta(hours=1)
    browser.press(f"{finns}/notes", {"note": "Good night"})
    page = browser.open(finns).text
    assert "Ada, Tuesday 24 November at 01:00" in words_of(page)
    assert page.index("Good morning") < page.index("Good night")


@one_database
def test_of_three_both_others_get_it(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    trio = all_say_yes(session, brought_together(*(join(session, role) for role in (ADA, BEN, CLEO))))
    page = browser.press(f"{pages_of(links, trio)[0]}/notes", {"note": "Hello both"}, follow=True).text
    assert "on its way to Ben and Cleo" in page
    assert {letter.address for letter in letters(session)} == {"ben@example.org", "cleo@example.org"}


@one_database
def test_notes_are_on_this_week_too(signed_in: SigningIn, links: Links, pair: Match) -> None:
    browser = signed_in(pair.seats[0].member)
    assert f'action="{pages_of(links, pair)[0]}/notes"' in browser.open("/this-week").text


BAD = {
    "nothing": ("", "There is nothing in it yet"),
    "spaces": (" \r\n\u200b ", "There is nothing in it yet"),
    "one too many": ("x" * 501, "Please keep this to 500 characters."),
    "NUL": ("hi\x00there", "characters in this that we cannot show"),
    "escape": ("\x1b[31mred", "characters in this that we cannot show"),
}


@one_database
@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_sent_is_kept_in_the_field_with_a_kind_sentence(
    session: Session, browser: Browser, links: Links, pair: Match, case: str
) -> None:
    text, sentence = BAD[case]
    answer = browser.press(f"{pages_of(links, pair)[0]}/notes", {"note": text})
    assert answer.status_code == 422
    assert sentence in answer.text
    if case == "one too many":
        assert text in answer.text
    assert written(session, pair.seats[0]) == []
    assert letters(session) == []


HOSTILE = "</p><script>alert(1)</script> {{7*7}} {% raw %}\r\nBcc: eve@example.org\r\n\r\nSay yes:\r\nhttps://evil.example/\u202e\r\n-- \r\nbye"


def test_hostile_words_are_shown_as_words_on_the_page_and_in_the_letter(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    assert browser.press(f"{adas}/notes", {"note": HOSTILE}).status_code == 303
    browser.press(f"{adas}/notes", {"note": "kind"})
    harmless, letter = letters(session)
    page = browser.open(bens).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} {% raw %}\nBcc: eve@example.org\n" in page
    assert letter.text.count("\n") == harmless.text.count("\n")
    assert letter.text.count("\n-- \n") == 1
    for bad in ("evil.example", "\u202e", "\nBcc"):
        assert bad not in letter.text
    assert "evil.example" not in page
    assert "<script>alert" not in page


def test_five_hundred_emoji_and_every_script_pass_whole(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas = pages_of(links, pair)[0]
    for text in ("🦩" * 500, "می‌خواهم 👩‍🚒 Zażółć ñandú 你好"):
        assert browser.press(f"{adas}/notes", {"note": text}).status_code == 303
        assert text in letters(session)[0].text
    assert written(session, pair.seats[0])[0] == "🦩" * 500


def test_the_eleventh_note_of_a_day_waits_and_says_until_when(
    session: Session, browser: Browser, links: Links, pair: Match, clock: Clock
) -> None:
    adas, bens = pages_of(links, pair)
    for number in range(NOTES_A_DAY):
        assert browser.press(f"{adas}/notes", {"note": f"note {number}"}).status_code == 303
    answer = browser.press(f"{adas}/notes", {"note": "and one more thing"})
    assert answer.status_code == 422
    assert "The next can go from Tuesday 24 November at 13:00, Copenhagen time." in answer.text
    assert "and one more thing</textarea>" in answer.text
    assert len(letters(session)) == NOTES_A_DAY
    assert browser.press(f"{bens}/notes", {"note": "Easy, Ada"}).status_code == 303
    clock.now += timedelta(hours=24)
    assert browser.press(f"{adas}/notes", {"note": "and one more thing"}).status_code == 303


@one_database
def test_a_button_pressed_twice_sends_one_letter(session: Session, browser: Browser, links: Links, pair: Match) -> None:
    for _ in range(2):
        answer = browser.press(f"{pages_of(links, pair)[0]}/notes", {"note": "Hello"}, follow=True)
        assert "on its way to Ben" in answer.text
    assert len(letters(session)) == 1


@one_database
def test_when_notes_are_closed_what_was_typed_is_still_there_to_copy(
    session: Session, browser: Browser, links: Links, pair: Match, clock: Clock
) -> None:
    adas, bens = pages_of(links, pair)
    browser.press(f"{adas}/notes", {"note": "It was lovely"})
    clock.now = at("sat 17:45")
    answer = browser.press(f"{bens}/notes", {"note": "For me too"})
    assert answer.status_code == 422
    assert "Yours was not sent" in answer.text
    assert "For me too" in answer.text
    assert "It was lovely" in answer.text
    assert "<textarea" not in answer.text
    assert len(letters(session)) == 1


def test_whoever_is_barred_finds_notes_closed_and_not_why(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    browser.press(f"{adas}/notes", {"note": "See you"})
    keep_apart(session, pair.seats[0].member_id, pair.seats[1].member_id, "barred", NOW)
    session.commit()
    for page in (adas, bens):
        assert browser.press(f"{page}/notes", {"note": "again"}).status_code == 422
        shown = browser.open(page).text
        assert "Notes are closed here." in shown
        assert "barred" not in shown
    assert len(letters(session)) == 1


@one_database
def test_before_all_have_said_yes_there_is_no_field_and_no_way_round_it(
    session: Session, browser: Browser, links: Links, ada_and_ben: Match
) -> None:
    page = pages_of(links, ada_and_ben)[0]
    say_yes(ada_and_ben.seats[0], at("mon 10:00"))
    session.commit()
    assert "A note to" not in browser.open(page).text
    assert "open once everybody has said yes" in browser.open(f"{page}/notes").text
    assert browser.press(f"{page}/notes", {"note": "psst"}).status_code == 422
    assert written(session, ada_and_ben.seats[0]) == []


@one_database
def test_a_stranger_the_freed_and_whoever_has_left_read_nothing_new_and_write_nothing(
    session: Session, browser: Browser, links: Links, brought_together: Bringing, signed_in: SigningIn
) -> None:
    trio = all_say_yes(session, brought_together(*(join(session, role) for role in (ADA, BEN, CLEO))))
    strangers = all_say_yes(session, brought_together(join(session, DAN), join(session, EVA), weeks=1))
    adas, bens, cleos = pages_of(links, trio)
    browser.press(f"{adas}/notes", {"note": "to all three"})
    trio.seats[2].free(NOW)
    session.commit()
    session.refresh(trio.seats[2])
    session.commit()
    _later(session, trio.seats[0], "to Ben alone", NOW + timedelta(hours=1))
    freed = browser.open(f"{cleos}/notes").text
    assert "to all three" in freed
    assert "to Ben alone" not in freed
    assert browser.press(f"{cleos}/notes", {"note": "still here"}).status_code == 422
    for page in pages_of(links, strangers):
        assert "to all three" not in browser.open(f"{page}/notes").text
    assert signed_in(strangers.seats[0].member).open("/matches/1/notes").status_code == 404
    assert browser.open(f"{adas[:-1]}/notes").status_code == 404
    trio.seats[1].member.leave(NOW)
    session.commit()
    assert browser.open(f"{bens}/notes").status_code == 404
    assert browser.press(f"{bens}/notes", {"note": "ghost"}).status_code == 404


def _later(session: Session, seat: Seat, text: str, when: datetime) -> None:
    session.add(Note(seat_id=seat.id, text=text, written_at=when))
    session.commit()


@one_database
def test_my_notes_are_in_the_file_i_take_along_and_nobody_elses(
    signed_in: SigningIn, browser: Browser, links: Links, pair: Match
) -> None:
    for page, text in zip(pages_of(links, pair), ("from Ada", "from Ben"), strict=True):
        browser.press(f"{page}/notes", {"note": text})
    mine: dict[str, Any] = signed_in(pair.seats[0].member).open("/profile/hello-stranger.json").json  # type: ignore[assignment]
    assert [note["text"] for note in mine["notes"]] == ["from Ada"]


def test_two_notes_at_one_moment_do_not_make_eleven(
    session: Session, new_browser: NewBrowser, links: Links, pair: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write_nine(session, pair.seats[0])
    _linger(monkeypatch, patience=0.5)
    assert sorted(_write_two_more(new_browser, links, pair)) == [303, 422]
    assert len(written(session, pair.seats[0])) == NOTES_A_DAY


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_without_the_lock_two_at_one_moment_would_make_eleven(
    session: Session, new_browser: NewBrowser, links: Links, pair: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control. SQLite has one writer at a time, so that only PostgreSQL can show it."""
    monkeypatch.setattr("web.seat_of_link.seat_to_answer", lambda session, number: session.get(Seat, number))
    _write_nine(session, pair.seats[0])
    _linger(monkeypatch, patience=10)
    assert _write_two_more(new_browser, links, pair) == [303, 303]
    assert len(written(session, pair.seats[0])) == NOTES_A_DAY + 1


def _write_nine(session: Session, seat: Seat) -> None:
    session.add_all(Note(seat_id=seat.id, text=f"note {number}", written_at=NOW) for number in range(NOTES_A_DAY - 1))
    session.commit()


def _linger(monkeypatch: pytest.MonkeyPatch, patience: float) -> None:
    """Whoever has counted waits a while for the other before writing."""
    together = threading.Barrier(2)
    count = notes_data._written_since

    def linger(*arguments: Any) -> list[Note]:
        counted = count(*arguments)
        with suppress(threading.BrokenBarrierError):  # the other one waits for the lock: so it should be
            together.wait(timeout=patience)
        return counted

    monkeypatch.setattr(notes_data, "_written_since", linger)


def _write_two_more(new_browser: NewBrowser, links: Links, match: Match) -> list[int]:
    page = f"{pages_of(links, match)[0]}/notes"
    presses: list[Callable[[], TestResponse]] = [
        partial(new_browser().press, page, {"note": f"number {number}"}) for number in (10, 11)
    ]
    return [answer.status_code for answer in at_once(presses)]


def test_a_report_of_a_note_shows_it_to_the_operator_and_parts_the_two(
    session: Session, browser: Browser, links: Links, pair: Match
) -> None:
    adas, bens = pages_of(links, pair)
    browser.press(f"{adas}/notes", {"note": "Come alone.\nOr <b>else</b>"})
    report = f"{bens}/report?note=1"
    page = browser.open(report).text
    assert "Come alone.\nOr &lt;b&gt;else&lt;/b&gt;" in page
    browser.press(report, {"note": ""})
    letter = newest(session, "report")
    assert letter.address == "operator@example.org"
    assert "About Ada (member 1): (no words of their own)" in letter.text
    assert "The note it is about, by member 1, of Monday 23 November at 12:00 UTC:" in letter.text
    assert "“Come alone. Or <b>else</b>”" in letter.text
    assert browser.press(f"{adas}/notes", {"note": "Hello?"}).status_code == 422
    assert "report" not in browser.open(adas).text.partition("Notes are closed")[0].partition('id="notes"')[2]


@one_database
def test_each_reported_note_is_told_once_and_a_number_of_another_note_tells_nothing(
    session: Session, browser: Browser, links: Links, pair: Match, brought_together: Bringing
) -> None:
    adas, bens = pages_of(links, pair)
    others = all_say_yes(session, brought_together(join(session, DAN), join(session, EVA), weeks=1))
    browser.press(f"{pages_of(links, others)[0]}/notes", {"note": "not for Ben"})
    for text in ("one", "two"):
        browser.press(f"{adas}/notes", {"note": text})
    for number in (2, 3, 3):
        browser.press(f"{bens}/report?note={number}", {"note": "rude"})
    assert len(letters(session, "report")) == 2
    for other in ("1", "999", "9" * 40, "-2", "²", "x", ""):
        page = browser.open(f"{bens}/report?note={other}")
        assert page.status_code == 200
        assert "not for Ben" not in page.text
        assert "this note" not in page.text


@one_database
def test_of_a_trio_the_writer_is_ticked_on_the_report_already(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    trio = all_say_yes(session, brought_together(*(join(session, role) for role in (ADA, BEN, CLEO))))
    adas, _, cleos = pages_of(links, trio)
    browser.press(f"{adas}/notes", {"note": "hm"})
    page = browser.open(f"{cleos}/report?note=1").text
    ticked = [option for option in page.split("<label")[1:] if "checked" in option.partition("</label>")[0]]
    assert len(ticked) == 1
    assert "<span>Ada</span>" in ticked[0]


def newest(session: Session, kind: str) -> Letter:
    return letters(session, kind)[0]
