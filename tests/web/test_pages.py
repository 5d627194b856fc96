"""The few pages that say what this is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from tests.cast import ADA, join
from tests.web.conftest import Browser, SigningIn, one_database

pytestmark = one_database


def test_strangers_read_what_this_is(browser: Browser) -> None:
    assert "Meet one person" in browser.open("/").text
    assert "Lend no money" in browser.open("/about").text
    assert "two kilometres" in browser.open("/privacy").text


def test_members_go_on_to_their_week(session: Session, signed_in: SigningIn) -> None:
    assert signed_in(join(session, ADA)).open("/").headers["Location"] == "/this-week"
