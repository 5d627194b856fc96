"""Taking part: how often, pausing, coming back, and the end of weekly letters."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from data.member import Member
from data.readiness import is_ready
from tests.cast import MONDAY, OLGA, at, join, run_round
from tests.web.conftest import Browser, SigningIn, fresh, one_database


def test_ada_chooses_a_rhythm_and_is_asked_first(session: Session, adas: Browser, ada: Member) -> None:
    assert 'checked id="rhythm-0"' in adas.open("/profile/taking-part").text
    form = {"rhythm": "4", "ask_first": "y", "short_notice": "y"}
    assert "Saved" in adas.press("/profile/taking-part", form, follow=True).text
    fresh(session, ada)
    assert (ada.rhythm_weeks, ada.ask_first, ada.short_notice) == (4, True, True)
    assert "Once a month, when you have said “in”" in adas.open("/profile").text
    adas.press("/profile/taking-part", {"rhythm": "2"})
    fresh(session, ada)
    assert (ada.rhythm_weeks, ada.ask_first, ada.short_notice) == (2, False, False)


def test_a_host_sits_in_and_nobody_else_is_asked_or_heard(
    session: Session, signed_in: SigningIn, adas: Browser, ada: Member
) -> None:
    olga = join(session, OLGA, role="host")
    olgas, form = signed_in(olga), {"rhythm": "1", "sits_in": "y"}
    assert "I sit in only when somebody would be left over" in olgas.open("/profile/taking-part").text
    assert "I sit in" not in adas.open("/profile/taking-part").text
    assert "You sit in: on Monday morning" in olgas.press("/profile/taking-part", form, follow=True).text
    assert "You sit in: on Monday morning" in olgas.open("/this-week").text
    adas.press("/profile/taking-part", form)
    fresh(session, olga, ada)
    assert (olga.sits_in, olga.only_sits_in, ada.sits_in) == (True, True, False)
    olgas.press("/profile/taking-part", {"rhythm": "1"})
    fresh(session, olga)
    assert not olga.sits_in


@one_database
def test_a_host_whom_nobody_needed_was_not_left_out(session: Session, signed_in: SigningIn) -> None:
    olga = join(session, OLGA, role="host", sits_in=True, times_left_out=1)
    run_round(session)
    page = signed_in(olga).open("/this-week").text
    assert "There is no meeting for you this week." in page
    assert "We found no one for you" not in page


@one_database
@pytest.mark.parametrize("rhythm", ["", "3", "every day"])
def test_a_rhythm_is_one_of_three(session: Session, adas: Browser, ada: Member, rhythm: str) -> None:
    answer = adas.press("/profile/taking-part", {"rhythm": rhythm, "ask_first": "y"})
    assert answer.status_code == 422
    assert "Please choose how often" in answer.text
    fresh(session, ada)
    assert (ada.rhythm_weeks, ada.ask_first) == (1, False)


def test_a_pause_ends_on_the_first_monday_from_a_day_and_can_be_ended(
    session: Session, adas: Browser, ada: Member
) -> None:
    assert "From Monday 18 January 2027" in adas.press("/profile/pause", {"until": "2027-01-12"}, follow=True).text
    fresh(session, ada)
    assert ada.paused_until == date(2027, 1, 18)
    assert "Good to have you back" in adas.press("/profile/return", follow=True).text
    fresh(session, ada)
    assert is_ready(session, ada, MONDAY)


@one_database
def test_a_pause_needs_a_day_and_the_rest_stays_on_the_page(adas: Browser) -> None:
    answer = adas.press("/profile/pause", {"until": ""})
    assert answer.status_code == 422
    assert "Please choose a day" in answer.text
    assert 'checked id="rhythm-0"' in answer.text


@one_database
def test_ada_ends_her_weekly_letters_and_is_paired_no_more(session: Session, adas: Browser, ada: Member) -> None:
    assert "No more weekly letters" in adas.press("/profile/unsubscribe", follow=True).text
    fresh(session, ada)
    assert ada.unsubscribed_at == at("mon 12:00")
    assert not is_ready(session, ada, MONDAY)
