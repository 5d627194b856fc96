"""A newcomer's walk on a slow phone: from the front page to "you are in", and from a match's letter to "it is on".

They type 3 characters a second, as people do on a phone (Palin et al. 2019, MobileHCI: 36 words a minute), and take
a second to find each field and button. The phone is that of `bench_pages`. The letter is there at once.
"""

from __future__ import annotations

import logging
import re
import sys
import time

from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.database import sessions_of
from data.letter import Letter
from tests.benchmarks.bench_pages import slow_page
from tests.cast import ADA, BEN, bring_together, join, run_round, say_yes
from tests.live_site import Site, browsing, site_of_its_own
from tests.screenshots.stage import NOW, THU
from tests.web.lists import list_names
from web.letters import Letters

MS_A_CHARACTER, MS_TO_FIND = 330, 1000


class Thumb:
    """Somebody's thumb: types, taps, and counts what it has done."""

    def __init__(self, page: Page) -> None:
        self.page, self.inputs, self.began = page, 0, time.monotonic()

    def types(self, field: str, words: str) -> None:
        """Type into a field."""
        self._find()
        self.page.locator(field).press_sequentially(words, delay=MS_A_CHARACTER)

    def taps(self, target: str) -> None:
        """Tap what is there, or will be in a moment."""
        self._find()
        self.page.locator(target).first.click()

    def follows(self, letter: Letter, site: Site) -> None:
        """Tap the button of a letter."""
        self._find()
        found = re.search(rf"{re.escape(site.url)}/\S+", letter.text)
        self.page.goto(found[0] if found else "")

    def says(self, what: str) -> None:
        """Tell how far it has come."""
        seconds = time.monotonic() - self.began
        sys.stdout.write(f"{what}: {self.inputs} inputs, {seconds:.1f} s\n")

    def _find(self) -> None:
        self.inputs += 1
        self.page.wait_for_timeout(MS_TO_FIND)


def main() -> int:
    """Walk, and print the inputs and the seconds."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with site_of_its_own(NOW) as site, sessions_of(site.app.extensions["engine"])() as session, browsing() as browser:
        list_names(session)
        session.commit()
        _sign_up(site, session, browser)
        _say_yes(site, session, browser)
    return 0


def _sign_up(site: Site, session: Session, browser: Browser) -> None:
    page, _ = slow_page(browser.new_context(viewport={"width": 375, "height": 700}))
    thumb = Thumb(page)
    page.goto(site.url)
    thumb.taps('a[href="#sign-up"]')
    thumb.types("#first_name", "Ada")
    thumb.types("#profession", "nur")
    thumb.taps("#profession-list li")
    thumb.types("#place", "cope")
    thumb.taps("#place-list li")
    thumb.types("#email", "ada@example.org")
    thumb.taps("#sign-up button[type=submit]:not(.small)")
    page.wait_for_url("**/sign-up/letter")
    letter = session.scalars(select(Letter).where(Letter.kind == "confirm")).one()
    session.commit()
    thumb.follows(letter, site)
    thumb.taps("main form button")
    page.get_by_text("You are in").wait_for()
    thumb.says("From the front page to “you are in”")


def _say_yes(site: Site, session: Session, browser: Browser) -> None:
    ada, ben = join(session, ADA, email="a@example.org"), join(session, BEN)
    match = bring_together(session, run_round(session), ada, ben, times=[THU])
    say_yes(match.seats[1], NOW)
    letter = Letters(site.settings).your_match(session, match.seats[0], NOW)
    session.commit()
    page, _ = slow_page(browser.new_context(viewport={"width": 375, "height": 700}))
    thumb = Thumb(page)
    if letter:
        thumb.follows(letter, site)
    thumb.taps('input[name="times"]')
    thumb.taps("#times ~ p button, form:has(#times) button[type=submit]")
    page.get_by_text("It is on. You meet").wait_for()
    thumb.says("From the letter to “it is on”")


if __name__ == "__main__":
    sys.exit(main())
