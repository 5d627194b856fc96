"""When you are free: a week of ticks, and days on which one is not."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from data.busy_day import busy_days_of
from data.free_hours import ALL_HOURS, EVENINGS_AND_WEEKENDS, USUAL_HOURS, bit_of
from data.member import Member
from tests.cast import FINN, MONDAY, at, join
from tests.live_site import Clock
from tests.web.conftest import Browser, SigningIn, fresh, one_database
from web.free_hours import BITS, coming_days


def ticked(page: str) -> int:
    """Return the hours that are ticked on a page."""
    names = re.findall(r'name="hours" value="([a-z-]+)" checked', page)
    return sum(BITS[name] for name in names)


def busy(session: Session, member: Member) -> set[date]:
    found = busy_days_of(session, member.id, date.min)
    session.commit()
    return found


def test_the_usual_hours_are_ticked_and_a_few_clicks_change_them(session: Session, adas: Browser, ada: Member) -> None:
    page = adas.open("/profile/hours").text
    assert ticked(page) == USUAL_HOURS
    assert "Copenhagen time" in page
    assert "Monday 23 November, today" in page
    form = {"hours": ["monday-lunch", "sunday-evening"], "busy": ["2026-11-26", "2026-12-06"]}
    answer = adas.press("/profile/hours", form, follow=True)
    assert "Your hours are saved" in answer.text
    fresh(session, ada)
    assert ada.free_hours == bit_of(0, "lunch") | bit_of(6, "evening") == ticked(answer.text)
    assert busy(session, ada) == {date(2026, 11, 26), date(2026, 12, 6)}
    assert 'value="2026-11-26" checked' in answer.text
    assert "Monday at lunch; Sunday in the evening" in adas.open("/profile").text
    assert "Monday at lunch; Sunday in the evening" in adas.open("/this-week").text


def test_a_day_is_given_back_by_taking_its_tick_away(session: Session, adas: Browser, ada: Member) -> None:
    adas.press("/profile/hours", {"hours": ["monday-lunch"], "busy": ["2026-11-26", "2026-11-27"]})
    adas.press("/profile/hours", {"hours": ["monday-lunch"], "busy": ["2026-11-27"]})
    assert busy(session, ada) == {date(2026, 11, 27)}


@one_database
def test_a_week_without_an_hour_is_asked_again_and_the_days_stay_ticked(
    session: Session, adas: Browser, ada: Member
) -> None:
    answer = adas.press("/profile/hours", {"busy": ["2026-11-26"]})
    assert answer.status_code == 422
    assert "Please tick at least one" in answer.text
    assert 'value="2026-11-26" checked' in answer.text
    fresh(session, ada)
    assert ada.free_hours == USUAL_HOURS
    assert busy(session, ada) == set()


@one_database
@pytest.mark.parametrize(("button", "hours"), [("evenings", EVENINGS_AND_WEEKENDS), ("any", ALL_HOURS), ("clear", 0)])
def test_a_button_ticks_and_saves_nothing(
    session: Session, adas: Browser, ada: Member, button: str, hours: int
) -> None:
    form = {"begin": button, "hours": ["monday-lunch"], "busy": ["2026-11-26"]}
    page = adas.press("/profile/hours", form).text
    assert ticked(page) == hours
    assert "Nothing is saved yet" in page
    assert 'value="2026-11-26" checked' in page
    fresh(session, ada)
    assert ada.free_hours == USUAL_HOURS
    assert busy(session, ada) == set()


@one_database
def test_what_no_page_of_ours_sends_is_left_out(session: Session, adas: Browser, ada: Member) -> None:
    form = {"hours": ["monday-lunch", "monday-lunch", "someday-soon"], "busy": ["2027-11-26", "never"], "begin": "x"}
    assert adas.press("/profile/hours", form).status_code == 303
    fresh(session, ada)
    assert ada.free_hours == bit_of(0, "lunch")
    assert busy(session, ada) == set()


@one_database
def test_days_are_those_of_the_members_own_calendar(session: Session, signed_in: SigningIn, clock: Clock) -> None:
    finn = signed_in(join(session, FINN))
    clock.now = at("mon 12:00")  # in Auckland it is Tuesday
    page = finn.open("/profile/hours").text
    assert "Auckland time" in page
    assert "Tuesday 24 November, today" in page
    assert "23 November" not in page


@pytest.mark.parametrize("today", range(14))
def test_the_days_go_to_the_sunday_after_next(today: int) -> None:
    days = coming_days(MONDAY + timedelta(days=today))
    assert days[0] == MONDAY + timedelta(days=today)
    assert days[-1].weekday() == 6
    assert 8 <= len(days) <= 15
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


def test_a_new_round_never_reaches_further_than_the_days_one_could_name_on_the_sunday_before() -> None:
    sunday = MONDAY - timedelta(days=1)
    assert coming_days(sunday)[-1] == MONDAY + timedelta(days=13)
    assert coming_days(MONDAY)[-1] == MONDAY + timedelta(days=13)
