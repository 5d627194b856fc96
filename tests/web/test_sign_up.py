"""Signing up: one page, one letter, one button."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.places import PlaceName
from tests.cast import place
from tests.web.conftest import Browser, fresh, member_at, newest_letter, path_in

ADA = {
    "email": "Ada@Example.org",
    "first_name": "Ada",
    "profession": "Night nurse",
    "place": "Copenhagen",
    "reach_km": "10",
    "meets": "either",
    "topics": "sourdough",
}


def test_ada_signs_up_and_confirms_by_letter(session: Session, browser: Browser) -> None:
    list_places(session)
    assert browser.press("/sign-up", ADA).status_code == 303
    ada = member_at(session, "ada@example.org")
    assert not ada.is_confirmed
    link = path_in(newest_letter(session, "confirm"))
    assert "Is this you?" in browser.open(link).text
    assert browser.press(link).headers["Location"] == "/this-week"
    fresh(session, ada)
    assert ada.is_confirmed
    assert "You are in" in browser.open("/this-week").text


def list_places(session: Session) -> None:
    copenhagen = place(session, "Copenhagen")
    session.add(PlaceName(place_id=copenhagen.id, key="copenhagen", own=True, population=copenhagen.population))
    session.commit()
