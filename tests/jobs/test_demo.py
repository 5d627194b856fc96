"""The demo on a small town: four weeks lived, one round shown, and members never touched."""

from __future__ import annotations

import io
from datetime import datetime
from random import Random
from threading import Barrier

import pytest
from rich.console import Console
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

import jobs.demo
from data.feedback import Feedback
from data.letter import Letter
from data.match import Match, Seat
from data.member import count_members
from data.round import Round
from jobs.demo import TownIsTaken, demo, refuse_taken, week_to_show, weeks_lived
from jobs.past_weeks import live_through
from jobs.round_table import how, show_latest_round
from jobs.town import Town, settle
from tests.cast import ADA, MONDAY, at
from tests.jobs.stage import at_once, everything, sign_up
from tests.jobs.town_lists import fill_lists
from web.settings import Settings

SMALL = Town(seed=3, copenhagen=24, aarhus=3, far_away=4)
NOW = at("tue 09:00")


@pytest.fixture
def lists(sessions: sessionmaker[Session], monkeypatch: pytest.MonkeyPatch) -> None:
    """Small lists instead of the whole world; two past weeks instead of four."""
    monkeypatch.setattr(jobs.demo, "load_venues", lambda _: None)
    monkeypatch.setattr(jobs.demo, "PAST_WEEKS", 2)
    with sessions.begin() as session:
        fill_lists(session)


def screen(sessions: sessionmaker[Session], now: datetime, shown: str = "some") -> str:
    paper = io.StringIO()
    show_latest_round(sessions, now, Console(file=paper, width=120), shown)  # type: ignore[arg-type]
    return paper.getvalue()


def pairs(sessions: sessionmaker[Session]) -> list[tuple[object, ...]]:
    with sessions() as session:
        matches = session.scalars(select(Match).order_by(Match.id))
        return [
            (
                m.round.monday,
                m.mode,
                m.reason,
                m.topic,
                *[time.starts_at for time in m.times],
                *[seat.member.email for seat in m.seats],
            )
            for m in matches
        ]


@pytest.mark.usefixtures("lists")
def test_a_small_town_looks_back_on_weeks_it_has_lived(sessions: sessionmaker[Session], settings: Settings) -> None:
    line = demo(sessions, settings, NOW, SMALL)
    assert "sign in at http://127.0.0.1:8000 as member1@example.org" in line
    assert "http://127.0.0.1:8000/mailbox" in line
    with sessions() as session:
        rounds = list(session.scalars(select(Round).order_by(Round.monday)))
        assert [round_.monday.isoformat() for round_ in rounds] == ["2026-11-09", "2026-11-16", "2026-11-23"]
        past = list(session.scalars(select(Match).where(Match.round_id != rounds[-1].id)))
        assert sum(match.meets_at is not None and match.meets_at < NOW for match in past) > len(past) / 2
        assert any(match.is_on for match in past)
        assert any(seat.declined_at for match in past for seat in match.seats)
        feedback = list(session.scalars(select(Feedback)))
        assert {said.rating for said in feedback} >= {2, 4}
        assert all(said.given_at < NOW for said in feedback)
        letters = set(session.scalars(select(Letter.kind)))
        assert letters <= {"your_match", "nobody_this_week"}
        assert all(letter.written_at == NOW for letter in session.scalars(select(Letter)))  # of this week alone
        seated = session.scalars(select(Seat).where(Seat.round_id == rounds[-1].id)).all()
        assert len(seated) >= 28


@pytest.mark.usefixtures("lists")
def test_the_terminal_shows_pairs_reasons_and_figures(sessions: sessionmaker[Session], settings: Settings) -> None:
    demo(sessions, settings, NOW, SMALL)
    some, everybody = screen(sessions, NOW), screen(sessions, NOW, "all")
    assert "31 people:" in some
    assert "letters written." in some
    assert "on a call" in everybody
    assert "in person" in everybody
    assert "Round of 2026-11-23" in some
    assert "ahead of time" not in some


def test_before_the_first_round_there_is_nothing_to_show(sessions: sessionmaker[Session]) -> None:
    assert screen(sessions, NOW) == "No round has been run yet.\n"


@pytest.mark.usefixtures("lists")
def test_the_same_town_on_the_same_day_makes_the_same_pairs(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    demo(sessions, settings, NOW, SMALL)
    first = pairs(sessions)
    Round.metadata.drop_all(engine)
    Round.metadata.create_all(engine)
    with sessions.begin() as session:
        fill_lists(session)
    demo(sessions, settings, NOW, SMALL)
    assert pairs(sessions) == first


@pytest.mark.usefixtures("lists")
def test_a_database_with_members_is_refused_untouched(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    sign_up(sessions, ADA)
    before = everything(engine)
    with pytest.raises(TownIsTaken):
        demo(sessions, settings, NOW, SMALL)
    assert everything(engine) == before


@pytest.mark.usefixtures("lists")
def test_two_at_once_fill_one_town(
    sessions: sessionmaker[Session], engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_looked = Barrier(2)

    def look(sessions: sessionmaker[Session]) -> None:
        refuse_taken(sessions)
        both_have_looked.wait(timeout=10)

    def fill(sessions: sessionmaker[Session], settings: Settings, now: datetime) -> str:
        try:
            return demo(sessions, settings, now, SMALL)
        except TownIsTaken:
            return "taken"

    monkeypatch.setattr(jobs.demo, "refuse_taken", look)
    monkeypatch.setattr(jobs.demo, "PAST_WEEKS", 0)
    assert sorted(line == "taken" for line in at_once(engine, fill, NOW)) == [False, True]
    with sessions() as session:
        assert count_members(session) == 31


@pytest.mark.parametrize(
    ("now", "monday", "starts"),
    [
        (at("mon 03:00"), at("mon 06:00"), at("mon 06:00")),
        (at("mon 09:00"), at("mon 06:00"), at("mon 09:00")),
        (at("tue 23:59"), at("mon 06:00"), at("tue 23:59")),
        (at("wed 00:00"), at("mon 06:00", weeks=1), at("mon 06:00", weeks=1)),
        (at("sun 12:00"), at("mon 06:00", weeks=1), at("mon 06:00", weeks=1)),
    ],
)
def test_late_in_the_week_the_coming_round_is_shown(now: datetime, monday: datetime, starts: datetime) -> None:
    assert week_to_show(now) == (monday.date(), starts)


@pytest.mark.usefixtures("lists")
def test_a_round_ahead_of_its_time_says_so(sessions: sessionmaker[Session], settings: Settings) -> None:
    demo(sessions, settings, at("sat 12:00"), SMALL)
    assert "the round of 2026-11-30, ahead of time" in screen(sessions, at("sat 12:00"))


@pytest.mark.usefixtures("lists")
def test_a_week_lived_leaves_no_letters_behind(sessions: sessionmaker[Session], settings: Settings) -> None:
    with sessions.begin() as session:
        settle(session, SMALL, at("mon 06:00"))
    live_through(sessions, settings, MONDAY, Random(1))
    with sessions() as session:
        assert session.scalars(select(Letter)).all() == []
        match = session.scalars(select(Match)).first()
        assert match is not None
        assert how(match) in {"in person", "on a call", "a trio in person", "a trio on a call"}


@pytest.mark.parametrize(
    ("when", "latest"), [("tue 10:00", "2026-11-16"), ("wed 10:00", "2026-11-16"), ("sat 12:00", "2026-11-23")]
)
def test_no_week_is_lived_whose_meetings_are_still_to_come(when: str, latest: str) -> None:
    monday, _ = week_to_show(at(when))
    lived = weeks_lived(monday, at(when))
    assert (len(lived), lived[-1].isoformat()) == (4, latest)
    assert lived == sorted(lived)
