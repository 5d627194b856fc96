"""What the organisers have decided is said on every page and in every letter: name, words, days, and the room of a call."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from data.community import decide, usual
from data.match import Match
from data.member import Member
from tests.cast import ADA, BEN, MONDAY, at, bring_together, join, run_round
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, all_say_yes, letters, one_database, path_of, words_of
from web.letters import Letters
from web.links import Links
from web.settings import Settings

HEBREW = "מפגש"


def decided(session: Session, **decisions: Any) -> None:
    decide(session, usual().decisions | decisions)
    session.commit()


def said(page: str) -> str:
    return " ".join(words_of(page).split())


@one_database
def test_the_usual_name_has_two_colours_and_another_stands_by_itself(browser: Browser, session: Session) -> None:
    page = browser.open("/about").text
    assert "Hello, <span>Stranger</span></a>" in page
    assert "– Hello, Stranger</title>" in page  # noqa: RUF001
    decided(session, name=HEBREW, words="We meet <after> class.\n\nSee www.example.org")
    page = browser.open("/about").text
    assert f"<bdi>{HEBREW}</bdi></a>" in page
    assert f"– {HEBREW}</title>" in page  # noqa: RUF001
    assert f'og:title" content="{HEBREW}"' in page
    assert "Hello, <span>" not in page


@one_database
@pytest.mark.parametrize("path", ["/", "/community"])
def test_words_about_the_community_stand_where_strangers_look(browser: Browser, session: Session, path: str) -> None:
    decided(session, words="We meet <after> class.\n\nSee www.example.org")
    page = browser.open(path).text
    assert "We meet &lt;after&gt; class.\n\nSee (link left out)" in page


@one_database
def test_a_page_that_is_not_there_bears_the_name_too(browser: Browser, session: Session) -> None:
    decided(session, name="Evening School")
    assert "Evening School</title>" in browser.open("/nowhere").text


@one_database
def test_a_page_without_a_database_has_the_usual_name(browser: Browser, app: Flask) -> None:
    app.testing = False
    with app.extensions["engine"].begin() as connection:
        connection.exec_driver_sql("DROP TABLE community")
    answer = browser.open("/about")
    app.testing = True
    assert answer.status_code == 200
    assert "Hello, Stranger</title>" in answer.text


@one_database
def test_the_row_is_read_once_a_page(browser: Browser, app: Flask) -> None:
    asked: list[str] = []

    def note(*call: Any) -> None:
        asked.append(call[2])

    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    browser.open("/about")
    assert sum("FROM community" in statement for statement in asked) == 1


def test_letters_bear_the_name(session: Session, settings: Settings) -> None:
    decided(session, name=HEBREW)
    ada = join(session, ADA)
    Letters(settings).next_week(session, ada, MONDAY + timedelta(weeks=1), at("fri 09:00"))
    Letters(settings).confirm(session, ada, at("fri 09:00"))
    texts = [letter.text for letter in letters(session)]
    assert len(texts) == 2
    assert all(f"\u2068{HEBREW}\u2069" in text and "Hello, Stranger" not in text for text in texts)


@one_database
def test_pages_name_the_days_and_hours_that_were_decided(browser: Browser, session: Session) -> None:
    assert "By Wednesday You both say yes" in said(browser.open("/").text)
    about = said(browser.open("/about").text)
    assert "Until Wednesday at 20:00 you say yes or no." in about
    assert "we look for somebody else until Thursday." in about
    decided(session, answer_days=1, answer_hour=9, rematch_days=5, rematch_hour=12, cadence_weeks=2)
    assert "By Tuesday You both say yes" in said(browser.open("/").text)
    about = said(browser.open("/about").text)
    assert "Until Tuesday at 09:00 you say yes or no." in about
    assert "we look for somebody else until Saturday." in about
    assert "People are paired every 2 weeks." in about


@one_database
def test_the_page_of_a_match_says_until_when_its_own_round_looks_on(
    session: Session, signed_in: SigningIn, clock: Clock
) -> None:
    round_ = run_round(session)
    round_.deadlines = {"answer_days": 1, "answer_hour": 12, "rematch_days": 4, "rematch_hour": 9}
    ada = join(session, ADA)
    match = bring_together(session, round_, ada, join(session, BEN))
    match.seats[0].accepted_at = at("mon 10:00")
    browser = signed_in(ada)
    assert "and write by Friday 27 November at 10:00" in said(browser.open("/this-week").text)
    match.seats[0].accepted_at = None
    session.commit()
    clock.now = at("tue 11:01")
    assert "until Friday 27 November at 10:00" in said(browser.open("/this-week").text)


def test_a_call_is_in_the_room_that_was_decided(
    session: Session, settings: Settings, signed_in: SigningIn, links: Links
) -> None:
    ada = join(session, ADA)
    ada.open_calendar()
    match = bring_together(session, run_round(session), ada, join(session, BEN), mode="call", meeting_place="")
    browser = signed_in(ada)
    decided(session, name="Evening School", call_url_template="https://call.example/x/{room}")
    all_say_yes(session, match)
    room = f"https://call.example/x/{match.room}"
    assert room in browser.open("/this-week").text
    letter = Letters(settings).it_is_on(session, match.seats[0], at("mon 12:00"))
    assert letter is not None
    assert room in letter.text
    assert 'ORGANIZER;CN="Evening School"' in (letter.calendar or "")
    assert f"URL:{room}" in (letter.calendar or "").replace("\r\n ", "")
    session.commit()
    feed = browser.open(path_of(links.calendar_url(ada.calendar_key or ""))).text
    assert "X-WR-CALNAME:Evening School" in feed
    assert f"URL:{room}" in feed.replace("\r\n ", "")


@pytest.fixture
def every_second_week(session: Session) -> Member:
    """Ada, where people are paired every second week; this week's round is run."""
    ada = join(session, ADA)
    run_round(session)
    decided(session, cadence_weeks=2)
    return ada


@one_database
def test_a_members_pages_name_the_next_round_and_not_the_next_monday(
    session: Session, signed_in: SigningIn, links: Links, every_second_week: Member
) -> None:
    browser = signed_in(every_second_week)
    page = said(browser.open("/this-week").text)
    assert "The next round You are in the round of Monday 7 December." in page
    assert "On Monday 7 December a letter introduces you to somebody." in said(
        browser.open("/profile/taking-part").text
    )
    link = path_of(links.week_url(every_second_week, MONDAY + timedelta(weeks=1)))
    assert "There is no round in this week" in browser.open(link).text
    link = path_of(links.week_url(every_second_week, MONDAY + timedelta(weeks=2)))
    assert "On Monday 7 December a letter introduces you" in said(browser.open(link).text)
    every_second_week.fall_quiet(at("mon 11:00"))
    every_second_week.ask_first = True
    session.commit()
    back = path_of(links.return_url(every_second_week))
    assert "you are in the round of Monday 7 December." in said(browser.open(back).text)
    browser.press(back)
    session.refresh(every_second_week)
    assert every_second_week.in_for == MONDAY + timedelta(weeks=2)


def test_time_to_agree_is_that_of_the_round(
    session: Session, settings: Settings, ada_and_ben: Match, signed_in: SigningIn
) -> None:
    ada_and_ben.round.deadlines = {"agree_within_hours": 5}
    ada_and_ben.agreeing_since = at("mon 12:00")
    for seat in ada_and_ben.seats:
        seat.accepted_at = at("mon 12:00")
    letter = Letters(settings).no_common_time(session, ada_and_ben.seats[0], at("mon 12:00"))
    assert letter is not None
    assert letter.try_until == at("mon 17:00")
    browser = signed_in(ada_and_ben.seats[0].member)
    assert "by Monday 23 November at 18:00" in said(browser.open("/this-week").text)
