"""What a program does wrong is told so that it, and whoever wrote it, can read it."""

from __future__ import annotations

import pytest
from flask import Flask

import web.api.rounds
from tests.web.api.conftest import Program
from tests.web.conftest import one_database

pytestmark = one_database


@pytest.mark.parametrize(
    ("asked", "parameter", "detail"),
    [
        ("limit=0", "limit", "a number from 1 to 200"),
        ("limit=201", "limit", "a number from 1 to 200"),
        ("limit=", "limit", "a number from 1 to 200"),
        ("limit=ten", "limit", "a number from 1 to 200"),
        ("limit=٣", "limit", "a number from 1 to 200"),
        ("limit=5&limit=6", "limit", "once"),
        ("after=-1", "after", "a number from 0 to 2147483647"),
        ("after=2147483648", "after", "a number from 0 to 2147483647"),
        ("after=1e3", "after", "a number from 0 to 2147483647"),
        ("round=2026-13-01", "round", "a day, like 2026-11-23"),
        ("round=20261123", "round", "a day, like 2026-11-23"),
        ("round=0000-01-01", "round", "a day, like 2026-11-23"),
        ("rounds=2026-11-23", "rounds", "after, limit, round"),
        ("%00=1", "\x00", "no such parameter"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_named(program: Program, asked: str, parameter: str, detail: str) -> None:
    answer = program.get(f"/api/v1/rounds?{asked}")
    assert answer.json
    assert (answer.status_code, answer.json["status"], answer.json["title"]) == (400, 400, "Bad Request")
    assert answer.json["parameter"] == parameter
    assert detail in answer.json["detail"]


@pytest.mark.parametrize("asked", ["", "after=2147483647", "limit=200", "round=0001-01-01", "round=9999-12-31"])
def test_the_farthest_that_makes_sense_is_answered(program: Program, asked: str) -> None:
    assert program.get(f"/api/v1/matches?{asked}").status_code == 200


def test_members_are_of_no_round(program: Program) -> None:
    assert program.get("/api/v1/members?round=2026-11-23").status_code == 400


def test_what_is_not_there_is_said_in_the_same_way_and_pages_stay_pages(program: Program) -> None:
    answer = program.get("/api/v1/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert program.get("/api/nowhere").mimetype == "text/html"
    assert program.get("/api/v1/members/").status_code == 404


def test_what_breaks_on_our_side_says_nothing_of_why(
    program: Program, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(web.api.rounds, "rounds_after", stumble)
    app.testing = False
    answer = program.get("/api/v1/rounds")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert "secret" not in answer.text
