"""What tests of the web share: the site over a fresh database, visitors to it, and a clock one can set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data.database import Base
from data.letter import Letter
from data.member import Member, member_by_email
from tests.cast import at
from web import create_app
from web.links import Links
from web.settings import Settings


@dataclass
class Clock:
    """What the site takes for the time."""

    now: datetime

    def __call__(self) -> datetime:
        """Return it."""
        return self.now


@dataclass
class Browser:
    """A visitor with a cookie jar, who presses the buttons of the pages they have open."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> TestResponse:
        """Open a page."""
        return self.client.get(path, headers=self.headers)

    def press(self, path: str, form: dict[str, Any] | None = None) -> TestResponse:
        """Send a form as the page of this browser would."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get("/sign-in").text)
        assert token
        return self.client.post(path, data={"csrf_token": token[1]} | (form or {}), headers=self.headers)


@pytest.fixture
def clock() -> Clock:
    """Monday noon in the week of the story."""
    return Clock(at("mon 12:00"))


@pytest.fixture
def settings(database_url: str) -> Settings:
    """The settings of an installation in development, on a fresh database."""
    return Settings(database_url=database_url, base_url="http://hello.example.org")


@pytest.fixture
def links(settings: Settings) -> Links:
    """The links in letters."""
    return Links(settings)


@pytest.fixture
def app(settings: Settings, clock: Clock) -> Iterator[Flask]:
    """The site; what breaks in it, breaks the test."""
    app = create_app(settings, clock=clock)
    app.testing = True
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def new_browser(app: Flask) -> Callable[[], Browser]:
    """Opens a browser nobody has used yet."""
    return lambda: Browser(app.test_client())


@pytest.fixture
def browser(new_browser: Callable[[], Browser]) -> Browser:
    """A browser nobody has used yet."""
    return new_browser()


SignIn = Callable[[Member], Browser]


@pytest.fixture
def signed_in(session: Session, new_browser: Callable[[], Browser]) -> SignIn:
    """Opens a browser in which a member has signed in with the code of a letter."""

    def sign_in(member: Member) -> Browser:
        session.commit()
        browser = new_browser()
        browser.press("/sign-in", {"email": member.email})
        answer = browser.press("/sign-in/code", {"code": code_in(newest_letter(session, "sign_in"))})
        assert answer.status_code == 303, answer.text
        return browser

    return sign_in


def letters(session: Session, kind: str = "") -> list[Letter]:
    """Return the letters written so far, the newest first."""
    every = select(Letter).order_by(Letter.id.desc())
    session.expire_all()
    written = list(session.scalars(every.where(Letter.kind == kind) if kind else every))
    session.commit()  # the site waits for whoever has the writer's lock
    return written


def member_at(session: Session, address: str) -> Member:
    """Return the member with an address as they are stored now."""
    session.expire_all()
    member = member_by_email(session, address)
    session.commit()
    assert member is not None
    return member


def fresh(session: Session, *rows: Base) -> None:
    """Read rows anew, and let go of the database."""
    session.expire_all()
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


def path_in(letter: Letter) -> str:
    """Return the path of the link in a letter."""
    found = re.search(r"http://hello\.example\.org(/[a-z-]+/\S+)", letter.text)
    assert found
    return found[1]
