"""In a real browser: Ada reports Ben on her phone, and a host handles it at the desk with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from data.act import latest_acts
from data.report import Report
from tests.cast import ADA, BEN, EVA, at, bring_together, join, open_reports, run_round
from tests.live_site import Site
from tests.web.conftest import one_database
from tests.web.desk.in_browser import DESK, is_clean, report, sign_in
from web.links import Links

pytestmark = one_database
WORDS = "He read my letters aloud."


@pytest.fixture
def adas_page(session: Session, site: Site) -> str:
    """The link of Ada's match with Ben; Eva is a host."""
    ada, ben = join(session, ADA), join(session, BEN)
    join(session, EVA, role="host")
    match = bring_together(session, run_round(session), ada, ben)
    session.commit()
    return Links(site.settings).match_url(match.seats[0])


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_report_made_on_a_phone_is_handled_by_keyboard(
    page: Page, site: Site, session: Session, adas_page: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    report(page, adas_page, WORDS)
    [found] = open_reports(session)
    session.commit()
    sign_in(page, site, session, "eva@example.org")
    page.set_viewport_size(DESK)
    page.goto(f"{site.url}/desk/queue")
    expect(page.get_by_role("heading", name="Ada (Nurse) about Ben (Veterinarian)")).to_be_visible()
    is_clean(page)
    press_with_keys(page, "I have spoken to them")
    expect(page.locator(".summary")).to_be_focused()
    is_clean(page)
    tab_to(page, lambda: page.evaluate("document.activeElement.id") == f"report{found.id}-why")
    page.keyboard.type("He is sorry.")
    press_with_keys(page, "I have spoken to them")
    expect(page.get_by_role("status")).to_contain_text("the report waits no longer")
    expect(page.get_by_text("No report waits for you.")).to_be_visible()
    is_clean(page)
    handled = session.get_one(Report, found.id, populate_existing=True)
    assert (handled.outcome, handled.handled_at) == ("spoken_to", at("mon 12:00"))
    assert [act.why for act in latest_acts(session, 9)] == ["He is sorry."]


def press_with_keys(page: Page, words: str) -> None:
    """Press a button that the keyboard has to reach first."""
    tab_to(page, lambda: page.evaluate("document.activeElement.textContent") == words)
    page.keyboard.press("Enter")


def tab_to(page: Page, is_there: Callable[[], bool]) -> None:
    """Press the tabulator until something has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if is_there():
            return
    raise AssertionError("The keyboard does not reach it")
