"""The profile: all of it can be changed; pausing, coming back, and the end of weekly letters."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from data.readiness import is_ready
from tests.cast import ADA, MONDAY, at, join
from tests.web.conftest import Browser, SigningIn, fresh, one_database
from tests.web.lists import list_names

PROFILE = {
    "first_name": "Ada L",
    "profession": "Night nurse",
    "place": "Malmö, Skåne, Sweden",
    "reach_km": "25",
    "meets": "call",
    "trio_ok": "y",
    "offers": "first aid",
    "wants": "bookkeeping",
    "topics": "",
    "teams_name": "ada.l",
    "skype_name": "ada.skype",
    "phone": "+45 12 34 56 78",
    "call_link": "https://meet.example.org/ada",
}


@pytest.fixture
def ada(session: Session) -> Member:
    """Ada, in Copenhagen."""
    list_names(session)
    return join(session, ADA)


@pytest.fixture
def browser(signed_in: SigningIn, ada: Member) -> Browser:
    """Ada's, signed in."""
    return signed_in(ada)


def test_ada_changes_everything(session: Session, browser: Browser, ada: Member) -> None:
    page = browser.open("/profile").text
    assert 'value="Copenhagen, Capital Region, Denmark"' in page
    assert "Skype closed in May 2025" in page
    assert "Your profile is saved" in browser.press("/profile", PROFILE, follow=True).text
    fresh(session, ada)
    kept = {name: getattr(ada, name) for name in PROFILE if name not in {"place", "reach_km", "trio_ok"}}
    assert kept == {name: PROFILE[name] for name in kept}
    assert (ada.reach_km, ada.trio_ok, ada.time_zone) == (25, True, "Europe/Stockholm")


@one_database
def test_what_is_left_as_it_was_is_not_asked_again(session: Session, browser: Browser, ada: Member) -> None:
    """Even where it would be unclear: this title names two occupations, and she once chose one."""
    ada.profession, ada.occupation_code = "Machine operator", "51-4031.00"
    session.commit()
    form = PROFILE | {"profession": "Machine operator", "place": "Copenhagen, Capital Region, Denmark"}
    assert browser.press("/profile", form).status_code == 303
    fresh(session, ada)
    assert ada.occupation_code == "51-4031.00"


@one_database
@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "call me", "made of digits"),
        ("call_link", "http://meet.example.org/ada", "starts with https://"),
        ("call_link", "javascript:alert(1)", "starts with https://"),
        ("call_link", "https://user@evil.example", "starts with https://"),
        ("call_link", "https://[", "starts with https://"),
        ("teams_name", "ada\x1b[31m", "cannot show"),
        ("first_name", "", "what to call you"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(  # noqa: PLR0913, PLR0917  a case of a table, and three fixtures
    session: Session, browser: Browser, ada: Member, field: str, typed: str, sentence: str
) -> None:
    answer = browser.press("/profile", PROFILE | {field: typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "bookkeeping" in answer.text
    fresh(session, ada)
    assert (ada.wants, ada.phone) == ("public speaking", "")


def test_a_pause_ends_on_the_first_monday_from_a_day_and_can_be_ended(
    session: Session, browser: Browser, ada: Member
) -> None:
    assert "From Monday 18 January 2027" in browser.press("/profile/pause", {"until": "2027-01-12"}, follow=True).text
    fresh(session, ada)
    assert ada.paused_until == date(2027, 1, 18)
    assert "Good to have you back" in browser.press("/profile/return", follow=True).text
    fresh(session, ada)
    assert is_ready(session, ada, MONDAY)


@one_database
def test_a_pause_needs_a_day_and_the_profile_stays_on_the_page(browser: Browser) -> None:
    answer = browser.press("/profile/pause", {"until": ""})
    assert answer.status_code == 422
    assert "Please choose a day" in answer.text
    assert 'value="Ada"' in answer.text


@one_database
def test_ada_ends_her_weekly_letters_and_is_paired_no_more(session: Session, browser: Browser, ada: Member) -> None:
    assert "No more weekly letters" in browser.press("/profile/unsubscribe", follow=True).text
    fresh(session, ada)
    assert ada.unsubscribed_at == at("mon 12:00")
    assert not is_ready(session, ada, MONDAY)
