"""The desk is there for hosts and organisers; for everybody else there is nothing."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.cast import ADA, BEN, CLEO, join
from tests.web.conftest import Browser, NewBrowser, SigningIn, one_database

FOR_HOSTS = {"desk_dashboard.show", "desk_queue.show"}  # and what the queue asks of them
NUMBER = re.compile(r"<[^>]*>")


def desk_rules(app: Flask) -> list[tuple[str, str, str]]:
    """The endpoint, method and path of everything at the desk; a number in a path is 1, which is a row or none."""
    return [
        (rule.endpoint, method, NUMBER.sub("1", rule.rule))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/desk")
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]


def ask(browser: Browser, method: str, path: str) -> TestResponse:
    return browser.open(path) if method == "GET" else browser.press(path)


@one_database
def test_nobody_is_asked_to_sign_in_and_a_member_finds_nothing(
    app: Flask, session: Session, new_browser: NewBrowser, signed_in: SigningIn
) -> None:
    members, nobody = signed_in(join(session, ADA)), new_browser()
    rules = desk_rules(app)
    assert len(rules) >= 5
    for endpoint, method, path in rules:
        answer = ask(nobody, method, path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/sign-in"), endpoint
        assert ask(members, method, path).status_code == 404, endpoint


@one_database
@pytest.mark.parametrize("role", ["host", "organiser"])
def test_a_host_sees_how_it_goes_and_an_organiser_everything(
    app: Flask, session: Session, signed_in: SigningIn, role: str
) -> None:
    browser = signed_in(join(session, BEN if role == "host" else CLEO, role=role))
    for endpoint, method, path in desk_rules(app):
        if method == "GET" and "/1" not in path:
            may = role == "organiser" or endpoint in FOR_HOSTS
            assert browser.open(path).status_code == (200 if may else 404), endpoint
