"""What there is to look at: every page in every state, and every letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from playwright.sync_api import Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.letter import Letter
from data.member import Member
from tests.cast import MONDAY
from tests.screenshots.desk import desk_pages
from tests.screenshots.stage import NOW, Stage
from web.links import Links

NEXT_MONDAY = MONDAY + timedelta(weeks=1)


class Scene(NamedTuple):
    """One picture: where it is, whose eyes see it, and what is pressed before."""

    name: str
    path: str
    reader: Member | None = None
    act: Callable[[Page], None] | None = None


def pages(stage: Stage, links: Links) -> Iterator[Scene]:
    """Return a scene for each page and state."""
    yield from _for_everybody()
    yield from _behind_links(stage, links)
    yield from _of_matches(stage, links)
    yield from _of_members(stage)
    for name, path in desk_pages():
        yield Scene(name, path, stage.olga)
    yield Scene("desk, programs, a new token", "/desk/programs", stage.olga, _make_token)
    yield Scene("desk, programs, all wrong", "/desk/programs", stage.olga, _send_nothing)


def letters(session: Session) -> Iterator[Scene]:
    """Return a scene for each letter that was written."""
    for letter in session.scalars(select(Letter).order_by(Letter.kind, Letter.id)):
        yield Scene(f"{letter.kind} {letter.id}", f"/mailbox/{letter.id}/html")


def _for_everybody() -> Iterator[Scene]:
    yield Scene("front", "/")
    yield Scene("sign up", "/sign-up")
    yield Scene("sign up, all wrong", "/sign-up", act=_send)
    yield Scene("sign in", "/sign-in")
    yield Scene("sign in, wrong", "/sign-in", act=_send)
    yield Scene("about", "/about")
    yield Scene("privacy", "/privacy")
    yield Scene("wall", "/learned")
    yield Scene("a line of the wall", "/learned/1")
    yield Scene("community", "/community")
    yield Scene("desk, how programs read", "/api")
    yield Scene("not found", "/nowhere")
    yield Scene("spoilt link", "/matches/spoilt")
    yield Scene("mailbox", "/mailbox")
    yield Scene("a letter in the mailbox", "/mailbox/4")


def _behind_links(stage: Stage, links: Links) -> Iterator[Scene]:
    yield Scene("confirm", _path(links.confirm_url(stage.newcomer, NOW)))
    yield Scene("new address", _path(links.new_address_url(stage.ada, "ada@new.example.org", NOW)))
    yield Scene("next week", _path(links.week_url(stage.ada, NEXT_MONDAY)))
    yield Scene("coming back", _path(links.return_url(stage.ada)))
    yield Scene("unsubscribe", _path(links.unsubscribe_url(stage.ada)))
    yield Scene("how was it", _path(links.feedback_url(stage.seats["over"])))
    yield Scene("report", _path(links.match_url(stage.seats["on"])) + "/report")


def _of_matches(stage: Stage, links: Links) -> Iterator[Scene]:
    for state, seat in stage.seats.items():
        yield Scene(f"match {state}", _path(links.match_url(seat)))
    on = _path(links.match_url(stage.seats["on"]))
    yield Scene("match on, all unfolded", on, act=_unfold)
    yield Scene("match on, another time", f"{on}/move")
    yield Scene("match on, another time, none", f"{on}/move", act=_send)
    yield Scene("match open, no time ticked", _path(links.match_url(stage.seats["open"])), act=_send)


def _of_members(stage: Stage) -> Iterator[Scene]:
    yield Scene("this week", "/this-week", stage.ada)
    yield Scene("this week, nobody", "/this-week", stage.cleo)
    yield Scene("more about you", "/welcome", stage.ada)
    yield Scene("strangers", "/strangers", stage.ada)
    yield Scene("strangers, nobody", "/strangers", stage.cleo)
    yield Scene("a note to oneself", f"/strangers/{stage.past.id}/note", stage.ada)
    yield Scene("share a line", f"/strangers/{stage.past.id}/wall", stage.ada)
    yield Scene("share a line, none", f"/strangers/{stage.past.id}/wall", stage.ada, _share_nothing)
    yield Scene("report of a stranger", f"/strangers/{stage.past.id}/report", stage.ada)
    yield Scene("invite", "/invite", stage.ada)
    yield Scene("profile", "/profile", stage.ada)
    for page in ("hours", "trips", "taking-part", "reliability", "calendar", "address", "leave"):
        yield Scene(f"profile {page}", f"/profile/{page}", stage.ada)
    yield Scene("profile hours, none", "/profile/hours", stage.ada, _clear_hours)
    yield Scene("profile trips, wrong", "/profile/trips", stage.ada, _plan_nothing)


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def _send(page: Page) -> None:
    """Press the first button of the page's own form, with nothing filled in."""
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.wait_for_load_state()


def _make_token(page: Page) -> None:
    page.locator("#name").fill("Figures for the newsletter")
    page.locator("form[action$=tokens] button").click()
    page.wait_for_load_state()


def _send_nothing(page: Page) -> None:
    page.locator("form[action$=webhooks] button").click()
    page.wait_for_load_state()


def _share_nothing(page: Page) -> None:
    page.locator("#words").fill("")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def _plan_nothing(page: Page) -> None:
    page.locator("main form button[type=submit]:not(.plain)").last.click()
    page.wait_for_load_state()


def _unfold(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()


def _clear_hours(page: Page) -> None:
    page.locator("button[value=clear]").click()
    page.locator("main form button[type=submit]:not(.small)").last.click()
    page.wait_for_load_state()
