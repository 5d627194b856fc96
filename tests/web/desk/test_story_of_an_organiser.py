"""One whole story: Olga is made an organiser, prepares a round and holds it; its people meet, and all of it is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.cast import OLGA, join
from tests.live_site import PATIENCE_MS, Site
from tests.web.desk.conftest import Jobs
from tests.web.desk.in_browser import DESK
from tests.web.desk.organiser import Organiser
from tests.web.desk.organiser_looks_back import (
    she_handles_the_report,
    she_takes_everything_along,
    the_figures_are_what_happened,
    the_week_passes,
)
from tests.web.desk.organiser_prepares import (
    she_changes_the_settings,
    she_forbids_a_pair,
    she_holds_the_round,
    she_imports_a_list_with_mistakes,
    she_is_made_an_organiser,
    she_mends_it_and_nobody_is_there_twice,
    she_releases_it,
    the_new_name_stands_in_public,
)
from tests.web.lists import list_names


def test_the_story_of_an_organiser(olga: Organiser, new_page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    she_is_made_an_organiser(olga)
    assert f"the desk is at {olga.site.url}/desk" in capsys.readouterr().out
    she_changes_the_settings(olga)
    the_new_name_stands_in_public(new_page, olga.site)
    she_imports_a_list_with_mistakes(olga)
    she_mends_it_and_nobody_is_there_twice(olga)
    seen = she_forbids_a_pair(olga)
    she_holds_the_round(olga)
    she_releases_it(olga, seen)
    reported = the_week_passes(olga, new_page)
    the_figures_are_what_happened(olga)
    she_handles_the_report(olga, reported)
    she_takes_everything_along(olga)


@pytest.fixture
def olga(page: Page, site: Site, engine: Engine, session: Session) -> Iterator[Organiser]:
    """Olga has signed up, and is away herself; nobody else is there."""
    list_names(session)
    join(session, OLGA, ask_first=True)
    session.commit()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.set_viewport_size(DESK)
    yield Organiser(page, site, session, Jobs(engine, site.settings, site.clock))
    assert broken == []


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Page]:
    """A browser of somebody else."""
    context = chromium.new_context()
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()
