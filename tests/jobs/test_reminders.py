"""Reminders: each once, on the reader's own clock, none much too late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.batches
from data.feedback import Feedback
from data.letter import Letter
from data.to_remind import zones_of_members
from jobs.reminders import reminders
from tests.cast import ADA, BEN, CLEO, EVA, FINN, at, bring_together, run_round, say_yes
from tests.jobs.stage import at_once, everything, member_named, say_no, seat_of, sign_up, told
from web.letters import Letters
from web.settings import Settings

THURSDAY = at("thu 16:30")  # when Ada and Ben meet; they are done at 17:15


@pytest.fixture
def it_is_on(sessions: sessionmaker[Session]) -> None:
    """Ada and Ben have both said yes on Tuesday."""
    sign_up(sessions, ADA, BEN)
    with sessions.begin() as session:
        people = [member_named(session, name) for name in ("Ada", "Ben")]
        match = bring_together(session, run_round(session), *people, times=[THURSDAY])
        for seat in match.seats:
            say_yes(seat, at("tue 10:00"))


def occasions(sessions: sessionmaker[Session], name: str) -> list[str]:
    """The letters to one of the cast, in order, by kind and rung."""
    with sessions() as session:
        letters = session.scalars(select(Letter).order_by(Letter.id))
        mine = [letter.occasion for letter in letters if letter.member and letter.member.first_name == name]
    words = [occasion.split() for occasion in mine if not occasion.startswith("next_week")]
    return [f"{kind} {rung}" for kind, _seat, rung, _fixed_at in words]


def at_each(sessions: sessionmaker[Session], settings: Settings, *moments: datetime) -> None:
    for moment in moments:
        reminders(sessions, settings, moment)


def hours_of(start: datetime, hours: int) -> list[datetime]:
    return [start + timedelta(hours=hour) for hour in range(hours)]


@pytest.mark.usefixtures("it_is_on")
def test_ada_is_reminded_a_day_and_two_hours_before_and_asked_twice_after(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    for start, hours in ((at("wed 15:30"), 6), (at("thu 13:30"), 8), (at("sat 18:30"), 4)):
        at_each(sessions, settings, *hours_of(start, hours))
    assert occasions(sessions, "Ada") == ["reminder 24", "reminder 2", "how_was_it 1", "how_was_it 2"]
    assert occasions(sessions, "Ben") == occasions(sessions, "Ada")


@pytest.mark.usefixtures("it_is_on")
@pytest.mark.parametrize(
    ("due", "too_late", "kind"),
    [
        (at("wed 16:30"), at("thu 06:30"), "reminder 24"),
        (at("thu 14:30"), at("thu 16:10"), "reminder 2"),
        (at("thu 19:15"), at("fri 07:15"), "how_was_it 1"),
        (at("sat 19:15"), at("sun 07:15"), "how_was_it 2"),
    ],
)
def test_each_reminder_comes_on_time_and_never_hours_late(
    sessions: sessionmaker[Session], settings: Settings, due: datetime, too_late: datetime, kind: str
) -> None:
    reminders(sessions, settings, due - timedelta(minutes=1))
    assert occasions(sessions, "Ada") == []
    reminders(sessions, settings, too_late)
    assert occasions(sessions, "Ada") == []
    reminders(sessions, settings, due)
    assert occasions(sessions, "Ada") == [kind]


@pytest.mark.usefixtures("it_is_on")
def test_the_second_time_nothing_is_due(sessions: sessionmaker[Session], settings: Settings, engine: Engine) -> None:
    for due in (at("wed 16:30"), at("thu 14:30"), at("thu 19:15"), at("sat 19:15"), at("fri 09:00")):
        reminders(sessions, settings, due)
        before = everything(engine)
        line = reminders(sessions, settings, due + timedelta(minutes=1))
        assert line == "Reminders written: 0 before a meeting, 0 after one, 0 about next week"
        assert everything(engine) == before


@pytest.mark.usefixtures("it_is_on")
@pytest.mark.parametrize("due", [at("wed 16:30"), at("thu 14:30"), at("thu 19:15"), at("sat 19:15"), at("fri 09:00")])
def test_two_processes_at_once_write_each_reminder_once(
    sessions: sessionmaker[Session], engine: Engine, due: datetime
) -> None:
    at_once(engine, reminders, due)
    assert set(told(sessions).values()) == {1}
    assert told(sessions).total() == 2


@pytest.mark.usefixtures("it_is_on")
def test_a_crash_in_the_middle_loses_no_reminder(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Letters, "reminder", crash)
        with pytest.raises(KeyboardInterrupt):
            reminders(sessions, settings, at("wed 16:30"))
    reminders(sessions, settings, at("wed 16:31"))
    assert told(sessions) == {("Ada", "reminder"): 1, ("Ben", "reminder"): 1}


@pytest.mark.usefixtures("it_is_on")
def test_who_was_told_it_is_on_just_now_is_not_reminded_at_once(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        seat_of(session, "Ada").match.on_at = at("wed 16:00")
    at_each(sessions, settings, *hours_of(at("wed 16:30"), 5), at("thu 14:30"))
    assert occasions(sessions, "Ada") == ["reminder 2"]


@pytest.mark.usefixtures("it_is_on")
def test_a_meeting_that_is_called_off_is_neither_reminded_of_nor_asked_about(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    say_no(sessions, at("wed 10:00"), "Ben")
    at_each(sessions, settings, *hours_of(at("wed 16:30"), 4), at("thu 14:30"), at("thu 19:15"), at("sat 19:15"))
    assert not {kind for _, kind in told(sessions)} & {"reminder", "how_was_it"}


@pytest.mark.usefixtures("it_is_on")
def test_a_match_that_is_not_on_is_not_reminded_of(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        match = seat_of(session, "Ada").match
        match.on_at = match.seats[0].accepted_at = None
    at_each(sessions, settings, at("wed 16:30"), at("thu 14:30"), at("thu 19:15"))
    assert told(sessions) == {}


@pytest.mark.usefixtures("it_is_on")
def test_who_has_said_how_it_was_is_not_asked_again(sessions: sessionmaker[Session], settings: Settings) -> None:
    reminders(sessions, settings, at("thu 19:15"))
    with sessions.begin() as session:
        session.add(Feedback(seat=seat_of(session, "Ada"), given_at=at("fri 10:00"), met="yes"))
    reminders(sessions, settings, at("sat 19:15"))
    assert occasions(sessions, "Ada") == ["how_was_it 1"]
    assert occasions(sessions, "Ben") == ["how_was_it 1", "how_was_it 2"]


@pytest.mark.usefixtures("it_is_on")
def test_who_has_unsubscribed_or_left_hears_nothing_more(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        member_named(session, "Ada").unsubscribe(at("thu 18:00"))
        member_named(session, "Ben").leave(at("thu 18:00"))
    at_each(sessions, settings, at("thu 19:15"), at("fri 09:00"))
    assert told(sessions) == {}


@pytest.mark.parametrize(
    ("role", "monday"),
    [(ADA, date(2026, 11, 23)), (ADA, date(2026, 7, 6)), (FINN, date(2026, 11, 23)), (FINN, date(2026, 9, 21))],
    ids=["winter", "summer", "Auckland", "the week in which Auckland's clocks change"],
)
def test_you_are_in_next_week_comes_on_friday_at_ten_of_ones_own_clock(
    sessions: sessionmaker[Session], settings: Settings, role: object, monday: date
) -> None:
    sign_up(sessions, role)  # type: ignore[arg-type]
    offset = {"Europe/Copenhagen": 2 if monday.month == 7 else 1}.get(zone(sessions), 13 if monday.month > 9 else 12)
    friday = at("fri 10:00") + (monday - date(2026, 11, 23)) - timedelta(hours=offset)
    reminders(sessions, settings, friday - timedelta(minutes=1))
    assert told(sessions).total() == 0
    reminders(sessions, settings, friday)
    assert set(told(sessions)) == {(role.name, "next_week")}  # type: ignore[attr-defined]


def zone(sessions: sessionmaker[Session]) -> str:
    with sessions() as session:
        (found,) = zones_of_members(session)
    return found


def test_hour_after_hour_everybody_is_announced_once_a_week(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, EVA, FINN)
    for week in range(2):
        at_each(
            sessions, settings, *hours_of(at("thu 20:00", weeks=week), 2), *hours_of(at("fri 08:00", weeks=week), 8)
        )
    assert told(sessions) == {(name, "next_week"): 2 for name in ("Ada", "Eva", "Finn")}


@pytest.mark.parametrize(
    "away",
    [{"confirmed_at": None}, {"paused_until": at("mon 06:00", weeks=2).date()}, {"unsubscribed_at": at("mon 06:00")}],
    ids=["unconfirmed", "paused", "unsubscribed"],
)
def test_who_is_not_in_next_week_is_not_told_so(
    sessions: sessionmaker[Session], settings: Settings, away: dict[str, object]
) -> None:
    sign_up(sessions, ADA, **away)
    reminders(sessions, settings, at("fri 09:00"))
    assert told(sessions) == {}


def test_who_is_paused_until_next_monday_is_in_again(sessions: sessionmaker[Session], settings: Settings) -> None:
    sign_up(sessions, ADA, paused_until=at("mon 06:00", weeks=1).date())
    reminders(sessions, settings, at("fri 09:00"))
    assert told(sessions) == {("Ada", "next_week"): 1}


def test_a_round_that_was_run_ahead_of_its_time_is_not_announced_afterwards(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA)
    with sessions.begin() as session:
        run_round(session, weeks=1)
    reminders(sessions, settings, at("fri 09:00"))
    assert told(sessions) == {}


def test_many_letters_are_written_in_several_transactions(
    sessions: sessionmaker[Session], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.batches, "BATCH", 2)
    sign_up(sessions, ADA, BEN, CLEO)
    assert "3 about next week" in reminders(sessions, settings, at("fri 09:00"))


def test_who_is_asked_first_is_asked_on_friday_and_told_nothing_else(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, ask_first=True)
    sign_up(sessions, BEN, ask_first=True, in_for=at("mon 06:00", weeks=1).date())
    sign_up(sessions, CLEO)
    assert "3 about next week" in reminders(sessions, settings, at("fri 09:00"))
    with sessions.begin() as session:
        member_named(session, "Ada").say_in(at("mon 06:00", weeks=1).date())
    assert "0 about next week" in reminders(sessions, settings, at("fri 10:00"))
    assert told(sessions) == {("Ada", "are_you_in"): 1, ("Ben", "next_week"): 1, ("Cleo", "next_week"): 1}


@pytest.mark.usefixtures("it_is_on")
def test_who_rests_next_week_or_has_gone_quiet_gets_no_friday_letter(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        member_named(session, "Ada").rhythm_weeks = 2
        member_named(session, "Ben").fall_quiet(at("thu 06:00"))
    assert "0 about next week" in reminders(sessions, settings, at("fri 09:00"))


@pytest.mark.usefixtures("it_is_on")
def test_who_was_asked_for_their_side_is_not_asked_once_more(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    with sessions.begin() as session:
        Letters(settings).your_side(session, seat_of(session, "Ada"), at("fri 10:00"))
    reminders(sessions, settings, at("sat 19:15"))
    assert told(sessions) == {("Ada", "your_side"): 1, ("Ben", "how_was_it"): 1}
