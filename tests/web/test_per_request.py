"""One request, one transaction: nothing is written on GET, and a bad request leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, abort, g
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from data.member import Member
from tests.cast import ADA, at, join
from tests.web.conftest import Browser, one_database


def write() -> str:
    """Write something."""
    g.session.add(Member(email="x@example.org", first_name="X", profession="", signed_up_at=g.now))
    g.session.flush()
    return "written"


def stored(session: Session) -> list[str | None]:
    """Return the addresses of all members."""
    addresses = list(session.scalars(select(Member.email)))
    session.commit()
    return addresses


def test_the_database_itself_refuses_to_write_on_get(
    session: Session, app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "pages.about", write)
    with pytest.raises(DBAPIError):
        browser.open("/about")
    with pytest.raises(DBAPIError):
        browser.client.head("/about")
    assert stored(session) == []


@pytest.mark.parametrize("end", [lambda: abort(409), lambda: ("form again", 422)])
def test_a_post_that_ends_badly_leaves_nothing_behind(
    session: Session, app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch, end: Callable[[], object]
) -> None:
    monkeypatch.setitem(app.view_functions, "sign_in.leave", lambda: (write(), end())[1])
    assert browser.press("/sign-out").status_code in {409, 422}
    assert stored(session) == []


def test_a_post_that_ends_well_is_kept_with_the_time_of_its_start(
    session: Session, app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "sign_in.leave", write)
    browser.press("/sign-out")
    assert session.scalars(select(Member.signed_up_at)).all() == [at("mon 12:00")]


@one_database
def test_what_cannot_be_committed_is_an_error_page_and_no_success(
    session: Session, app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write_twice() -> str:
        for _ in range(2):
            g.session.add(Member(email="x@example.org", first_name="X", profession="", signed_up_at=g.now))
        return "written"

    monkeypatch.setitem(app.view_functions, "sign_in.leave", write_twice)
    with pytest.raises(IntegrityError):
        browser.press("/sign-out")
    app.testing = False
    assert browser.press("/sign-out").status_code == 500
    join(session, ADA)  # and the next one finds the database free
    assert stored(session) == ["ada@example.org"]
