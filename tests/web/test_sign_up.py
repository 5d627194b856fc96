"""Signing up: one short page, one letter, one button."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.free_hours import USUAL_HOURS
from data.member import Member
from tests.cast import BEN, join
from tests.live_site import Clock
from tests.web.conftest import (
    Browser,
    NewBrowser,
    fresh,
    letters,
    member_at,
    newest_letter,
    one_database,
    path_in,
)
from tests.web.lists import list_names
from web.spans import hours_in_words

ADA = {
    "email": "Ada@Example.org",
    "first_name": "Ada",
    "profession": "Nurse",
    "place": "Copenhagen",
}


@pytest.fixture(autouse=True)
def names(session: Session) -> None:
    list_names(session)


def test_ada_signs_up_and_confirms_by_letter(session: Session, browser: Browser) -> None:
    assert browser.press("/sign-up", ADA).headers["Location"] == "/sign-up/letter"
    assert "ada@example.org" in browser.open("/sign-up/letter").text
    ada = member_at(session, "ada@example.org")
    assert not ada.is_confirmed
    assert (ada.profession, ada.occupation_code, ada.reach_km, ada.meets) == ("Nurse", "29-1141.00", 10, "either")
    link = path_in(newest_letter(session, "confirm"))
    assert "Is this you?" in browser.open(link).text
    assert browser.press(link).headers["Location"] == "/welcome"
    fresh(session, ada)
    assert ada.is_confirmed
    assert "Welcome, Ada" in browser.open("/welcome").text


@one_database
def test_the_hours_we_begin_with_are_said_beforehand(browser: Browser) -> None:
    hours = hours_in_words(USUAL_HOURS)
    assert f"suit most: {hours[0].lower()}{hours[1:]}. You can change" in browser.open("/sign-up").text


def test_only_a_cell_of_the_place_is_kept(session: Session, browser: Browser) -> None:
    browser.press("/sign-up", ADA)
    ada = member_at(session, "ada@example.org")
    assert ada.place is not None
    assert (ada.latitude, ada.longitude) != (ada.place.latitude, ada.place.longitude)


def test_a_confirm_link_opens_no_door_once_it_was_used(session: Session, new_browser: NewBrowser) -> None:
    new_browser().press("/sign-up", ADA)
    link = path_in(newest_letter(session, "confirm"))
    new_browser().press(link)
    thief = new_browser()
    assert "has done its work" in thief.open(link).text
    assert thief.press(link).headers["Location"] == "/sign-in"
    assert thief.open("/profile").status_code == 303


def test_known_and_unknown_addresses_get_the_same_answer(session: Session, new_browser: NewBrowser) -> None:
    join(session, BEN)
    session.commit()
    answers, pages = [], []
    for address in ("ben@example.org", "new@example.org"):
        browser = new_browser()
        answer = browser.press("/sign-up", ADA | {"email": address})
        answers.append((answer.status_code, answer.headers["Location"], answer.text))
        pages.append(browser.open("/sign-up/letter").text.replace(address, "…"))
    assert answers[0] == answers[1]
    assert pages[0] == pages[1]


def test_a_confirmed_member_who_signs_up_again_gets_a_letter_to_sign_in_and_keeps_their_profile(
    session: Session, browser: Browser
) -> None:
    ben = join(session, BEN)
    session.commit()
    browser.press("/sign-up", ADA | {"email": "ben@example.org"})
    assert [letter.kind for letter in letters(session)] == ["sign_in"]
    fresh(session, ben)
    assert ben.first_name == "Ben"


def test_signing_up_again_before_confirming_mends_a_slip_and_sends_no_second_letter(
    session: Session, browser: Browser
) -> None:
    browser.press("/sign-up", ADA)
    browser.press("/sign-up", ADA | {"first_name": "Ada L"})
    assert len(letters(session)) == 1
    assert member_at(session, "ada@example.org").first_name == "Ada L"


def test_a_lost_confirm_letter_is_written_again_later(session: Session, browser: Browser, clock: Clock) -> None:
    browser.press("/sign-up", ADA)
    clock.now += timedelta(hours=2)
    browser.press("/sign-in", {"email": "ada@example.org"})
    assert [letter.kind for letter in letters(session)] == ["confirm", "confirm"]


def test_no_stranger_is_bothered_with_more_than_three_letters_a_day(
    session: Session, browser: Browser, clock: Clock
) -> None:
    for _ in range(5):
        browser.press("/sign-up", ADA)
        clock.now += timedelta(hours=2)
    assert len(letters(session)) == 3


def test_two_people_taking_one_address_at_one_moment_make_one_member(
    session: Session, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_too_early(looking: Session, address: str) -> Member | None:
        """Find nobody the first time: the other one writes just afterwards."""
        monkeypatch.undo()
        with looking.begin_nested():
            join(looking, BEN, email=address, confirmed_at=None)
        looking.expunge_all()
        return None

    monkeypatch.setattr("web.sign_up.member_by_email", look_too_early)
    assert browser.press("/sign-up", ADA).status_code == 303
    assert len(session.scalars(select(Member)).all()) == 1


@one_database
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("email", "ada.example.org", "not an e-mail address"),
        ("email", "", "give your e-mail address"),
        ("first_name", "", "what to call you"),
        ("first_name", "A" * 500, "60 characters"),
        ("first_name", "Ada\r\nBcc: all@example.org", "cannot show"),
        ("first_name", "A\0da", "cannot show"),
        ("profession", " ", "what you do"),
        ("place", "", "where you are"),
        ("place", "Xyzzyville", "do not know this place"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_form_is_kept(
    session: Session, browser: Browser, field: str, typed: str, sentence: str
) -> None:
    answer = browser.press("/sign-up", ADA | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'id="{field}-wrong"' in answer.text
    assert all(f'value="{kept}"' in answer.text for name, kept in ADA.items() if name not in {field, "email"})
    assert session.scalars(select(Member)).all() == []


def test_a_title_of_several_occupations_asks_which(session: Session, browser: Browser) -> None:
    form = ADA | {"profession": "machine operator"}
    asked = browser.press("/sign-up", form)
    assert asked.status_code == 422
    assert "Glue operators" in asked.text
    assert browser.press("/sign-up", form | {"occupation": "51-9191.00"}).status_code == 303
    ada = member_at(session, "ada@example.org")
    assert (ada.profession, ada.occupation_code) == ("machine operator", "51-9191.00")


def test_own_words_are_kept_when_no_occupation_fits(session: Session, browser: Browser) -> None:
    browser.press("/sign-up", ADA | {"profession": "machine operator", "occupation": "own words"})
    browser.press("/sign-up", ADA | {"email": "b@example.org", "profession": "Cloud whisperer"})
    assert member_at(session, "ada@example.org").occupation_code is None
    assert member_at(session, "b@example.org").profession == "Cloud whisperer"


def test_a_name_of_several_places_asks_which(session: Session, browser: Browser) -> None:
    form = ADA | {"place": "Springfield"}
    asked = browser.press("/sign-up", form)
    assert asked.status_code == 422
    assert "Springfield, Missouri, United States" in asked.text
    assert browser.press("/sign-up", form | {"place_id": "1"}).status_code == 303
    ada = member_at(session, "ada@example.org")
    assert ada.place is not None
    assert ada.place.region == "Illinois"


def test_unseen_direction_marks_are_taken_out_and_other_scripts_are_kept(session: Session, browser: Browser) -> None:
    browser.press("/sign-up", ADA | {"first_name": "\u202eعمر\u200f"})
    assert member_at(session, "ada@example.org").first_name == "عمر"
    page = browser.open(path_in(newest_letter(session, "confirm"))).text
    assert "عمر" in page
