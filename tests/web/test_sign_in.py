"""Signing in by letter: a link, a code, ten minutes, five tries, one use; and signing out everywhere."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data.member import Member
from data.sign_in import SignIn
from tests.cast import ADA, BEN, join
from tests.live_site import Clock
from tests.web.conftest import (
    Browser,
    NewBrowser,
    SigningIn,
    code_in,
    fresh,
    letters,
    newest_letter,
    one_database,
    path_in,
)
from tests.web.racing import at_once

WRONG = "not the code of our newest letter"


@pytest.fixture
def ada(session: Session) -> Member:
    ada = join(session, ADA)
    session.commit()
    return ada


def test_ada_signs_in_with_the_code_read_on_another_device(session: Session, browser: Browser, ada: Member) -> None:
    assert browser.press("/sign-in", {"email": " Ada@example.ORG "}).headers["Location"] == "/sign-in/code"
    code = code_in(newest_letter(session, "sign_in"))
    assert browser.press("/sign-in/code", {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/this-week"
    assert ada.email in browser.open("/profile").text  # type: ignore[operator]


def test_ada_signs_in_with_the_link_once(session: Session, new_browser: NewBrowser, ada: Member) -> None:
    browser = new_browser()
    browser.press("/sign-in", {"email": ada.email})
    link = path_in(newest_letter(session, "sign_in"))
    assert "One press" in browser.open(link).text
    assert browser.open("/profile").status_code == 303  # looking signs nobody in
    assert browser.press(link).status_code == 303
    assert browser.open("/profile").status_code == 200
    assert browser.press(link).headers["Location"] == "/this-week"  # pressed twice
    thief = new_browser()
    assert thief.open(link).status_code == 404
    assert thief.press(link).status_code == 404


@pytest.mark.usefixtures("ada")
def test_letter_and_code_are_good_for_ten_minutes(session: Session, browser: Browser, clock: Clock) -> None:
    browser.press("/sign-in", {"email": "ada@example.org"})
    letter = newest_letter(session, "sign_in")
    clock.now += timedelta(minutes=10, seconds=1)
    assert WRONG in browser.press("/sign-in/code", {"code": code_in(letter)}).text
    assert browser.press(path_in(letter)).status_code == 404


@pytest.mark.usefixtures("ada")
def test_five_wrong_codes_are_all_one_gets(session: Session, browser: Browser) -> None:
    browser.press("/sign-in", {"email": "ada@example.org"})
    code = code_in(newest_letter(session, "sign_in"))
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(5):
        assert browser.press("/sign-in/code", {"code": wrong}).status_code == 422
    assert WRONG in browser.press("/sign-in/code", {"code": code}).text


@pytest.mark.usefixtures("ada")
def test_an_unknown_address_behaves_as_a_known_one(session: Session, new_browser: NewBrowser) -> None:
    def story(address: str) -> list[tuple[int, str | None, str]]:
        browser = new_browser()
        answers = [browser.press("/sign-in", {"email": address}), browser.open("/sign-in/code")]
        answers += [browser.press("/sign-in/code", {"code": "000000"}) for _ in range(6)]
        return [_what_one_sees(answer, address) for answer in answers]

    assert story("ada@example.org") == story("nobody@example.org")
    assert len(letters(session)) == 1


@pytest.mark.usefixtures("ada")
def test_pressing_twice_writes_one_letter_and_its_code_is_good(session: Session, browser: Browser) -> None:
    for _ in range(2):
        browser.press("/sign-in", {"email": "ada@example.org"})
    assert len(letters(session)) == 1
    assert browser.press("/sign-in/code", {"code": code_in(letters(session)[0])}).status_code == 303


@pytest.mark.usefixtures("ada")
def test_two_requests_at_one_moment_write_one_letter(session: Session, new_browser: NewBrowser) -> None:
    browsers = [new_browser() for _ in range(4)]
    answers = at_once([partial(browser.press, "/sign-in", {"email": "ada@example.org"}) for browser in browsers])
    assert {answer.status_code for answer in answers} == {303}
    assert len(letters(session)) == 1


@pytest.mark.usefixtures("ada")
def test_a_mailbox_gets_five_sign_in_letters_an_hour(session: Session, browser: Browser, clock: Clock) -> None:
    for _ in range(7):
        assert browser.press("/sign-in", {"email": "ada@example.org"}).status_code == 303
        clock.now += timedelta(minutes=1)
    assert len(letters(session)) == 5


def test_one_code_used_by_two_at_one_moment_lets_one_in(session: Session, new_browser: NewBrowser, ada: Member) -> None:
    browsers = [new_browser() for _ in range(2)]
    for browser in browsers:
        browser.press("/sign-in", {"email": ada.email})
    code = code_in(newest_letter(session, "sign_in"))
    answers = at_once([partial(browser.press, "/sign-in/code", {"code": code}) for browser in browsers])
    assert sorted(answer.status_code for answer in answers) == [303, 422]


def test_the_code_itself_is_not_stored(session: Session, browser: Browser, ada: Member) -> None:
    browser.press("/sign-in", {"email": ada.email})
    code = code_in(newest_letter(session, "sign_in"))
    sign_in = session.scalars(select(SignIn)).one()
    assert code not in sign_in.code_digest
    assert len(sign_in.code_digest) == 64


@one_database
@pytest.mark.parametrize(
    ("back", "leads_to"),
    [
        ("/strangers", "/strangers"),
        ("https://evil.example", "/this-week"),
        ("//evil.example", "/this-week"),
        ("/\\evil.example", "/this-week"),
        ("/\t/evil.example", "/this-week"),
        ("javascript:alert(1)", "/this-week"),
        ("", "/this-week"),
    ],
)
@pytest.mark.usefixtures("ada")
def test_afterwards_one_is_led_back_to_a_page_of_ours_only(
    session: Session, browser: Browser, back: str, leads_to: str
) -> None:
    browser.press("/sign-in", {"email": "ada@example.org", "next": back})
    code = code_in(newest_letter(session, "sign_in"))
    assert browser.press("/sign-in/code", {"code": code}).headers["Location"] == leads_to


def test_signing_out_ends_every_session_also_a_stolen_one(
    app: Flask, clock: Clock, signed_in: SigningIn, ada: Member
) -> None:
    phone = signed_in(ada)
    clock.now += timedelta(minutes=1)
    laptop = signed_in(ada)
    cookie = phone.client.get_cookie("hello")
    assert cookie is not None
    assert laptop.press("/sign-out").headers["Location"] == "/"
    thief = Browser(app.test_client())
    thief.client.set_cookie("hello", cookie.value)
    for browser in (phone, laptop, thief):
        assert browser.open("/profile").status_code == 303


def test_nobody_can_type_a_code_before_asking_for_one(browser: Browser) -> None:
    assert browser.open("/sign-in/code").headers["Location"] == "/sign-in"
    assert browser.press("/sign-in", {"email": "no address"}).status_code == 422


def test_somebody_who_has_not_confirmed_gets_the_letter_that_confirms(session: Session, browser: Browser) -> None:
    ben = join(session, BEN, confirmed_at=None)
    session.commit()
    browser.press("/sign-in", {"email": ben.email})
    assert [letter.kind for letter in letters(session)] == ["confirm"]
    fresh(session, ben)
    assert not ben.is_confirmed


def _what_one_sees(answer: TestResponse, address: str) -> tuple[int, str | None, str]:
    """Return an answer without what is drawn by lot anew for every page."""
    text = re.sub(r'(name="csrf_token"[^>]*value=")[^"]+', r"\1", answer.text)
    return answer.status_code, answer.headers.get("Location"), text.replace(address, "…")
