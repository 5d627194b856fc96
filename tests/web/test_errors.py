"""Every error has a kind page of ours."""

from __future__ import annotations

import pytest
from flask import Flask, abort

from tests.web.conftest import Browser, one_database

pytestmark = one_database


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 418, 429, 500, 503])
def test_every_error_has_a_page_of_ours(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setitem(app.view_functions, "pages.about", lambda: abort(code))
    answer = browser.open("/about")
    assert answer.status_code == code
    assert "Hello, <span>Stranger</span>" in answer.text
    assert "To the front page" in answer.text


def test_the_wrong_verb_says_which_are_right(browser: Browser) -> None:
    answer = browser.press("/about")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_form_of_another_browser_is_refused_kindly(browser: Browser) -> None:
    for token in ("", "forged"):
        answer = browser.press("/sign-in", {"email": "ada@example.org", "csrf_token": token})
        assert answer.status_code == 400
        assert "This page was open for too long" in answer.text


def test_an_endless_form_is_refused(browser: Browser) -> None:
    answer = browser.press("/sign-in", {"email": "a" * 300_000})
    assert answer.status_code == 413
    assert "That is too much" in answer.text


def test_what_is_not_there_is_said_so(browser: Browser) -> None:
    assert "There is nothing here" in browser.open("/nowhere").text
    assert "This link no longer works" in browser.open("/matches/nonsense").text
