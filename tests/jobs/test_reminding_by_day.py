"""Reminders of a meeting by the reader's clock: none in the night, and anew when the meeting has moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from data.answering import accept, ask_to_move
from data.letter import Letter
from data.match import lock_match
from jobs.reminders import reminders
from tests.cast import ADA, BEN, FINN, Role, at, bring_together, run_round, say_yes
from tests.jobs.stage import member_named, seat_of, sign_up
from web.settings import Settings

HALF_HOUR = timedelta(minutes=30)


def meet(sessions: sessionmaker[Session], meets_at: datetime, *roles: Role, said_yes: datetime | None = None) -> None:
    """Some of the cast have a call; they said yes on Monday, or later."""
    sign_up(sessions, *roles)
    with sessions.begin() as session:
        people = [member_named(session, role.name) for role in roles]
        match = bring_together(session, run_round(session), *people, times=[meets_at], mode="call")
        for seat in match.seats:
            say_yes(seat, said_yes or at("mon 07:00"))


def live(sessions: sessionmaker[Session], settings: Settings, start: datetime, end: datetime) -> None:
    """Let the job run every half hour."""
    while start <= end:
        reminders(sessions, settings, start)
        start += HALF_HOUR


def when_told(sessions: sessionmaker[Session], name: str, zone: str = "Europe/Copenhagen") -> list[tuple[str, str]]:
    """The letters about a meeting to one of the cast, with when they were written, by their own clock."""
    with sessions() as session:
        letters = session.scalars(select(Letter).order_by(Letter.id))
        mine = [one for one in letters if one.match and one.member and one.member.first_name == name]
        local = [one.written_at.astimezone(ZoneInfo(zone)) for one in mine]
    return [
        (f"{one.kind} {one.occasion.split()[2]}", f"{when:%a %H:%M}") for one, when in zip(mine, local, strict=True)
    ]


@pytest.mark.parametrize(
    ("meets_at", "told"),
    [
        (at("thu 17:00"), ["Wed 18:00", "Thu 16:00"]),
        (at("thu 07:30"), ["Wed 08:30", "Thu 07:00"]),  # two hours before would be half past six
        (at("thu 06:30"), ["Wed 07:30", "Wed 21:00"]),  # at seven it would be too late to turn back
        (at("thu 22:00"), ["Wed 21:00", "Thu 21:00"]),  # a day before would be eleven in the evening
    ],
)
def test_ada_is_reminded_at_times_that_make_sense(
    sessions: sessionmaker[Session], settings: Settings, meets_at: datetime, told: list[str]
) -> None:
    meet(sessions, meets_at, ADA, BEN)
    live(sessions, settings, at("tue 12:00"), meets_at)
    assert sorted(when for _, when in when_told(sessions, "Ada")) == sorted(told)
    assert {kind for kind, _ in when_told(sessions, "Ada")} == {"reminder 24", "reminder 2"}


def test_ada_and_finn_are_each_reminded_by_their_own_clock(sessions: sessionmaker[Session], settings: Settings) -> None:
    """Nine in the morning for her, nine in the evening for him."""
    meet(sessions, at("thu 08:00"), ADA, FINN)
    live(sessions, settings, at("tue 12:00"), at("thu 08:00"))
    assert when_told(sessions, "Ada") == [("reminder 24", "Wed 09:00"), ("reminder 2", "Thu 07:00")]
    assert when_told(sessions, "Finn", "Pacific/Auckland") == [
        ("reminder 24", "Wed 21:00"),
        ("reminder 2", "Thu 19:00"),
    ]


@pytest.mark.parametrize(
    ("meets_at", "asked"), [(at("thu 17:15"), "Thu 21:00"), (at("thu 18:15"), "Fri 08:00"), (at("thu 19:15"), "Fri 08:00")]
)  # fmt: skip
def test_how_it_was_is_not_asked_in_the_night(
    sessions: sessionmaker[Session], settings: Settings, meets_at: datetime, asked: str
) -> None:
    meet(sessions, meets_at, ADA, BEN)
    live(sessions, settings, meets_at + timedelta(minutes=45), at("fri 12:00"))
    assert when_told(sessions, "Ada") == [("how_was_it 1", asked)]


def test_a_reminder_missed_in_the_evening_still_comes_in_the_morning(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    meet(sessions, at("thu 20:30"), ADA, BEN)
    live(sessions, settings, at("wed 21:00"), at("thu 08:00"))  # the job was down until ten in the evening
    assert when_told(sessions, "Ada") == [("reminder 24", "Thu 07:00")]


def test_a_moved_meeting_is_reminded_of_anew_and_not_while_a_time_is_asked_for(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    meet(sessions, at("thu 17:00"), ADA, BEN)
    reminders(sessions, settings, at("wed 17:00"))
    with sessions.begin() as session:
        ada = seat_of(session, "Ada")
        ask_to_move(ada, [at("sat 17:00")], at("thu 09:00"))
    live(sessions, settings, at("thu 09:30"), at("thu 20:30"))
    assert [kind for kind, _ in when_told(sessions, "Ada")] == ["reminder 24"]
    with sessions.begin() as session:
        accept(seat_of(session, "Ben"), [at("sat 17:00")], at("thu 21:00"))
    live(sessions, settings, at("fri 06:00"), at("sat 17:00"))
    assert when_told(sessions, "Ada") == [
        ("reminder 24", "Wed 18:00"),
        ("reminder 24", "Fri 18:00"),
        ("reminder 2", "Sat 16:00"),
    ]


def test_a_meeting_that_goes_on_as_two_is_not_reminded_of_twice(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    """A third who cancels changes the calendar's entry, but not the time."""
    meet(sessions, at("thu 17:00"), ADA, BEN, FINN)
    reminders(sessions, settings, at("wed 17:00"))
    with sessions.begin() as session:
        match = lock_match(session, seat_of(session, "Finn").match_id)
        match.sequence += 1
        match.seats[2].free(at("wed 17:30"))
    reminders(sessions, settings, at("wed 17:31"))
    assert [kind for kind, _ in when_told(sessions, "Ada")] == ["reminder 24"]


def test_who_hears_of_it_two_hours_before_is_not_reminded_of_what_they_just_heard(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    meet(sessions, at("thu 17:00"), ADA, BEN)
    with sessions.begin() as session:
        seat_of(session, "Ada").match.on_at = at("thu 15:01")
    live(sessions, settings, at("thu 15:00"), at("thu 17:00"))
    assert when_told(sessions, "Ada") == []


@pytest.mark.parametrize("month", [3, 4, 10, 11])
def test_the_weeks_in_which_clocks_change_need_no_special_case(
    sessions: sessionmaker[Session], settings: Settings, month: int
) -> None:
    """On the days around every change of the clocks of Berlin and New York, no letter is written in the night."""
    zone = "Europe/Copenhagen"
    day = {3: 29, 4: 4, 10: 25, 11: 1}[month]
    meets_at = datetime(2026, month, day, 7, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    meet(sessions, meets_at, ADA, BEN, said_yes=meets_at - timedelta(days=4))
    live(sessions, settings, meets_at - timedelta(days=2), meets_at)
    hours = [datetime.strptime(when[4:], "%H:%M").hour for _, when in when_told(sessions, "Ada")]  # noqa: DTZ007  a clock
    assert len(hours) == 2
    assert all(7 <= hour < 22 for hour in hours)
