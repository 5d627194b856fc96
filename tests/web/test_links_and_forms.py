"""Links and forms: a link opens what it is for and nothing else, a form works from its own page, and nobody learns an address."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from data.match import Match
from tests.cast import CLEO, join, say_yes
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, main_of, one_database, path_of, words_of
from web import create_app
from web.links import Links
from web.settings import Settings

pytestmark = one_database

# Nobody is harmed by a form of another site that presses these: the link is the proof, or there is nothing to protect.
WITHOUT_TOKEN = {"unsubscribe.end", "choose_language.choose"}
DEVELOPMENT = {"mailbox.show", "mailbox.read", "mailbox.read_html"}


def routes(app: Flask, endpoints: set[str]) -> list[tuple[str, str]]:
    """Return each verb and path of some endpoints, with numbers that exist and tokens that do not."""
    return [
        (verb, _path(rule))
        for rule in app.url_map.iter_rules()
        if rule.endpoint in endpoints
        for verb in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


def ask(browser: Browser, verb: str, path: str) -> int:
    """Return the status of an answer."""
    with browser.open(path) if verb == "GET" else browser.press(path) as answer:
        return answer.status_code


def test_a_link_that_is_none_is_dead_for_everybody(
    session: Session, app: Flask, browser: Browser, signed_in: SigningIn
) -> None:
    cleo = signed_in(join(session, CLEO))
    with_a_link = {rule.endpoint for rule in app.url_map.iter_rules() if "token" in rule.arguments}
    pages = set()
    for verb, path in routes(app, with_a_link):
        for visitor in (browser, cleo):
            answer = visitor.open(path) if verb == "GET" else visitor.press(path)
            assert answer.status_code == 404, path
            pages.add(main_of(answer.text))
    assert len(pages) == 1


def test_no_form_works_without_its_token(app: Flask, browser: Browser) -> None:
    posts = [path for verb, path in routes(app, set(app.view_functions) - WITHOUT_TOKEN) if verb == "POST"]
    for path in posts:
        assert browser.client.post(path).status_code == 400, path


def test_letters_are_read_in_development_alone(settings: Settings, clock: Clock, app: Flask) -> None:
    real = create_app(replace(settings, development=False, secret_key="s" * 32), clock=clock)
    for verb, path in routes(app, DEVELOPMENT):
        assert ask(Browser(real.test_client()), verb, path) == 404
    real.extensions["engine"].dispose()


def test_each_seat_has_a_link_of_its_own(browser: Browser, links: Links, ada_and_ben: Match) -> None:
    """Ben's link shows Ada and answers for Ben: nobody can answer for the other."""
    ada, ben = ada_and_ben.seats
    assert links.match_url(ada) != links.match_url(ben)
    ticked = {"times": [time.starts_at.isoformat() for time in ada_and_ben.times]}
    browser.press(f"{path_of(links.match_url(ben))}/acceptance", ticked)
    assert "Ben has said yes" in words_of(browser.open(path_of(links.match_url(ada))).text)


def test_nobody_learns_an_address_or_a_surname_or_a_position(
    browser: Browser, links: Links, ada_and_ben: Match, signed_in: SigningIn
) -> None:
    ada, ben = ada_and_ben.seats
    for seat in (ada, ben):
        say_yes(seat, ada_and_ben.made_at)
    page = browser.open(path_of(links.match_url(ada))).text + signed_in(ada.member).open("/this-week").text
    assert "ben@example.org" not in page
    for hint in (" km", "latitude", str(ben.member.latitude), str(ben.member.longitude)):
        assert hint not in page


def test_a_room_has_a_name_nobody_guesses(ada_and_ben: Match) -> None:
    assert len(ada_and_ben.room) * 6 >= 128


@pytest.mark.parametrize("column", ["left_at", "confirmed_at"])
def test_a_member_who_has_left_is_nobody(
    session: Session, signed_in: SigningIn, ada_and_ben: Match, links: Links, column: str
) -> None:
    ada, ben = ada_and_ben.seats
    browser = signed_in(ada.member)
    if column == "left_at":
        ada.member.leave(ada_and_ben.made_at)
    else:
        ada.member.confirmed_at = None
    session.commit()
    assert browser.open("/profile").status_code == 303
    dead = browser.open(path_of(links.match_url(ada))).status_code
    assert dead == (404 if column == "left_at" else 200)
    assert browser.open(path_of(links.match_url(ben))).status_code == 200


def _path(rule: Rule) -> str:
    path = rule.rule.replace("<token>", "WzEsMTc5NV0.nonsense").replace("<path:filename>", "style.css")
    return re.sub(r"<int:\w+>", "1", path)
