"""Olga at her desk in a real browser: where she goes, what she presses, and what she reads there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from data.database import sessions_of
from jobs.count import count
from tests.live_site import Site
from tests.web.desk.conftest import Jobs

Pairs = dict[frozenset[str], str]  # the first names of two who would meet, and why these two


@dataclass(frozen=True)
class Organiser:
    """Her browser, and the jobs process that works for her."""

    page: Page
    site: Site
    session: Session
    jobs: Jobs

    def goes_to(self, *links: str) -> None:
        """Follow links by their words, one page after the other, from wherever she is at the desk."""
        for words in links:
            self.page.get_by_role("link", name=words, exact=True).first.click()

    def opens(self, words: str) -> Locator:
        """Open what is folded, and return it."""
        self.page.locator("summary", has_text=words).first.click()
        return self.page.locator("details[open]", has=self.page.locator("summary", has_text=words)).first

    def presses(self, words: str, inside: Locator | None = None) -> None:
        """Press a button; a minute passes, as it does."""
        self.site.clock.now += timedelta(minutes=1)
        (inside or self.page.locator("main")).get_by_role("button", name=words, exact=True).click()

    def is_told(self, words: str) -> None:
        """See what the page says of what she did."""
        expect(self.page.get_by_role("status").first).to_contain_text(words)

    def waits_for(self, outcome: str) -> None:
        """Have the jobs do the long work whose page is open, and look again; by itself the page would do so a bit later."""
        state = self.page.locator("[data-task] [role=status]")
        expect(state).to_contain_text("Waits for its turn")
        self.jobs.work()
        self.page.reload()
        expect(state).to_contain_text(f"Done: {outcome}")

    def waits_for_preview(self, outcome: str) -> None:
        """Have the jobs prepare the round whose page is open; by itself the page shows it, and offers to release it."""
        waiting = self.page.get_by_text("A preview is being prepared.")
        expect(waiting).to_be_visible()
        assert outcome in self.jobs.work()
        expect(waiting).to_have_count(0)
        expect(self.page.get_by_role("button", name="Release it as it stands")).to_be_visible()

    def sends_list(self, name: str, content: bytes, outcome: str) -> str:
        """Send a list whose people have agreed, and return the report on it."""
        self.goes_to("People", "Sign people up from a list")
        self.page.get_by_label("The list").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
        self.page.get_by_label("Sign them up").check()
        self.page.get_by_label("Yes, all of them have agreed").check()
        self.presses("Send the list")
        self.waits_for(outcome)
        return self.page.locator("pre.report").inner_text()

    def takes_along(self) -> tuple[str, bytes]:
        """Download what came of long work; return the name of the file, and what is in it."""
        with self.page.expect_download() as download:
            self.page.locator("a[download]").click()
        return download.value.suggested_filename, Path(download.value.path()).read_bytes()

    def pairs(self) -> Pairs:
        """Read on the page of the round who would meet whom, and why."""
        expect(self.page.get_by_role("region", name="Pairs")).to_be_visible()
        rows = [row.locator("td").all_inner_texts() for row in self.page.locator("tbody tr").all()]
        return {frozenset(one.partition(",")[0] for one in who.splitlines()): why for who, _how, why, *_ in rows}

    def figures(self) -> dict[str, str]:
        """Read how the latest round stands, once the job has counted."""
        count(sessions_of(self.jobs.engine), self.site.settings, self.site.clock.now)
        self.goes_to("Overview")
        now = self.page.locator("section[aria-labelledby=round]")
        return dict(zip(now.locator("dt").all_inner_texts(), now.locator("dd").all_inner_texts(), strict=True))

    def log(self) -> list[list[str]]:
        """Read the log, the newest first: when, who, what, about what, why."""
        self.goes_to("Log")
        expect(self.page.get_by_role("heading", name="The log")).to_be_visible()
        return [row.locator("td").all_inner_texts() for row in self.page.locator("tbody tr").all()]


def tables_in(file: bytes) -> dict[str, list[str]]:
    """Return the lines of each table of an export, without the first, which names the columns."""
    with ZipFile(BytesIO(file)) as files:
        return {name: files.read(name).decode("utf-8-sig").splitlines()[1:] for name in files.namelist()}
