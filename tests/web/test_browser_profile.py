"""In a real browser: hours, trips and taking part can be read and used by everybody, on a phone and a desk, by day and night."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.busy_day import BusyDay
from data.free_hours import USUAL_HOURS, bit_of
from data.member import Member
from data.trip import Trip
from tests.cast import ADA, join
from tests.live_site import Site
from tests.web.conftest import code_in, fresh, newest_letter, one_database
from tests.web.lists import list_names

pytestmark = one_database
SIZES = [(360, 740), (1280, 900)]


@pytest.fixture
def ada(session: Session, site: Site, page: Page) -> Member:
    """Ada, signed in on this page."""
    list_names(session)
    ada = join(session, ADA)
    session.commit()
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code")
    page.get_by_label("Code").fill(code_in(newest_letter(session, "sign_in")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/this-week")
    return ada


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_page_reads_well_on_a_phone_and_a_desk_by_day_and_night(
    page: Page, site: Site, size: tuple[int, int], scheme: str
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    for path in ("/profile", "/profile/hours", "/profile/trips", "/profile/taking-part", "/this-week"):
        page.goto(site.url + path)
        _is_clean(page, size[0])
        _shoot(page, path, size, scheme)
    page.goto(f"{site.url}/profile/hours")
    page.get_by_role("button", name="Clear").click()
    _is_clean(page, size[0])
    page.get_by_role("button", name="Save").last.click()
    expect(page.locator(".summary")).to_be_focused()
    _is_clean(page, size[0])
    _shoot(page, "no hour", size, scheme)
    for town in ("Malmö", "Springfield"):
        page.goto(f"{site.url}/profile/trips")
        _plan(page, town)
        _is_clean(page, size[0])
        _shoot(page, town, size, scheme)


def test_the_hours_are_changed_by_keyboard_alone(page: Page, site: Site, session: Session, ada: Member) -> None:
    page.goto(f"{site.url}/profile/hours")
    _tab_to(page, "monday-morning")
    page.keyboard.press("Space")
    _tab_to(page, "busy-2026-11-26")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")  # saves: it is not the first of the buttons on the page that is pressed
    page.get_by_text("Your hours are saved").wait_for()
    fresh(session, ada)
    assert ada.free_hours == USUAL_HOURS | bit_of(0, "morning")
    assert [day.isoformat() for day in session.scalars(select(BusyDay.day))] == ["2026-11-26"]
    session.commit()
    _tab_to(page, "Any time", attribute="textContent")
    page.keyboard.press("Space")
    page.get_by_text("Nothing is saved yet").wait_for()
    expect(page.locator(".week input:checked")).to_have_count(28)
    expect(page.get_by_role("status")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
def test_each_hour_is_a_target_for_a_thumb_and_has_a_name(page: Page, site: Site, ada: Member, width: int) -> None:
    assert ada.id
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{site.url}/profile/hours")
    for label in page.locator(".week label, .days label").all():
        box = label.bounding_box()
        assert box is not None
        assert box["width"] >= 44
        assert box["height"] >= 40
    page.get_by_label("Wednesday, lunch, 11:30\u201314").uncheck()
    page.get_by_role("group", name="A usual week").wait_for()
    page.get_by_role("group", name="Not this week on").get_by_label("Sunday 6 December").check()


def test_a_trip_is_planned_and_removed_by_keyboard_alone(page: Page, site: Site, session: Session, ada: Member) -> None:
    page.goto(f"{site.url}/profile/trips")
    _tab_to(page, "place")
    page.keyboard.type("mal")
    page.get_by_role("option", name="Malmö").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    _tab_to(page, "first_day")
    page.keyboard.type("05032027")
    _tab_to(page, "last_day")
    page.keyboard.type("05092027")
    page.keyboard.press("Enter")
    page.get_by_text("3\u20139 May 2027: noted").wait_for()
    [trip] = session.scalars(select(Trip)).all()
    assert (trip.member_id, str(trip.first_day), str(trip.last_day)) == (ada.id, "2027-05-03", "2027-05-09")
    session.commit()
    _tab_to(page, "Remove the trip to Malmö", attribute="textContent")
    page.keyboard.press("Enter")
    page.get_by_text("That trip is off").wait_for()
    assert session.scalars(select(Trip)).all() == []


def _plan(page: Page, town: str) -> None:
    page.get_by_label("I am in").fill(town)
    page.get_by_label("From").fill("2027-05-03" if town == "Malmö" else "2027-05-20")
    page.get_by_label("Until").fill("2027-05-09" if town == "Malmö" else "2027-05-10")
    page.get_by_role("button", name="Add the trip").click()


def _tab_to(page: Page, name: str, *, attribute: str = "id") -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.{attribute}") == name:
            return
    raise AssertionError(f"The keyboard does not reach {name}")


def _is_clean(page: Page, width: int) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _shoot(page: Page, name: str, size: tuple[int, int], scheme: str) -> None:
    folder = os.environ.get("HS_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name.strip('/').replace('/', '-')}-{size[0]}-{scheme}.png", full_page=True)
