"""The health of the jobs."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from data.letter import Letter
from jobs.check import SomethingIsLate, check
from jobs.weekly_round import weekly_round
from tests.cast import ADA, BEN, at
from tests.jobs.stage import everything, sign_up
from web.settings import Settings


def test_a_round_that_was_not_run_on_monday_morning_is_late(
    sessions: sessionmaker[Session], settings: Settings, engine: Engine
) -> None:
    before = everything(engine)
    assert check(sessions, settings, at("mon 06:19")) == "Nothing that is due has been left lying"
    with pytest.raises(SomethingIsLate, match="The round of 2026-11-23 has not been run"):
        check(sessions, settings, at("mon 06:21"))
    assert everything(engine) == before
    weekly_round(sessions, settings, at("mon 06:22"))
    check(sessions, settings, at("mon 06:23"))


def test_after_thursday_it_is_too_late_to_complain(sessions: sessionmaker[Session], settings: Settings) -> None:
    assert check(sessions, settings, at("thu 20:01")).startswith("Nothing")


def test_letters_that_nobody_posts_are_late_unless_they_are_held(
    sessions: sessionmaker[Session], settings: Settings
) -> None:
    sign_up(sessions, ADA, BEN)
    weekly_round(sessions, settings, at("mon 06:00"))  # held until 07:00, eight in Copenhagen
    check(sessions, settings, at("mon 07:20"))
    with pytest.raises(SomethingIsLate, match="Letters have been waiting since 2026-11-23 07:00 UTC"):
        check(sessions, settings, at("mon 07:21"))
    with sessions.begin() as session:
        first, second = session.scalars(select(Letter))
        first.posted_at = second.given_up_at = at("mon 07:21")
    check(sessions, settings, at("mon 07:22"))
