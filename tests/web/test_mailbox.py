"""The mailbox of development: every letter as its reader would see it, and nothing at all elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from data.letter import Letter
from tests.cast import ADA, BEN, MONDAY, at, bring_together, join, run_round
from tests.conftest import NewDatabase
from tests.web.conftest import Browser
from web import create_app
from web.letters import Letters
from web.settings import Settings

HOSTILE = '<script>alert(1)</script>{{7*7}}"'


@pytest.fixture
def database_url(new_sqlite: NewDatabase) -> str:
    """What the mailbox shows does not depend on the database."""
    return new_sqlite()


@pytest.fixture
def letter(session: Session) -> Letter:
    """The letter that asks Ada whether she will meet Ben, held until eight."""
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN), reason=HOSTILE)
    letter = Letters(Settings()).your_match(session, match.seats[0], at("mon 06:00"), post_after=at("mon 07:00"))
    assert letter
    session.commit()
    return letter


def test_the_mailbox_lists_letters_and_says_what_becomes_of_them(browser: Browser, letter: Letter) -> None:
    page = browser.open("/mailbox").text
    assert "to ada@example.org" in page
    assert f'<a href="/mailbox/{letter.id}">Meet Ben this week?</a>' in page
    assert "held until Monday 23 November at 07:00 UTC" in page


def test_it_says_when_a_letter_was_posted_or_why_not(browser: Browser, session: Session, letter: Letter) -> None:
    letter.tries = 1
    letter.try_again(at("mon 08:00"), "451 Busy")
    session.commit()
    assert "tried again Monday 23 November at 08:00 UTC: 451 Busy" in browser.open("/mailbox").text
    letter.give_up(at("mon 08:00"), "No such user")
    session.commit()
    assert "not posted: No such user" in browser.open("/mailbox").text
    letter.was_posted(at("mon 08:00"))
    session.commit()
    assert "posted Monday 23 November at 08:00 UTC" in browser.open("/mailbox").text


def test_it_can_show_the_letters_to_one_address(browser: Browser, session: Session, letter: Letter) -> None:
    ben = join(session, BEN, email="somebody@example.org")
    Letters(Settings()).next_week(session, ben, MONDAY, at("mon 06:00"))
    session.commit()
    assert "Meet Ben" not in browser.open("/mailbox?address=Somebody@example.org").text
    assert letter.subject in browser.open("/mailbox?address=ada@example.org").text
    assert "No letter to &lt;b&gt;" in browser.open("/mailbox?address=%3Cb%3E").text


def test_an_empty_mailbox_says_so(browser: Browser) -> None:
    assert "No letter has been written yet" in browser.open("/mailbox").text


def test_a_letter_is_shown_as_text_beside_its_html(browser: Browser, letter: Letter) -> None:
    answer = browser.open(f"/mailbox/{letter.id}")
    assert "This week we would like you to meet Ben (Veterinarian)." in answer.text
    for time in ("day", "night"):
        assert answer.text.count(f'src="/mailbox/{letter.id}/html?by={time}"') == 2  # on a phone and on a desk
    assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script>alert" not in answer.text


def test_it_is_shown_by_day_and_by_night_whichever_the_reader_has(browser: Browser, letter: Letter) -> None:
    for query, media in (("", "(prefers-color-scheme: dark)"), ("?by=day", "not all"), ("?by=night", "all")):
        assert f"@media {media} {{" in browser.open(f"/mailbox/{letter.id}/html{query}").text


def test_its_html_stands_alone_where_nothing_may_run(browser: Browser, letter: Letter) -> None:
    answer = browser.open(f"/mailbox/{letter.id}/html")
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert "script-src" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in answer.text
    assert "{{7*7}}" in answer.text


@pytest.mark.parametrize("path", ["/mailbox/999", "/mailbox/999/html", "/mailbox/x"])
def test_a_letter_that_is_not_there_is_not_found(browser: Browser, path: str) -> None:
    assert browser.open(path).status_code == 404


def test_outside_development_there_is_no_mailbox(settings: Settings, letter: Letter) -> None:
    serving = replace(settings, development=False, secret_key="0123456789abcdef" * 4)
    app = create_app(serving)
    browser = Browser(app.test_client())
    for path in ["/mailbox", f"/mailbox/{letter.id}", f"/mailbox/{letter.id}/html"]:
        assert browser.open(path).status_code == 404
    app.extensions["engine"].dispose()
