"""What tests of the web share: the site over a fresh database, visitors to it, and the letters it writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data.database import Base
from data.letter import Letter
from data.match import Match
from data.member import Member, member_by_email
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes
from tests.live_site import Clock
from web import create_app, open_database
from web.links import Links
from web.settings import Settings


@dataclass
class Browser:
    """A visitor with a cookie jar, who presses the buttons of the pages they have open."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers=self.headers)

    def press(self, path: str, form: dict[str, Any] | None = None, *, follow: bool = False) -> TestResponse:
        """Send a form as the page of this browser would, and go where it leads if told to follow."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get("/sign-in").text)
        assert token
        data = {"csrf_token": token[1]} | (form or {})
        return self.client.post(path, data=data, headers=self.headers, follow_redirects=follow)


@pytest.fixture
def settings(database_url: str) -> Settings:
    """The settings of an installation in development, on a fresh database."""
    return Settings(database_url=database_url, base_url="http://hello.example.org")


@pytest.fixture
def links(settings: Settings) -> Links:
    """The links in letters."""
    return Links(settings)


@pytest.fixture(scope="session")
def built_sites() -> dict[Settings, Flask]:
    """The sites put together so far, by their settings but for the database: it takes longer than most tests."""
    return {}


@pytest.fixture
def app(settings: Settings, clock: Clock, built_sites: dict[Settings, Flask]) -> Iterator[Flask]:
    """The site, on the database of this test; what breaks in it, breaks the test."""
    of_any_database = replace(settings, database_url="")
    if of_any_database in built_sites:
        app = built_sites[of_any_database]
        open_database(app, settings, clock)
    else:
        app = built_sites[of_any_database] = create_app(settings, clock=clock)
    app.testing = True
    yield app
    app.extensions["engine"].dispose()


# What a page says does not depend on the database: such tests run on SQLite alone, and the suite stays quick.
one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NewBrowser = Callable[[], Browser]


@pytest.fixture
def new_browser(app: Flask) -> NewBrowser:
    """Opens a browser nobody has used yet."""
    return lambda: Browser(app.test_client())


@pytest.fixture
def browser(new_browser: NewBrowser) -> Browser:
    """A browser nobody has used yet."""
    return new_browser()


SigningIn = Callable[[Member], Browser]


@pytest.fixture
def signed_in(session: Session, new_browser: NewBrowser) -> SigningIn:
    """Opens a browser in which a member has signed in with the code of a letter."""

    def sign_in(member: Member) -> Browser:
        address = member.email
        session.commit()
        browser = new_browser()
        browser.press("/sign-in", {"email": address})
        answer = browser.press("/sign-in/code", {"code": code_in(newest_letter(session, "sign_in"))})
        assert answer.status_code == 303, answer.text
        return browser

    return sign_in


Bringing = Callable[..., Match]


@pytest.fixture
def brought_together(session: Session) -> Bringing:
    """Brings members together this week, in the database."""

    def bring(*members: Member, weeks: int = 0, **changes: str) -> Match:
        match = bring_together(session, run_round(session, weeks=weeks), *members, **changes)
        session.commit()
        return match

    return bring


@pytest.fixture
def ada_and_ben(session: Session, brought_together: Bringing) -> Match:
    """Ada and Ben, brought together this week; neither has answered yet."""
    return brought_together(join(session, ADA), join(session, BEN))


@pytest.fixture
def pair(session: Session, ada_and_ben: Match) -> Match:
    """Ada and Ben, brought together this week; both have said yes, to Thursday at Café Europa."""
    return all_say_yes(session, ada_and_ben)


def all_say_yes(session: Session, match: Match) -> Match:
    """Everybody in a match says yes."""
    for seat in match.seats:
        say_yes(seat, at("mon 10:00"))
    session.commit()
    return match


def pages_of(links: Links, match: Match) -> list[str]:
    """Return the path of each one's page of a match."""
    return [path_of(links.match_url(seat)) for seat in match.seats]


@pytest.fixture
def ada(session: Session) -> Member:
    """Ada, in Copenhagen."""
    return join(session, ADA)


@pytest.fixture
def adas(signed_in: SigningIn, ada: Member) -> Browser:
    """Ada's browser, signed in."""
    return signed_in(ada)


def letters(session: Session, kind: str = "") -> list[Letter]:
    """Return the letters written so far, the newest first."""
    every = select(Letter).order_by(Letter.id.desc())
    wanted = every.where(Letter.kind == kind) if kind else every
    written = list(session.scalars(wanted.execution_options(populate_existing=True)))
    session.commit()  # the site waits for whoever has the writer's lock
    return written


def member_at(session: Session, address: str) -> Member:
    """Return the member with an address as they are stored now."""
    member = member_by_email(session, address)
    assert member is not None
    fresh(session, member)
    return member


def fresh(session: Session, *rows: Base) -> None:
    """Read rows anew, and let go of the database."""
    for row in rows:
        session.refresh(row)
    session.commit()


def newest_letter(session: Session, kind: str) -> Letter:
    """Return the newest letter of a kind."""
    return letters(session, kind)[0]


def code_in(letter: Letter) -> str:
    """Return the six digits of a sign-in letter."""
    found = re.search(r"\b\d{6}\b", letter.text)
    assert found
    return found[0]


def main_of(page: str) -> str:
    """Return what a page says, without its frame: the session's own key stands there, and the way back to this page."""
    return page.partition("<main")[2].partition("</main>")[0]


def words_of(page: str) -> str:
    """Return what a page says, without its tags: each name stands in one of its own."""
    return re.sub(r"<[^>]+>", "", page)


def path_of(url: str) -> str:
    """Return a link of ours as a path."""
    return url.removeprefix("http://hello.example.org")


def path_in(letter: Letter) -> str:
    """Return the path of the link in a letter."""
    found = re.search(r"http://hello\.example\.org(/[a-z-]+/\S+)", letter.text)
    assert found
    return found[1]
