"""Every journey in a real browser: on a phone and a desk, with and without JavaScript, from left to right and from right to left.

axe is a script: where a visitor has none, it examines what their browser was given in one that has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.letter import Letter
from data.match import Match
from data.member import Member
from data.wall import WallLine
from tests.cast import ADA, BEN, at, bring_together, join, run_round, say_yes
from tests.live_site import PATIENCE_MS, Site
from tests.web.conftest import fresh, letters, member_at, newest_letter, one_database
from tests.web.lists import list_names
from web.language import gettext, speaking
from web.links import Links

pytestmark = one_database


class Visitor(NamedTuple):
    """How somebody comes."""

    width: int
    script: bool
    code: str

    def says(self, words: str, **facts: object) -> str:
        """Return words of ours in the visitor's language."""
        with speaking(self.code):
            return gettext(words, **facts)


VISITORS = [Visitor(width, script, code) for width in (375, 1280) for script in (True, False) for code in ("en", "ar")]


@pytest.fixture(params=VISITORS, ids=lambda one: f"{one.width} px, {one.code}{'' if one.script else ', no script'}")
def visitor(request: pytest.FixtureRequest) -> Visitor:
    """One of eight visitors."""
    found: Visitor = request.param
    return found


@pytest.fixture
def page(chromium: Browser, visitor: Visitor, site: Site) -> Iterator[Page]:
    """Their browser; what a page logs as an error, or asks of anybody else, fails the test."""
    errors: list[str] = []
    context = chromium.new_context(
        viewport={"width": visitor.width, "height": 800}, java_script_enabled=visitor.script, locale=visitor.code
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: errors.append(asked.url) if not asked.url.startswith(site.url) else None)
    yield page
    context.close()
    assert [error for error in errors if "status of 4" not in error] == []


@pytest.fixture(autouse=True)
def names(session: Session) -> None:
    """Professions and places are listed."""
    list_names(session)
    session.commit()


def look(page: Page, visitor: Visitor) -> None:
    """See that a page is in the visitor's language, fits the window, and hinders nobody (axe)."""
    expect(page.locator("html")).to_have_attribute("lang", visitor.code)
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if visitor.code == "ar" else "ltr")
    assert page.evaluate("document.documentElement.scrollWidth") <= visitor.width, page.url
    if visitor.script:
        _examine(page, page.url)
    elif page.context.browser:
        given = page.content()
        context = page.context.browser.new_context(viewport=page.viewport_size, locale=visitor.code)
        other = context.new_page()
        other.goto(
            page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/about"
        )  # of the same site, for its style
        other.set_content(given)
        _examine(other, page.url)
        context.close()


def _examine(page: Page, url: str) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, f"{url}\n{found.generate_report()}"


def press(page: Page, visitor: Visitor, words: str) -> None:
    """Press a button by its words."""
    page.get_by_role("button", name=visitor.says(words), exact=True).first.click()


def link_in(letter: Letter, site: Site) -> str:
    """Return the link of a letter's one button."""
    found = re.search(rf"{re.escape(site.url)}/\S+", letter.text)
    assert found
    return found[0]


def test_a_newcomer_signs_up_confirms_and_is_in(page: Page, site: Site, session: Session, visitor: Visitor) -> None:
    page.goto(site.url)
    look(page, visitor)
    page.locator("#first_name").fill("Ada")
    page.locator("#profession").fill("Nurse")
    page.locator("#place").fill("Malmö")
    page.locator("#email").fill("ada@example.org")
    press(page, visitor, "Sign up")
    page.wait_for_url("**/sign-up/letter")
    look(page, visitor)
    letter = newest_letter(session, "confirm")
    assert letter.language == visitor.code
    page.goto(link_in(letter, site))
    look(page, visitor)
    press(page, visitor, "Yes, that is me")
    page.wait_for_url("**/welcome")
    look(page, visitor)
    page.locator("#topics").fill("sourdough")
    press(page, visitor, "Save")
    page.wait_for_url("**/this-week")
    look(page, visitor)
    ada = member_at(session, "ada@example.org")
    assert (ada.is_confirmed, ada.topics, ada.language) == (True, "sourdough", visitor.code)
    for path in ("/profile", "/profile/hours", "/profile/trips", "/profile/taking-part", "/invite", "/strangers"):
        page.goto(site.url + path)
        look(page, visitor)


@pytest.fixture
def match(session: Session, visitor: Visitor) -> Match:
    """Ada and Ben could meet."""
    people = [join(session, role, language=visitor.code) for role in (ADA, BEN)]
    match = bring_together(
        session, run_round(session), *people, times=[at("thu 17:00"), at("fri 17:00")], sign="blue heron"
    )
    session.commit()
    return match


def test_a_letter_leads_to_a_meeting_that_is_on(
    page: Page, site: Site, session: Session, visitor: Visitor, match: Match
) -> None:
    links = Links(site.settings)
    ada, ben = (links.match_url(seat) for seat in match.seats)
    session.commit()
    page.goto(ada)
    look(page, visitor)
    press(page, visitor, "Yes, I will come")  # with nothing ticked: it says so
    look(page, visitor)
    page.locator("main .wrong").first.wait_for()
    page.locator('input[name="times"]').first.check()
    press(page, visitor, "Yes, I will come")
    page.get_by_text(visitor.says("Change my times")).wait_for()
    page.goto(ben)
    press(page, visitor, "Yes, any of these suits me")
    page.locator("#notes").wait_for()
    look(page, visitor)
    fresh(session, match)
    assert match.meets_at == at("thu 17:00")
    assert len(letters(session, "it_is_on")) == 2
    page.go_back()
    page.go_forward()  # the back button does no harm
    page.locator("#notes textarea").fill("I wear a red scarf.")
    press(page, visitor, "Send it")
    page.get_by_text("I wear a red scarf.").wait_for()
    page.locator("details.cancel summary").last.click()
    page.locator('button[value="not_this_week"]').click()
    page.locator('button[value="not_this_week"]').wait_for(state="detached")
    look(page, visitor)
    fresh(session, match)
    assert match.is_falling_through


def test_afterwards_what_was_learned_is_told_and_shared(
    page: Page, site: Site, session: Session, visitor: Visitor, match: Match
) -> None:
    for seat in match.seats:
        say_yes(seat, at("tue 10:00"))
    seat, links = match.seats[0], Links(site.settings)
    session.commit()
    site.clock.now = at("fri 10:00")
    page.goto(links.feedback_url(seat))
    look(page, visitor)
    page.locator('main form button[type="submit"], main form button:not([type])').last.click()
    page.locator(".summary").wait_for()
    look(page, visitor)
    page.locator('input[name="met"][value="yes"]').check()
    page.locator('input[name="rating"][value="5"]').check()
    page.locator("#learned").fill("Horses sleep standing.")
    press(page, visitor, "Send")
    page.locator("dl.facts").wait_for()
    look(page, visitor)
    _sign_in(page, site, session, seat.member)
    page.goto(f"{site.url}/strangers")
    look(page, visitor)
    page.get_by_role("link", name=visitor.says("Share what you learned")).click()
    look(page, visitor)
    page.locator('input[name="signed"][value="name"]').check()
    press(page, visitor, "Share it")
    page.wait_for_url("**/strangers#*")
    [line] = session.scalars(select(WallLine)).all()
    line.show(at("fri 11:00"))
    session.commit()
    for path in ("/learned", f"/learned/{line.id}", "/community"):
        page.goto(site.url + path)
        page.get_by_text("Horses sleep standing.").first.wait_for()
        look(page, visitor)


def test_a_language_is_changed_with_one_press_and_stays(page: Page, site: Site, visitor: Visitor) -> None:
    page.goto(f"{site.url}/about")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert page.url == f"{site.url}/about"
    page.goto(f"{site.url}/nowhere")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    look(page, visitor._replace(code="de"))


def _sign_in(page: Page, site: Site, session: Session, member: Member) -> None:
    page.goto(f"{site.url}/sign-in")
    page.locator("#email").fill(member.email or "")
    session.commit()
    page.locator("main form button").first.click()
    page.wait_for_url("**/sign-in/code")
    page.goto(link_in(newest_letter(session, "sign_in"), site))
    page.locator("main form button").first.click()
    page.wait_for_url("**/this-week")
