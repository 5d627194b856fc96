"""The learned wall: pages for everybody, a picture for each line, and plain links that share it."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.orm import Session

from data.wall import WallLine, share
from tests.cast import ADA, BEN, at, bring_together, join, run_round
from tests.web.conftest import Browser, one_database

pytestmark = one_database
WORDS = 'Bread needs <b>time</b> & patience, "not" kneading.'


@pytest.fixture
def line(session: Session) -> WallLine:
    """What Ada learned from Ben, for everybody to read."""
    match = bring_together(session, run_round(session), join(session, ADA), join(session, BEN))
    line = share(session, match.seats[0], WORDS, at("fri 12:00"), signed=True)
    line.show(at("fri 13:00"))
    session.commit()
    return line


def test_an_empty_wall_says_so(browser: Browser) -> None:
    assert "Nothing hangs here yet" in browser.open("/learned").text


def test_a_line_has_a_page_a_picture_and_words_for_a_preview(browser: Browser, line: WallLine) -> None:
    page = browser.open(f"/learned/{line.id}").text
    assert "<b>time" not in page
    assert f'content="http://hello.example.org/learned/{line.id}.png"' in page
    picture = browser.open(f"/learned/{line.id}.png")
    assert picture.mimetype == "image/png"
    assert picture.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert picture.headers["Cache-Control"] == "public, max-age=86400"


def test_the_links_that_share_it_are_plain_and_tell_nobody_who_reads(browser: Browser, line: WallLine) -> None:
    page = browser.open(f"/learned/{line.id}").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'<li><a href="([^"]+)"', page)]
    url = f"http://hello.example.org/learned/{line.id}"
    by_host = {urlsplit(link).hostname: parse_qs(urlsplit(link).query) for link in links}
    assert by_host["x.com"]["url"] == [url]
    assert by_host["www.linkedin.com"] == {"url": [url]}
    assert by_host["www.facebook.com"] == {"u": [url]}
    mail = next(link for link in links if link.startswith("mailto:"))
    assert parse_qs(urlsplit(mail).query)["body"][0].endswith(f"\n\n{url}")
    assert 'rel="noopener noreferrer"' in page
    assert not re.search(r'<(script|img|iframe)[^>]+src="https?://', page)


@pytest.mark.parametrize("number", ["2", "99999999999999999999"])
def test_a_line_that_is_not_there_is_not_found(browser: Browser, line: WallLine, number: str) -> None:
    assert line.id == 1
    assert browser.open(f"/learned/{number}").status_code == 404
    assert browser.open(f"/learned/{number}.png").status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "99999999999999999999999", ""])
def test_a_spoilt_page_number_shows_the_newest(browser: Browser, line: WallLine, before: str) -> None:
    assert line.words == WORDS
    assert "Bread needs" in browser.open(f"/learned?before={before}").text


def test_twenty_lines_a_page_and_a_link_to_older_ones(session: Session, browser: Browser) -> None:
    round_ = run_round(session)
    for number in range(21):
        people = [join(session, role, email=f"{role.name}{number}@example.org") for role in (ADA, BEN)]
        seat = bring_together(session, round_, *people).seats[0]
        share(session, seat, f"Lesson {number}.", at("fri 12:00"), signed=False).show(at("fri 13:00"))
    session.commit()
    page = browser.open("/learned").text
    assert page.count("<blockquote") == 20
    older = re.search(r'href="(/learned\?before=\d+)"', page)
    assert older
    assert re.findall(r"Lesson \d+", browser.open(older[1]).text) == ["Lesson 0"]
