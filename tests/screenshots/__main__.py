"""`./run screenshots [FOLDER]`: pictures of every page and letter, on a phone, a tablet and a desk, by day and by night."""

from __future__ import annotations

import argparse
import logging
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from sqlalchemy.orm import Session

from data.database import sessions_of
from data.member import Member
from data.sign_in import SignIn
from tests.live_site import Site, browsing, site_of_its_own
from tests.screenshots import scenes
from tests.screenshots.scenes import Scene
from tests.screenshots.stage import NOW, set_stage
from tests.screenshots.states import State, scenes_of, states
from web.language import LANGUAGES
from web.links import Links

PAGES, DESK, LETTERS = (360, 768, 1280), (768, 1280), (375, 700)  # widths in CSS pixels
SCHEMES: tuple[Any, ...] = ("light", "dark")
HEIGHT = 800


def main(arguments: list[str]) -> int:
    """Set the stage and each state of the desk in databases of their own, and take the pictures."""
    parser = argparse.ArgumentParser(prog="./run screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("var/screenshots"))
    parser.add_argument(
        "--only", default="", help="only what has these words in its name; 'desk of 100,000' takes minutes to fill"
    )
    parser.add_argument("--language", default="en", choices=LANGUAGES, help="which everybody reads")
    options = parser.parse_args(arguments)
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with browsing() as browser:
        taken, complaints = _take_stage(options, browser)
        for state in states():
            if any(options.only in scene.name for scene in scenes_of(state)):
                more, found = _take_desk(options, browser, state)
                taken, complaints = taken + more, complaints + found
    sys.stdout.write(f"{taken} pictures are in {options.folder}\n")
    for complaint in complaints:
        sys.stdout.write(complaint + "\n")
    return 1 if complaints else 0


def _take_stage(options: argparse.Namespace, browser: Browser) -> tuple[int, list[str]]:
    """Take every page and letter on the stage; return how many pictures that makes, and all complaints."""
    with site_of_its_own(NOW) as site, sessions_of(site.app.extensions["engine"])() as session:
        stage = set_stage(session, site.app.extensions["letters"], options.language)
        links: Links = site.app.extensions["links"]
        pages = [scene for scene in scenes.pages(stage, links) if options.only in scene.name]
        desk = [scene for scene in pages if scene.path.startswith("/desk")]
        letters = [scene for scene in scenes.letters(session) if options.only in scene.name]
        session.commit()  # the site waits for whoever has the writer's lock
        camera = Camera(session, site, browser, options.language)
        taken = camera.take([one for one in pages if one not in desk], PAGES, options.folder / "pages")
        taken += camera.take(desk, DESK, options.folder / "desk")
        taken += camera.take(letters, LETTERS, options.folder / "letters")
    return taken, camera.complaints


def _take_desk(options: argparse.Namespace, browser: Browser, state: State) -> tuple[int, list[str]]:
    """Fill a database for one state of the desk, which may take minutes, and take the pages of it."""
    with site_of_its_own(state.now) as site:
        sessions = sessions_of(site.app.extensions["engine"])
        state.fill(sessions, site.settings, state.now)
        with sessions() as session:
            organiser = session.get_one(Member, 1)
            organiser.language = options.language
            desk = [scene for scene in scenes_of(state, organiser) if options.only in scene.name]
            session.commit()
            camera = Camera(session, site, browser, options.language)
            taken = camera.take(desk, DESK, options.folder / "desk")
    return taken, camera.complaints


class Camera:
    """Takes scenes as those who are in them see them, and notes what hinders anybody (axe) or is wider than the window."""

    def __init__(self, session: Session, site: Site, browser: Browser, language: str = "en") -> None:
        self._session, self._site, self._browser, self._language = session, site, browser, language
        self._cookies: dict[int, Any] = {}
        self.complaints: list[str] = []

    def take(self, wanted: Iterable[Scene], widths: tuple[int, ...], folder: Path) -> int:
        """Take each scene in each width and scheme; return how many pictures that makes."""
        folder.mkdir(parents=True, exist_ok=True)
        return sum(self._each_way(scene, widths, folder) for scene in wanted)

    def _each_way(self, scene: Scene, widths: tuple[int, ...], folder: Path) -> int:
        context = self._browser.new_context(viewport={"width": widths[0], "height": HEIGHT}, locale=self._language)
        if scene.reader:
            context.add_cookies(self.cookies_of(scene.reader))
        page = context.new_page()
        page.goto(self._site.url + scene.path)
        if scene.act:
            scene.act(page)
        name = re.sub(r"[^a-z0-9]+", "-", scene.name.lower()).strip("-")
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            self._examine(page, f"{name}, {scheme}")
            for width in widths:
                page.set_viewport_size({"width": width, "height": HEIGHT})
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    self.complaints.append(f"{name}: wider than {width}")
                page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
        context.close()
        return len(SCHEMES) * len(widths)

    def _examine(self, page: Page, what: str) -> None:
        found = Axe().run(page)
        rules = found.response["violations"]
        self.complaints += [f"{what}: {rule['id']}, {rule['nodes'][0]['html'][:120]}" for rule in rules]

    def cookies_of(self, member: Member) -> Any:
        """Sign a member in as a letter does, once, and return the cookies of their browser."""
        if member.id not in self._cookies:
            sign_in = SignIn(member=member, code_digest="", asked_at=self._site.clock.now)
            self._session.add(sign_in)
            self._session.commit()
            context = self._browser.new_context()
            page = context.new_page()
            page.goto(self._site.app.extensions["links"].sign_in_url(sign_in))
            page.locator("main button").first.click()
            page.wait_for_url("**/this-week")
            self._cookies[member.id] = context.cookies()
            context.close()
        return self._cookies[member.id]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
