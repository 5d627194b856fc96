"""Clocks that change: letters, pages and calendars say the same minute, in every week of two years, between six zones."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle, permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from data.answering import accept
from data.match import Match, Seat
from data.round import Round
from tests.cast import ADA, BEN, bring_together, join
from tests.conftest import NewDatabase
from tests.live_site import Clock
from tests.web.conftest import Browser, newest_letter, path_of
from web.letters import Letters
from web.links import Links
from web.settings import Settings

# Half an hour of summer time, a quarter of an hour off, summer time that stops for Ramadan, and the far side of the earth.
ZONES = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca",
    "Pacific/Auckland",
)  # fmt: skip
FIRST, WEEKS = date(2026, 1, 5), 104


@pytest.fixture
def database_url(new_sqlite: NewDatabase) -> str:
    """What clocks say does not depend on the database."""
    return new_sqlite()


def in_words(moment: datetime, zone: str) -> str:
    """What a wall clock and a calendar on the wall would say: an oracle of its own."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local.strftime('%A')} {int(local.strftime('%d'))} {local.strftime('%B')} at {local.strftime('%H:%M')}"


@dataclass(frozen=True)
class Witness:
    """Reads what each of two would read."""

    session: Session
    browser: Browser
    links: Links
    letters: Letters

    def reads(self, call: Match, now: datetime) -> None:
        """Compare what was written with what clocks would say, before it is on and after."""
        moment = call.times[0].starts_at
        for seat in call.seats:
            self.letters.your_match(self.session, seat, now)
            self.session.commit()
            assert f"Time 1: {in_words(moment, seat.time_zone)}" in newest_letter(self.session, "your_match").text
            page = self.browser.open(path_of(self.links.match_url(seat))).text
            assert in_words(moment, seat.time_zone) in page
            assert f'value="{moment.isoformat()}"' in page
        for seat in call.seats:
            accept(seat, [moment], now)
        for seat in call.seats:
            self.letters.it_is_on(self.session, seat, now)
            self.session.commit()
            self._reads_that_it_is_on(seat, moment)

    def _reads_that_it_is_on(self, seat: Seat, moment: datetime) -> None:
        letter, mine = newest_letter(self.session, "it_is_on"), in_words(moment, seat.time_zone)
        assert mine in letter.subject
        other = next(one for one in seat.match.seats if one is not seat)
        theirs = in_words(moment, other.time_zone)
        assert theirs in letter.text or theirs == mine
        event: Any = Calendar.from_ical(letter.calendar).walk("VEVENT")[0]
        assert (event["dtstart"].dt, event["dtend"].dt) == (moment, moment + timedelta(minutes=45))
        assert set(mine.split(" at ")) <= set(re.split(r", | to |: |\n", str(event["description"])))
        assert mine in self.browser.open(path_of(self.links.match_url(seat))).text


@pytest.fixture
def witness(session: Session, browser: Browser, links: Links, settings: Settings) -> Witness:
    return Witness(session, browser, links, Letters(settings))


@pytest.mark.parametrize("part", range(4))
def test_letter_page_and_calendar_agree_to_the_minute(
    session: Session, witness: Witness, clock: Clock, part: int
) -> None:
    people = [join(session, role) for role in (ADA, BEN)]
    pairs = cycle(permutations(ZONES, 2))
    for week in range(WEEKS):
        zones = next(pairs)
        if week % 4 != part:
            continue
        monday = FIRST + timedelta(weeks=week)
        clock.now = datetime.combine(monday, time(12), UTC)
        # Over the weekend, when clocks change, at an hour that moves round the day.
        moment = datetime.combine(monday + timedelta(days=6), time(week % 24), UTC)
        round_ = Round(monday=monday, seed=1, started_at=clock.now)
        session.add(round_)
        call = bring_together(session, round_, *people, mode="call", meeting_place="", times=[moment])
        for seat, zone in zip(call.seats, zones, strict=True):
            seat.time_zone = zone
        witness.reads(call, clock.now)
