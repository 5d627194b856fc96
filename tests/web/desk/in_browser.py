"""What the desk's tests in a real browser share: signing in, reporting somebody, and looking at a page with axe."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect
from sqlalchemy.orm import Session

from tests.live_site import Site
from tests.web.conftest import code_in, newest_letter

PHONE, DESK = ViewportSize(width=375, height=800), ViewportSize(width=1280, height=800)


def sign_in(page: Page, site: Site, session: Session, address: str) -> None:
    """Sign in with the code of a letter."""
    page.goto(f"{site.url}/sign-in")
    page.get_by_label("E-mail").fill(address)
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/code")
    page.get_by_label("Code").fill(code_in(newest_letter(session, "sign_in")))
    page.keyboard.press("Enter")
    page.wait_for_url("**/this-week")


def report(page: Page, match: str, words: str) -> None:
    """Tell what was wrong, from the page of the match, on a phone."""
    page.set_viewport_size(PHONE)
    page.goto(match)
    page.get_by_role("link", name="Tell us here").or_(
        page.get_by_role("link", name="Never pair us again")
    ).first.click()
    page.get_by_label("Is there anything").fill(words)
    page.get_by_role("button", name="Never pair us again").click()
    expect(page.get_by_role("status").first).to_contain_text("Thank you for telling us")


def is_clean(page: Page) -> None:
    """See that axe finds nothing, and that nothing stands out of the window."""
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
