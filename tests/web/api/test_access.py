"""Who may read: whoever shows a good token, so often a minute; each request counts, whoever answers it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

import web.api.access
from data.api_token import ApiToken, lock_token, minute_of
from tests.cast import at
from tests.live_site import Clock
from tests.web.api.conftest import NewProgram, Program
from tests.web.conftest import one_database
from tests.web.racing import at_once

NOUNS = ("members", "rounds", "matches", "funnel")


def token_of(session: Session) -> ApiToken:
    token = session.scalars(select(ApiToken).execution_options(populate_existing=True)).one()
    session.commit()
    return token


@one_database
@pytest.mark.parametrize("noun", NOUNS)
def test_nothing_is_read_without_a_token(app: Flask, program: Program, noun: str) -> None:
    shown = ["", "Bearer", "Bearer ", "Bearer hello_nonsense", f"Basic {program.token}", program.token, "Bearer a=b, c"]
    shown += [f"Bearer {program.token}x", "Bearer héllo", f"Bearer {program.token[:-1]}"]
    for header in shown:
        answer = app.test_client().get(f"/api/v1/{noun}", headers={"Authorization": header} if header else {})
        assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), header
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Hello, Stranger"'
    assert program.get(f"/api/v1/{noun}").status_code == 200


def test_a_token_that_has_ended_opens_nothing(program: Program, session: Session) -> None:
    token = lock_token(session, token_of(session).id)
    assert token
    token.ended_at = at("mon 11:00")
    session.commit()
    assert program.get("/api/v1/members").status_code == 401
    assert token_of(session).used == 0


@one_database
def test_neither_a_cookie_nor_a_form_nor_a_page_has_to_do_with_it(program: Program) -> None:
    for path in (*(f"/api/v1/{noun}" for noun in NOUNS), "/api/v1/nowhere", "/api/v1/members?limit=x"):
        answer = program.get(path)
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.mimetype in {"application/json", "application/problem+json"}
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(program.client, method)("/api/v1/members")
        assert (answer.status_code, answer.mimetype) == (405, "application/problem+json")
        assert "GET" in answer.headers["Allow"]


def test_a_token_is_good_for_so_many_requests_a_minute(program: Program, session: Session, clock: Clock) -> None:
    clock.now = at("mon 12:00") + timedelta(seconds=17.5)
    token = token_of(session)
    token.used, token.minute = 119, minute_of(clock.now)
    session.commit()
    assert program.get("/api/v1/rounds").status_code == 200
    refused = program.get("/api/v1/rounds")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "43")
    assert "120 requests a minute" in refused.text
    clock.now += timedelta(seconds=43)
    assert program.get("/api/v1/rounds").status_code == 200
    assert token_of(session).used == 1


def test_each_token_is_counted_by_itself(new_program: NewProgram, session: Session) -> None:
    one = new_program()
    other = Program(one.client, "hello_nobody")
    one.get("/api/v1/rounds")
    other.get("/api/v1/rounds")
    assert token_of(session).used == 1


def test_five_requests_at_once_are_all_counted(program: Program, app: Flask, session: Session) -> None:
    each = [Program(app.test_client(), program.token) for _ in range(5)]
    answers = at_once([partial(one.get, "/api/v1/rounds") for one in each])
    assert [answer.status_code for answer in answers] == [200] * 5
    assert token_of(session).used == 5


def test_some_of_five_at_once_are_forgotten_when_one_reads_and_then_writes(
    program: Program, app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: without the one statement that counts, the race above does show."""

    def careless(writing: Session, token_id: int, _now: object) -> int:
        with app.extensions["reading"]() as reading:
            used: int = reading.get_one(ApiToken, token_id).used
        met.wait(timeout=10)  # all have read by now
        writing.get_one(ApiToken, token_id).used = used + 1
        return used + 1

    met = Barrier(5)
    monkeypatch.setattr(web.api.access, "count_use", careless)
    each = [Program(app.test_client(), program.token) for _ in range(5)]
    at_once([partial(one.get, "/api/v1/rounds") for one in each])
    assert token_of(session).used < 5
