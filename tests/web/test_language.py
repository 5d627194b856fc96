"""Which language a page and a letter speak: the one chosen, else the member's, else the one the browser asks for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from data.match import Match
from data.member import Member
from tests.cast import ADA, BEN, at, join
from tests.web.conftest import (
    Bringing,
    Browser,
    NewBrowser,
    SigningIn,
    fresh,
    member_at,
    newest_letter,
    one_database,
    path_of,
)
from tests.web.lists import list_names
from web.calendar import invitation
from web.language import LANGUAGES, speaking, spoken
from web.letters import Letters
from web.links import Links
from web.settings import Settings
from web.spans import days_in_words
from web.wording import moment, zone_name

WHEN = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)


def html_of(browser: Browser, path: str) -> str:
    return browser.open(path).text.partition("<head>")[0]


@one_database
@pytest.mark.parametrize(
    ("asked", "opening"),
    [
        ("de-AT,de;q=0.9,en;q=0.5", '<html lang="de" dir="ltr">'),
        ("es", '<html lang="es" dir="ltr">'),
        ("ar-EG, en;q=0.2", '<html lang="ar" dir="rtl">'),
        ("fi", '<html lang="en" dir="ltr">'),
        ("", '<html lang="en" dir="ltr">'),
        (";;;q=", '<html lang="en" dir="ltr">'),
    ],
)
def test_a_page_speaks_what_the_browser_asks_for(new_browser: NewBrowser, asked: str, opening: str) -> None:
    browser = new_browser()
    browser.headers = {"Accept-Language": asked}
    assert opening in html_of(browser, "/")


@one_database
def test_a_choice_is_kept_whatever_the_browser_asks_for(browser: Browser) -> None:
    browser.headers = {"Accept-Language": "de"}
    answer = browser.press("/language", {"language": "es", "back": "/about"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/about")
    assert 'lang="es"' in html_of(browser, "/about")
    assert 'lang="es"' in html_of(browser, "/nowhere")


@one_database
@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "", "\\\\evil.example"])
def test_a_choice_leads_nowhere_else(browser: Browser, back: str) -> None:
    assert browser.press("/language", {"language": "de", "back": back}).headers["Location"] == "/"


@one_database
def test_a_language_nobody_knows_changes_nothing(browser: Browser) -> None:
    assert browser.press("/language", {"language": "<xx>", "back": "/"}).status_code == 303
    assert 'lang="en"' in html_of(browser, "/")


@one_database
def test_a_members_choice_is_theirs_on_every_device_and_in_letters(
    session: Session, ada: Member, signed_in: SigningIn
) -> None:
    phone, desk = signed_in(ada), signed_in(ada)
    assert 'lang="en"' in html_of(desk, "/this-week")
    phone.press("/language", {"language": "de", "back": "/this-week"})
    fresh(session, ada)
    assert ada.language == "de"
    assert 'lang="de"' in html_of(desk, "/this-week")
    session.commit()
    desk.press("/sign-in", {"email": "ada@example.org"})
    letter = newest_letter(session, "sign_in")
    assert (letter.language, letter.text.splitlines()[0]) == ("de", "Hallo,")


@one_database
def test_whoever_signs_up_in_a_language_is_written_to_in_it(session: Session, browser: Browser) -> None:
    browser.headers = {"Accept-Language": "es"}
    list_names(session)
    session.commit()
    form = {"first_name": "Ada", "profession": "Enfermera", "place": "Malmö", "email": "ada@example.org"}
    assert browser.press("/sign-up", form).status_code == 303
    assert member_at(session, "ada@example.org").language == "es"
    letter = newest_letter(session, "confirm")
    assert (letter.language, letter.text.partition(",")[0]) == ("es", "Hola")


@one_database
def test_a_link_speaks_to_whom_it_was_written(
    session: Session, browser: Browser, links: Links, brought_together: Bringing
) -> None:
    match = brought_together(join(session, ADA, language="ar"), join(session, BEN))
    ada, ben = (path_of(links.match_url(seat)) for seat in match.seats)
    assert '<html lang="ar" dir="rtl">' in html_of(browser, ada)
    assert '<html lang="en" dir="ltr">' in html_of(browser, ben)


@one_database
def test_each_of_two_gets_a_letter_in_their_own_language(
    session: Session, settings: Settings, brought_together: Bringing
) -> None:
    match: Match = brought_together(join(session, ADA, language="de"), join(session, BEN, language="es"))
    letters = [Letters(settings).your_match(session, seat, at("mon 06:00")) for seat in match.seats]
    texts = [letter.text if letter else "" for letter in letters]
    assert texts[0].startswith("Hallo Ada,")
    assert "Donnerstag, 26. November" in texts[0]
    assert texts[1].startswith("Hola, Ben,")
    assert "jueves 26 de noviembre" in texts[1]


@one_database
def test_an_invitation_to_a_calendar_speaks_its_readers_language(
    session: Session, settings: Settings, brought_together: Bringing
) -> None:
    match = brought_together(join(session, ADA, language="de"), join(session, BEN), on_at=at("tue 09:00"))
    german, english = (invitation(settings, seat, at("tue 09:00")).replace("\r\n ", "") for seat in match.seats)
    assert "Donnerstag" in german
    assert "Thursday" in english
    assert "Thursday" not in german


def test_days_times_and_zones_are_said_as_each_language_says_them() -> None:
    said = {}
    for code in LANGUAGES:
        with speaking(code):
            assert spoken().code == code
            said[code] = moment(WHEN, "Europe/Copenhagen"), zone_name("Europe/Copenhagen")
    assert said["en"] == ("Thursday 26 November at 17:30", "Copenhagen time")
    assert said["de"] == ("Donnerstag, 26. November um 17:30", "Zeit in Kopenhagen")
    assert said["es"][0].startswith("jueves 26 de noviembre")
    assert "17:30" in said["ar"][0]
    assert spoken().code == "en"


@one_database
def test_speaking_in_a_request_ends_with_what_was_said(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "de"}):
        assert spoken().code == "de"
        with speaking("ar"):
            assert spoken().code == "ar"
        assert spoken().code == "de"


def test_a_single_day_has_its_month_in_full() -> None:
    with speaking("de"):
        assert days_in_words(date(2027, 1, 18), date(2027, 1, 18)) == "18. Januar 2027"
