"""Olga has no mouse: she does all of her work at the desk with the keyboard alone."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from data.avoidance import Avoidance
from data.report import Report
from tests.cast import ADA, BEN, CLEO, DAN, OLGA, at, bring_together, join, run_round
from tests.live_site import Site
from tests.web.conftest import code_in, newest_letter
from tests.web.desk.conftest import Jobs, deeds
from tests.web.desk.in_browser import DESK
from tests.web.desk.keyboard import Keyboard
from tests.web.lists import list_names

LIST = "Name,E-mail,Job title,Location\nHanna,hanna@example.org,Nurse,Copenhagen\n"
DONE = [
    "change_settings", "import_people", "preview_round", "keep_apart", "keep_apart", "preview_round", "hold_round",
    "release_round", "handle_report", "ask_export",
]  # fmt: skip


@pytest.fixture
def jobs(engine: Engine, site: Site) -> Jobs:
    """The jobs process of this site."""
    return Jobs(engine, site.settings, site.clock)


@pytest.fixture
def people(session: Session) -> None:
    """Olga looks after four, of whom one has reported another."""
    list_names(session)
    join(session, OLGA, role="organiser", ask_first=True)
    ada, ben, *_ = [join(session, role) for role in (ADA, BEN, CLEO, DAN)]
    match = bring_together(session, run_round(session, weeks=-1), ada, ben, on_at=at("tue 10:00", weeks=-1))
    session.add(Report(seat=match.seats[0], about_id=ben.id, words="He shouted.", reported_at=at("mon 10:00")))
    session.commit()


@pytest.mark.usefixtures("people")
def test_the_desk_by_keyboard_alone(page: Page, site: Site, session: Session, jobs: Jobs, tmp_path: Path) -> None:
    page.set_viewport_size(DESK)
    olga = Keyboard(page)
    signs_in(olga, site, session)
    changes_the_settings(olga)
    imports_a_list(olga, jobs, tmp_path)
    prepares_the_round(olga, jobs)
    holds_and_releases_it(olga, jobs)
    handles_the_report(olga)
    takes_everything_along(olga, jobs)
    assert [deed for deed, *_ in reversed(deeds(session))] == DONE
    assert [one.why for one in session.scalars(select(Avoidance))] == ["organiser"]


def signs_in(olga: Keyboard, site: Site, session: Session) -> None:
    page = olga.page
    page.goto(f"{site.url}/sign-in?next=/desk")
    olga.types("E-mail", "olga@example.org")
    olga.presses("Write to me")
    olga.types("Code", code_in(newest_letter(session, "sign_in")))
    olga.presses("Sign in")
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def changes_the_settings(olga: Keyboard) -> None:
    page = olga.page
    olga.follows("Settings")
    olga.types("Name", "Strangers of Copenhagen")
    olga.chooses("25 km")
    olga.types("Day to answer by", "Wed")  # a list goes where one types
    olga.types("Hours to find a common time", "soon")
    olga.presses("Save")
    expect(page.locator(".summary")).to_be_focused()
    olga.follows_to_field("Hours to find a common time")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("30")
    olga.presses("Save", "Space")
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    expect(page.get_by_label("25 km")).to_be_checked()
    expect(page.locator(".holds")).to_contain_text("answers until Wednesday at")


def imports_a_list(olga: Keyboard, jobs: Jobs, folder: Path) -> None:
    file = folder / "people.csv"
    file.write_text(LIST)
    # Asked for only when the key is pressed, the window of the system may have opened before the browser hands it over.
    olga.page.on("filechooser", lambda _chooser: None)
    olga.follows("People", "Sign people up from a list")
    olga.tabs_to("The list", "file")
    with olga.page.expect_file_chooser() as chooser:  # the window of the system is opened by a key; it is no page
        olga.page.keyboard.press("Enter")
    chooser.value.set_files(file)
    olga.chooses("Sign them up")
    olga.chooses("Yes, all of them have agreed to be signed up here: they get no letter and are in the next round")
    olga.presses("Send the list")
    waits_for(olga, jobs, "Done: people.csv: 1 of 1 people signed up")


def prepares_the_round(olga: Keyboard, jobs: Jobs) -> None:
    olga.follows("The round")
    olga.unfolds("Prepare a preview")
    olga.presses("Show me")
    waits_for_preview(olga, jobs)
    pair = olga.page.locator("tr:has(summary) td").first.inner_text()
    olga.unfolds("Keep apart")
    olga.types("Why, for the log", "They are siblings.")
    olga.presses("Never pair them")
    waits_for_preview(olga, jobs)
    expect(olga.page.get_by_role("region", name="Pairs")).to_be_visible()
    assert pair not in olga.page.locator("td:first-child").all_inner_texts()


def holds_and_releases_it(olga: Keyboard, jobs: Jobs) -> None:
    olga.unfolds("Hold it")
    olga.types("Why?", "A storm is coming.")
    olga.presses("Hold the round")
    assert "is held by an organiser" in jobs.run_round(at("mon 09:00", weeks=1))
    olga.follows("The round")
    olga.presses("Release it as it stands", "Space")
    expect(olga.page.get_by_role("status").first).to_contain_text("Released. It goes out as you see it here.")
    assert "Round of 2026-11-30: 5 people" in jobs.run_round(at("mon 09:05", weeks=1))


def handles_the_report(olga: Keyboard) -> None:
    olga.follows("To look at")
    olga.types("What was said, or why you decide so", "He is sorry.")
    olga.presses("I have spoken to them")
    expect(olga.page.get_by_role("status").first).to_contain_text("the report waits no longer")


def takes_everything_along(olga: Keyboard, jobs: Jobs) -> None:
    olga.follows("Long work", "Export everything")
    olga.types("What do you need it for?", "The yearly report.")
    olga.presses("Write the file")
    waits_for(olga, jobs, "Done: 8 tables")
    olga.tabs_to("Take hello-stranger-2026-11-30.zip along", "a")
    with olga.page.expect_download() as download:
        olga.page.keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def waits_for_preview(olga: Keyboard, jobs: Jobs) -> None:
    waiting = olga.page.get_by_text("A preview is being prepared.")
    expect(waiting).to_be_visible()
    assert "5 people" in jobs.work()
    jobs.clock.now += timedelta(minutes=1)
    expect(waiting).to_have_count(0)


def waits_for(olga: Keyboard, jobs: Jobs, outcome: str) -> None:
    state = olga.page.locator("[data-task] [role=status]")
    expect(state).to_contain_text("Waits for its turn")
    jobs.work()
    jobs.clock.now += timedelta(minutes=1)
    expect(state).to_contain_text(outcome)
