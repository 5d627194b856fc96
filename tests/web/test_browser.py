"""In a real browser: every page can be read and used by everybody, by keyboard alone, and asks nobody else for anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, expect
from sqlalchemy.orm import Session

from data.match import Match
from tests.cast import ADA, BEN, DAN, FINN, MONDAY, at, bring_together, join, run_round, say_yes
from tests.live_site import Site
from tests.web.conftest import code_in, letters, member_at, newest_letter, one_database
from tests.web.lists import list_names
from web.links import Links

pytestmark = one_database


@pytest.fixture(autouse=True)
def names(session: Session) -> None:
    list_names(session)


@pytest.fixture(autouse=True)
def only_ours(page: Page, site: Site) -> Iterator[None]:
    """Nothing is asked of anybody else, and no page logs an error, as it does when it breaks its own policy."""
    strangers: list[str] = []
    errors: list[str] = []

    def look(request: Request) -> None:
        if not request.url.startswith(site.url):
            strangers.append(request.url)

    page.on("request", look)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield
    assert strangers == []
    assert [error for error in errors if "status of 4" not in error] == []


@pytest.fixture
def matches(session: Session, site: Site) -> dict[str, str]:
    """Pages of every kind with something on them, by what they show."""
    links = Links(site.settings)
    ada, ben, dan = join(session, ADA), join(session, BEN), join(session, DAN)
    finn = join(session, FINN, skype_name="finn.radio")
    past = bring_together(session, run_round(session, weeks=-1), ada, dan)
    round_ = run_round(session)
    open_, call = bring_together(session, round_, ada, ben), bring_together(session, round_, dan, finn, mode="call")
    _say_yes(past, "tue 10:00", weeks=-1)
    _say_yes(call, "mon 10:00")
    session.commit()
    mine, next_monday = open_.seats[0], MONDAY + timedelta(weeks=1)
    return {
        "open": links.match_url(mine),
        "on": links.match_url(call.seats[0]),
        "report": links.match_url(mine) + "/report",
        "feedback": links.feedback_url(past.seats[0]),
        "too early": links.feedback_url(mine),
        "next week": links.week_url(ada, next_monday),
        "unsubscribe": links.unsubscribe_url(ada),
    }


def test_axe_finds_nothing_on_pages_for_everybody(page: Page, site: Site, matches: dict[str, str]) -> None:
    paths = ["/", "/about", "/privacy", "/sign-up", "/sign-in", "/nowhere", "/matches/nonsense"]
    for url in [*(site.url + path for path in paths), *matches.values()]:
        page.goto(url)
        _is_clean(page)
    page.goto(f"{site.url}/sign-up")
    page.fill("#profession", "machine operator")
    page.fill("#place", "Springfield")
    page.get_by_role("button", name="Sign up").click()
    expect(page.locator(".summary")).to_be_focused()
    _is_clean(page)


@pytest.mark.usefixtures("matches")
def test_axe_finds_nothing_on_members_pages_by_day_or_night(page: Page, site: Site, session: Session) -> None:
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code")
    _is_clean(page)
    page.get_by_label("Code").fill(code_in(newest_letter(session, "sign_in")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/this-week")
    for path in ("/this-week", "/strangers", "/profile", "/profile/address", "/profile/leave"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(site.url + path)
            _is_clean(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_ada_signs_up_by_keyboard_alone(page: Page, site: Site, session: Session) -> None:
    page.goto(f"{site.url}/sign-up")
    _tab_to(page, "first_name")
    page.keyboard.type("Ada")
    _tab_to(page, "profession")
    page.keyboard.type("nur")
    page.get_by_role("option", name="Nurse").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#profession")).to_have_value("Nurse")
    _tab_to(page, "place")
    page.keyboard.type("springf")
    page.get_by_role("option", name=re.compile("Missouri")).wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    _is_clean(page)
    page.keyboard.press("Enter")
    _tab_to(page, "email")
    page.keyboard.type("ada@example.org")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-up/letter")
    _is_clean(page)
    ada = member_at(session, "ada@example.org")
    assert ada.place is not None
    assert (ada.occupation_code, ada.place.region) == ("29-1141.00", "Illinois")


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/sign-up")
    page.get_by_label("Profession").press_sequentially("nur")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#profession")).to_have_value("nur")
    expect(page.locator("#profession")).to_have_attribute("aria-expanded", "false")


def test_a_scanner_with_a_browser_changes_nothing(page: Page, session: Session, matches: dict[str, str]) -> None:
    for url in matches.values():
        page.goto(url)
    page.wait_for_load_state("networkidle")
    assert letters(session) == []
    seats = session.get_one(Match, 2).seats
    assert {(seat.accepted_at, seat.declined_at) for seat in seats} == {(None, None)}
    assert seats[0].member.unsubscribed_at is None
    session.commit()
    page.goto(matches["open"])
    page.locator('input[name="times"]').first.check()
    page.get_by_role("button", name="Yes, I will come").click()
    page.get_by_text("You have said yes to").wait_for()


def _say_yes(match: Match, when: str, *, weeks: int = 0) -> None:
    for seat in match.seats:
        say_yes(seat, at(when, weeks=weeks))


def _tab_to(page: Page, field: str) -> None:
    for _ in range(25):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == field:
            return
    raise AssertionError(f"The keyboard does not reach {field}")


def _is_clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
