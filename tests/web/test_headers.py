"""What each answer tells the browser, and which names the site answers to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.cast import ADA, join
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, newest_letter, one_database
from web import create_app
from web.settings import Settings

pytestmark = one_database


@pytest.mark.parametrize(
    "path", ["/", "/sign-up", "/nowhere", "/static/style.css", "/static/nothing", "/health", "/matches/x", "/sign-up/"]
)
def test_every_answer_forbids_nearly_everything(browser: Browser, path: str) -> None:
    with browser.open(path) as answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert ("no-store" in headers["Cache-Control"]) == (
        path != "/static/style.css" and not path.startswith("/static/s")
    )


def test_a_broken_page_is_protected_too(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing = False
    monkeypatch.setitem(app.view_functions, "pages.about", lambda: 1 / 0)
    broken = browser.open("/about")
    assert broken.status_code == 500
    assert "Something broke on our side" in broken.text
    assert "default-src 'none'" in broken.headers["Content-Security-Policy"]


def test_personal_pages_are_kept_by_nobody(session: Session, signed_in: SigningIn) -> None:
    browser = signed_in(join(session, ADA))
    for path in ("/this-week", "/profile", "/profile/hello-stranger.json"):
        assert browser.open(path).headers["Cache-Control"] == "no-store"


def test_the_cookie_is_strict_over_https(settings: Settings, clock: Clock) -> None:
    app = create_app(replace(settings, base_url="https://hello.example.org"), clock=clock)
    answer = app.test_client().get("/sign-up", base_url="https://hello.example.org")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-hello=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    app.extensions["engine"].dispose()


def test_a_form_works_over_https_without_a_referrer(settings: Settings, clock: Clock) -> None:
    """We ask browsers to send none, so the library must not want one."""
    app = create_app(replace(settings, base_url="https://hello.example.org"), clock=clock)
    client = app.test_client()
    page = client.get("/sign-in", base_url="https://hello.example.org").text
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    form = {"csrf_token": token, "email": "ada@example.org"}
    assert client.post("/sign-in", data=form, base_url="https://hello.example.org").status_code == 303
    app.extensions["engine"].dispose()


FORGED = [
    {"Host": "evil.example"},
    {"Host": "hello.example.org.evil.example"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6"},
    {"Forwarded": "host=evil.example"},
]


@pytest.mark.parametrize("forged", FORGED, ids=str)
def test_a_forged_host_is_refused_or_without_effect(session: Session, browser: Browser, forged: dict[str, str]) -> None:
    join(session, ADA)
    session.commit()
    page = browser.open("/sign-in").text
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    form = {"csrf_token": token, "email": "ada@example.org"}
    answer = browser.client.post("/sign-in", data=form, headers=forged)
    if forged.get("Host"):
        assert answer.status_code == 400
        assert "not the address" in answer.text
    else:
        assert answer.headers["Location"] == "/sign-in/code"
        letter = newest_letter(session, "sign_in")
        assert "http://hello.example.org/sign-in/" in letter.text
        assert "evil" not in letter.text
    for path in ("/", "/profile", "//nowhere", "/this-week", "/nowhere"):
        assert "evil" not in str(browser.client.get(path, headers=forged).headers)
