"""No more weekly letters: a button for people, and one press without a cookie for mail programs (RFC 8058)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.readiness import is_ready
from tests.cast import ADA, MONDAY, at, join
from tests.web.conftest import Browser, fresh, path_of
from web.links import Links


def test_a_mail_program_unsubscribes_ada_with_no_cookie_and_no_token(
    session: Session, browser: Browser, links: Links
) -> None:
    ada = join(session, ADA)
    session.commit()
    path = path_of(links.unsubscribe_url(ada))
    for _ in range(2):
        answer = browser.client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    fresh(session, ada)
    assert ada.unsubscribed_at == at("mon 12:00")
    assert not is_ready(session, ada, MONDAY)
    session.commit()
    assert "no more weekly letters" in browser.open(path).text


def test_opening_the_page_unsubscribes_nobody(session: Session, browser: Browser, links: Links) -> None:
    ada = join(session, ADA)
    session.commit()
    page = browser.open(path_of(links.unsubscribe_url(ada)))
    assert "Stop the letters" in page.text
    assert 'name="csrf_token"' not in page.text
    fresh(session, ada)
    assert ada.unsubscribed_at is None
