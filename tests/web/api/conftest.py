"""What tests of the interface for programs share: a program with a token, and a community it can read of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from data.answering import decline
from data.api_token import make_token
from data.feedback import Feedback
from data.match import Match
from data.member import Member
from data.occupations import Occupation
from data.round import Round
from tests.cast import ADA, BEN, CLEO, DAN, EVA, FINN, MONDAY, at, bring_together, join, run_round

FUNNEL = {"ready": 452, "said_yes": 9, "by_mode": {"call": 12, "in_person": 3}, "weeks": [10, 0], "share": 0.5}


@dataclass
class Program:
    """A program that shows a token."""

    client: FlaskClient
    token: str

    def get(self, path: str) -> TestResponse:
        """Read something."""
        return self.client.get(path, headers={"Authorization": f"Bearer {self.token}"})

    def read(self, path: str) -> Any:
        """Read something that is there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json


NewProgram = Callable[[], Program]


@pytest.fixture
def new_program(app: Flask, session: Session) -> NewProgram:
    """Makes a token for another program."""

    def make() -> Program:
        token = make_token(session, "Figures", join(session, FINN, role="organiser").id, at("mon 06:00"))
        session.commit()
        return Program(app.test_client(), token)

    return make


@pytest.fixture
def program(new_program: NewProgram) -> Program:
    """A program with a token."""
    return new_program()


@dataclass
class Town:
    """A small community, with a match in each state."""

    ada: Member
    round: Round
    matches: dict[str, Match]


@pytest.fixture
def town(session: Session) -> Town:
    """Fill a database; it is Monday noon."""
    session.add(Occupation(code="29-1141.00", title="Registered Nurses", description=""))
    session.flush()
    ada = join(session, ADA, occupation_code="29-1141.00", paused_until=MONDAY)
    ben, cleo = join(session, BEN, rhythm_weeks=2), join(session, CLEO, confirmed_at=None, language="ar")
    dan, eva = join(session, DAN, place=None, latitude=None, longitude=None), join(session, EVA)
    dan.place = dan.place_id = None
    join(session, EVA, email="gone@example.org").leave(at("mon 08:00"))
    last, this = run_round(session, weeks=-1), run_round(session)
    this.figures = {"people": 6, "nearby": 2, "calls": 1, "trios": 0, "left_over": 0, "letters": 6}
    this.deadlines = {"answer_days": 2, "answer_hour": 20}
    this.funnel, this.counted_at = FUNNEL, at("mon 11:00")
    matches = {
        "over": bring_together(session, last, ada, ben, on_at=at("tue 09:00", weeks=-1)),
        "fixed": bring_together(session, this, ada, ben, on_at=at("mon 10:00"), mode="call"),
        "open": bring_together(session, this, cleo, dan),
        "off": bring_together(session, last, cleo, eva),
    }
    decline(matches["off"].seats[0], at("mon 09:00", weeks=-1), "someone_else")
    session.add(Feedback(seat=matches["over"].seats[0], given_at=at("fri 09:00", weeks=-1), met="yes", rating=5))
    session.commit()
    return Town(ada, this, matches)
