"""What the members of the organiser's community do in their week: they answer, meet, and say how it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.match import Match
from tests.live_site import Site
from tests.web.conftest import Browser
from tests.web.desk.in_browser import PHONE
from web.links import Links


def matches(session: Session) -> list[Match]:
    """Return all matches as they stand."""
    found = list(session.scalars(select(Match).order_by(Match.id).execution_options(populate_existing=True)))
    for match in found:
        _ = [(seat.member.first_name, seat.match.round) for seat in match.seats], list(match.times)
    session.commit()
    return found


def names(match: Match) -> frozenset[str]:
    """Return who is in a match."""
    return frozenset(seat.member.first_name for seat in match.seats)


def say_yes(site: Site, paired: Sequence[Match]) -> None:
    """Everybody in these matches says yes, to each time."""
    for link, match in _links(site, paired):
        times = {"times": [time.starts_at.isoformat() for time in match.times]}
        _press(site, f"{link}/acceptance", times)


def say_how_it_was(site: Site, paired: Sequence[Match], met: str) -> None:
    """Everybody in these matches says whether they met; whoever has liked it."""
    links = Links(site.settings)
    for match in paired:
        for seat in match.seats:
            _press(site, links.feedback_url(seat), {"met": met, "rating": "5", "again": "yes"})


def say_yes_in_browser(page: Page, link: str) -> None:
    """One says yes on a phone, from the letter."""
    page.set_viewport_size(PHONE)
    page.goto(link)
    page.get_by_role("button", name="Yes, any of these suits me").click()
    expect(page.get_by_text("You have said yes to").or_(page.get_by_text("It is on. You meet")).first).to_be_visible()


def say_how_it_was_in_browser(page: Page, link: str) -> None:
    """One says on a phone that they met, and that it was good."""
    page.goto(link)
    page.get_by_label("Yes, we met").check()
    page.get_by_label("4: good").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Yes, we met")).to_be_visible()


def _links(site: Site, paired: Sequence[Match]) -> list[tuple[str, Match]]:
    links = Links(site.settings)
    return [(links.match_url(seat), match) for match in paired for seat in match.seats]


def _press(site: Site, link: str, form: Mapping[str, object]) -> None:
    answer = Browser(site.app.test_client()).press(link.removeprefix(site.url), dict(form))
    assert answer.status_code == 303, answer.text
