"""One whole life: Ada signs up, meets Ben, says how it was, and next week there is someone new."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.database import sessions_of
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.member import Member, member_by_email
from data.trained_model import TrainedModel
from jobs.rematch import rematch
from jobs.reminders import reminders
from jobs.retrain import retrain
from jobs.timetable import Job
from jobs.weekly_round import weekly_round
from tests import cast
from tests.live_site import Site
from tests.web.lists import list_names

LATER = 60  # more people in town, so that there is somebody new next week and something to learn from


@pytest.mark.usefixtures("town")
def test_ada_meets_a_stranger_and_next_week_another(site: Site, page: Page) -> None:
    ada = Life(site, page)

    ada.lives_through(weekly_round, "mon 06:00", weeks=0)
    everybody_else_says_how_it_was(site)
    ada.signs_up_on("fri 18:00")
    assert not member(site).is_confirmed
    ada.opens_letter("confirm")
    page.get_by_role("button", name="Yes, that is me").click()
    expect(page.get_by_text("Welcome, Ada")).to_be_visible()
    page.get_by_label("Topics").fill("sourdough")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Thank you")).to_be_visible()

    ada.lives_through(weekly_round, "mon 06:00", weeks=1)
    first = ada.opens_match("mon 08:30", weeks=1)
    expect(page.get_by_text("has not answered yet")).to_be_visible()
    page.get_by_label("Thursday").check()
    page.get_by_role("button", name="Yes, I will come").click()
    expect(page.get_by_text("You have said yes to")).to_be_visible()
    assert not first.is_on

    partner_says_yes(site, first)
    first = ada.opens_match("tue 12:00", weeks=1)
    assert first.is_on
    expect(page.get_by_text("It is on. You meet")).to_be_visible()
    expect(page.get_by_text(first.meeting_place).first).to_be_visible()
    assert letters(site, "it_is_on") == 1

    ada.lives_through(reminders, "thu 15:10", weeks=1)
    assert letters(site, "reminder") == 1
    ada.lives_through(reminders, "thu 19:50", weeks=1)
    ada.opens_letter("how_was_it")
    page.get_by_label("Yes, we met").check()
    page.get_by_label("5: wonderful").check()
    page.get_by_role("group", name="Would you meet again?").get_by_label("Yes").check()
    page.get_by_label("What did you learn?").fill("Horses sleep standing up.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Horses sleep standing up.")).to_be_visible()

    everybody_else_says_how_it_was(site)
    ada.lives_through(retrain, "sun 20:00", weeks=1)
    assert count(site, TrainedModel) == 1

    ada.lives_through(rematch, "sun 20:01", weeks=1)
    ada.lives_through(weekly_round, "mon 06:00", weeks=2)
    second = ada.opens_match("mon 08:30", weeks=2)
    assert names(second).isdisjoint(names(first) - {"Ada"})
    expect(page.get_by_text("This week you could meet")).to_be_visible()
    page.goto(f"{site.url}/strangers")
    expect(page.get_by_text("Horses sleep standing up.")).to_be_visible()


class Life:
    """Ada's life with the service: a browser, a mailbox and a clock."""

    def __init__(self, site: Site, page: Page) -> None:
        self.site, self.page = site, page

    def signs_up_on(self, when: str) -> None:
        """Fill in the page with the keyboard's help alone, choosing from the suggestions."""
        self.site.clock.now = cast.at(when)
        page = self.page
        page.goto(f"{self.site.url}/sign-up")
        page.get_by_label("E-mail").fill("ada@example.org")
        page.get_by_label("First name").fill("Ada")
        page.get_by_role("combobox", name="Profession").press_sequentially("nur")
        page.get_by_role("option", name=re.compile("^Nurse")).first.click()
        page.get_by_role("combobox", name="Place").press_sequentially("copen")
        page.get_by_role("option", name=re.compile("^Copenhagen")).first.click()
        page.get_by_role("button", name="Sign up").click()
        expect(page.get_by_role("heading", name="Look in your mailbox")).to_be_visible()

    def opens_letter(self, kind: str) -> None:
        """Open the newest letter of a kind as it is in the mailbox, and follow its link."""
        with sessions_of(self.site.app.extensions["engine"])() as session:
            ada = member_by_email(session, "ada@example.org")
            assert ada is not None
            mine = select(Letter).where(Letter.member_id == ada.id, Letter.kind == kind).order_by(Letter.id.desc())
            letter = session.scalars(mine.limit(1)).one()
        assert letter.try_after <= self.site.clock.now
        link = re.search(rf"{re.escape(self.site.url)}/\S+", letter.text)
        assert link
        self.page.goto(link[0])

    def opens_match(self, when: str, *, weeks: int) -> Match:
        """Open the letter with this week's match, and return the match."""
        self.site.clock.now = cast.at(when, weeks=weeks)
        self.opens_letter("your_match")
        with sessions_of(self.site.app.extensions["engine"])() as session:
            ada = member_by_email(session, "ada@example.org")
            assert ada is not None
            matches = select(Match).join(Match.seats).where(Match.seats.any(member_id=ada.id)).order_by(Match.id.desc())
            return session.scalars(matches.limit(1)).first()  # type: ignore[return-value]  # the letter is there, so it is

    def lives_through(self, job: Job, when: str, *, weeks: int) -> None:
        """Let a job run, at its time."""
        self.site.clock.now = cast.at(when, weeks=weeks)
        job(sessions_of(self.site.app.extensions["engine"]), self.site.settings, self.site.clock.now)


@pytest.fixture
def town(site: Site) -> None:
    """Ben and many others in Copenhagen, all confirmed; none has met anybody."""
    with sessions_of(site.app.extensions["engine"])() as session:
        list_names(session)
        roles = [cast.BEN, cast.CLEO, cast.DAN]
        for role in roles:
            cast.join(session, role)
        for number in range(LATER):
            same = roles[number % len(roles)]
            cast.join(session, same, email=f"{number}@example.org", first_name=f"{same.name} {number}")
        session.commit()


def member(site: Site) -> Member:
    """Return Ada as she is stored now."""
    with sessions_of(site.app.extensions["engine"])() as session:
        found = member_by_email(session, "ada@example.org")
        assert found is not None
        return found


def partner_says_yes(site: Site, match: Match) -> None:
    """Let everybody but Ada say yes, each from their letter, in a browser of their own."""
    for seat in match.seats:
        if seat.member.first_name != "Ada":
            path = site.app.extensions["links"].match_url(seat).removeprefix(site.url)
            client = site.app.test_client()
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(path).text)
            assert token
            ticked = {"csrf_token": token[1], "times": [time.starts_at.isoformat() for time in match.times]}
            assert client.post(f"{path}/acceptance", data=ticked).status_code == 303


def everybody_else_says_how_it_was(site: Site) -> None:
    """Let the others of the town have met as well, and say so: sourdough goes well, all else now and then."""
    with sessions_of(site.app.extensions["engine"])() as session:
        told = select(Feedback.seat_id)
        for seat in session.scalars(select(Seat).where(Seat.accepted_at.is_(None), Seat.id.not_in(told))).all():
            seat.accepted_at = site.clock.now  # or two silent weeks would pause them
            say(session, seat.match, seat.id, site.clock.now)
        session.commit()


def say(session: Session, match: Match, seat_id: int, now: datetime) -> None:
    """Write one feedback."""
    liked = match.topic == "sourdough" or match.id % 3 == 0
    session.add(Feedback(seat_id=seat_id, given_at=now, met="yes", rating=5 if liked else 2, again=liked))


def names(match: Match) -> set[str]:
    """Return who is in a match."""
    return {seat.member.first_name for seat in match.seats}


def letters(site: Site, kind: str) -> int:
    """Return how many letters of a kind Ada has been written."""
    with sessions_of(site.app.extensions["engine"])() as session:
        mine = select(func.count()).select_from(Letter).join(Member, Member.id == Letter.member_id)
        return session.scalar(mine.where(Member.email == "ada@example.org", Letter.kind == kind)) or 0


def count(site: Site, table: type) -> int:
    """Return how many rows a table has."""
    with sessions_of(site.app.extensions["engine"])() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
