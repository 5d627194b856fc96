"""From a letter to a held meeting, in a real browser: times ticked, one fixed, moved, reminded of, held, enjoyed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from data.database import sessions_of
from data.letter import Letter
from data.match import Match
from data.member import Member
from jobs.reminders import reminders
from tests.cast import ADA, BEN, FINN, Role, at, bring_together, join, run_round
from tests.live_site import PATIENCE_MS, Site
from web.letters import Letters

WED, THU, FRI = at("wed 17:00"), at("thu 17:00"), at("fri 17:00")
Bringing = Callable[..., None]


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """The other one's phone."""
    context = chromium.new_context(viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    yield page
    context.close()


@pytest.fixture
def bring(site: Site) -> Bringing:
    """Brings two of the cast together, with a letter to each."""

    def bring(*roles: Role, times: list[datetime], **columns: str) -> None:
        with sessions_of(site.app.extensions["engine"])() as session:
            people = [join(session, role) for role in roles]
            match = bring_together(session, run_round(session), *people, times=times, **columns)
            for seat in match.seats:
                Letters(site.settings).your_match(session, seat, site.clock.now)
            session.commit()

    return bring


def letters(site: Site, name: str, kind: str) -> list[Letter]:
    """Return the letters of a kind to one of the cast, the newest last."""
    with sessions_of(site.app.extensions["engine"])() as session:
        theirs = select(Letter).join(Member, Member.id == Letter.member_id).where(Member.first_name == name)
        return list(session.scalars(theirs.where(Letter.kind == kind).order_by(Letter.id)))


def follow(site: Site, page: Page, name: str, kind: str) -> None:
    """Open the newest letter of a kind, and press its button."""
    link = re.search(rf"{re.escape(site.url)}/\S+", letters(site, name, kind)[-1].text)
    assert link
    page.goto(link[0])


def remind(site: Site, now: datetime) -> None:
    """Let the reminders run at a moment."""
    site.clock.now = now
    reminders(sessions_of(site.app.extensions["engine"]), site.settings, now)


def invited_to(site: Site, name: str) -> tuple[datetime, int]:
    """Return when somebody's calendar says they meet, and by which version."""
    event: Any = Calendar.from_ical(letters(site, name, "it_is_on")[-1].calendar).walk("VEVENT")[0]
    return event["dtstart"].dt, int(event["sequence"])


def test_ada_and_ben_agree_move_meet_and_are_told_that_both_enjoyed_it(
    site: Site, page: Page, other: Page, bring: Bringing
) -> None:
    bring(ADA, BEN, times=[WED, THU, FRI])
    follow(site, page, "Ada", "your_match")
    page.get_by_label("Wednesday 25 November at 18:00").check()
    page.get_by_label("Thursday 26 November at 18:00").check()
    page.get_by_role("button", name="Yes, I will come").click()
    expect(page.get_by_text("You have said yes to")).to_be_visible()

    follow(site, other, "Ben", "your_match")
    other.get_by_label("Thursday 26 November at 18:00").check()
    other.get_by_role("button", name="Yes, I will come").click()
    expect(other.get_by_text("It is on. You meet")).to_be_visible()
    expect(other.get_by_text("Café Europa")).to_be_visible()
    assert invited_to(site, "Ada") == (THU, 1)

    site.clock.now = at("tue 09:00")
    follow(site, page, "Ada", "it_is_on")
    page.get_by_text("Another time would be better").click()
    page.locator(f'#times input[value="{FRI.isoformat()}"]').check()
    page.get_by_role("button", name="Ask for another time").click()
    expect(page.get_by_text("You have asked for another time with")).to_be_visible()
    remind(site, at("wed 17:30"))
    assert letters(site, "Ben", "reminder") == []  # nobody is reminded of a time that is in question

    follow(site, other, "Ben", "another_time")
    other.get_by_role("button", name="Friday 27 November at 18:00").click()
    expect(other.get_by_text("It is on. You meet")).to_be_visible()
    assert invited_to(site, "Ben") == (FRI, 2)

    remind(site, at("thu 17:30"))
    remind(site, at("fri 15:30"))
    assert [letter.subject for letter in letters(site, "Ada", "reminder")][-1].startswith("Ben")
    remind(site, at("fri 20:30"))
    for name, phone in (("Ada", page), ("Ben", other)):
        follow(site, phone, name, "how_was_it")
        phone.get_by_label("Yes, we met").check()
        phone.get_by_label("5: wonderful").check()
        phone.get_by_role("group", name="Would you meet again?").get_by_label("Yes").check()
        phone.get_by_role("button", name="Send").click()
        expect(phone.get_by_text("This is what you told us about")).to_be_visible()
    assert len(letters(site, "Ada", "you_both_enjoyed_it")) == len(letters(site, "Ben", "you_both_enjoyed_it")) == 1


def test_ada_and_finn_talk_across_half_the_world_and_write_to_each_other(
    site: Site, page: Page, other: Page, bring: Bringing
) -> None:
    bring(ADA, FINN, times=[at("sat 07:00"), at("sun 07:00")], mode="call", meeting_place="")
    follow(site, page, "Ada", "your_match")
    expect(page.get_by_text("Saturday 28 November at 08:00")).to_be_visible()
    expect(page.get_by_text("(Saturday 20:00, Auckland time)")).to_be_visible()
    page.get_by_label("Saturday 28 November at 08:00").check()
    page.get_by_role("button", name="Yes, I will come").click()

    follow(site, other, "Finn", "your_match")
    other.get_by_label("Sunday 29 November at 20:00").check()
    other.get_by_role("button", name="Yes, I will come").click()
    expect(other.get_by_text("Both of you said yes. Now find a time with")).to_be_visible()
    other.get_by_label("Saturday 28 November at 20:00").check()
    other.get_by_role("button", name="Save my times").click()
    expect(other.get_by_text("Saturday 28 November at 20:00, Auckland time, for 45 minutes")).to_be_visible()
    assert invited_to(site, "Ada") == invited_to(site, "Finn") == (at("sat 07:00"), 1)

    other.get_by_label("A note to Ada").fill("I shall have coffee ready. You?")
    other.get_by_role("button", name="Send it").click()
    follow(site, page, "Ada", "note")
    expect(page.get_by_text("I shall have coffee ready. You?")).to_be_visible()
    with sessions_of(site.app.extensions["engine"])() as session:
        room = session.get_one(Match, 1).room
    expect(page.get_by_role("link", name=room)).to_be_visible()
    assert "finn@example.org" not in page.content()
