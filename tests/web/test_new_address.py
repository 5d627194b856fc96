"""A new e-mail address counts from the moment the letter sent there is answered."""

from __future__ import annotations

from sqlalchemy.orm import Session

from data.member import Member
from tests.cast import BEN, CLEO, join
from tests.web.conftest import Browser, NewBrowser, fresh, letters, newest_letter, path_in


def test_the_old_address_stays_until_the_new_one_has_answered(
    session: Session, adas: Browser, new_browser: NewBrowser, ada: Member
) -> None:
    page = adas.press("/profile/address", {"email": "Ada@New.example.org"}, follow=True).text
    assert "We have written to ada@new.example.org" in page
    letter = newest_letter(session, "new_address")
    assert letter.address == "ada@new.example.org"
    reader = new_browser()
    assert "ada@new.example.org" in reader.open(path_in(letter)).text
    fresh(session, ada)
    assert ada.email == "ada@example.org"
    assert reader.press(path_in(letter)).headers["Location"] == "/profile"
    fresh(session, ada)
    assert ada.email == "ada@new.example.org"
    assert adas.open("/profile").status_code == 303  # the sessions of the old address have ended
    assert reader.press(path_in(letter)).status_code == 404  # used


def test_an_address_of_somebody_else_gets_the_same_answer_and_no_letter(session: Session, adas: Browser) -> None:
    join(session, BEN)
    session.commit()
    page = adas.press("/profile/address", {"email": "ben@example.org"}, follow=True).text
    assert "We have written to ben@example.org" in page
    assert letters(session, "new_address") == []


def test_an_address_taken_meanwhile_is_not_taken_over(session: Session, adas: Browser, ada: Member) -> None:
    adas.press("/profile/address", {"email": "cleo@example.org"})
    link = path_in(newest_letter(session, "new_address"))
    join(session, CLEO)
    session.commit()
    assert adas.press(link).status_code == 404
    fresh(session, ada)
    assert ada.email == "ada@example.org"


def test_what_is_no_address_is_said_so(adas: Browser) -> None:
    answer = adas.press("/profile/address", {"email": "ada"})
    assert answer.status_code == 422
    assert "not an e-mail address" in answer.text


def test_nobody_can_bother_strangers_with_our_letters(session: Session, adas: Browser) -> None:
    for number in range(5):
        assert adas.press("/profile/address", {"email": f"stranger{number}@example.org"}).status_code == 303
    assert len(letters(session, "new_address")) == 3
