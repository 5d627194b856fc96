"""The description and the answers agree, whatever is asked: Schemathesis makes requests up from the one and reads the other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from sqlalchemy.orm import Session

from data.api_token import make_token
from tests.cast import at
from tests.web.api.conftest import Town
from tests.web.conftest import one_database

MOST_CASES = 25


class Hurrying:
    """A clock that is a minute on at each look: nobody is slowed down for asking too often."""

    def __init__(self) -> None:
        self.now = at("mon 12:00")

    def __call__(self) -> datetime:
        """Return the next minute."""
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def described(app: Flask, session: Session, town: Town) -> BaseSchema:
    """The description, with an app that answers."""
    app.extensions["clock"] = Hurrying()
    token = make_token(session, "Schemathesis", town.ada.id, at("mon 06:00"))
    session.commit()
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    schema.config.headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
    return schema


@one_database
@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize("noun", ["members", "rounds", "matches", "funnel"])
def test_every_answer_is_as_described(described: BaseSchema, noun: str, mode: GenerationMode) -> None:
    """What makes sense is answered, what does not is refused, and both as the description says."""

    @given(case=described[f"/api/v1/{noun}"]["GET"].as_strategy(generation_mode=mode))
    @settings(max_examples=MOST_CASES, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: Case[Any]) -> None:
        case.call_and_validate()

    ask()


@one_database
def test_the_description_is_as_it_describes_itself(described: BaseSchema) -> None:
    described["/api/v1/openapi.json"]["GET"].Case().call_and_validate(headers={"Accept-Encoding": "identity"})
